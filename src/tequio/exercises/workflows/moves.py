"""The moves of an exercise and of its phases, with what each still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE, ExerciseState, PhaseState
from tequio.exercises.models import Exercise, Phase
from tequio.exercises.queries import DECLARATION, needs_of
from tequio.kernel.clock import day_of
from tequio.kernel.requisites import requisite
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime


def declaration_missing(exercise: Exercise, at: datetime) -> str | None:
    """Return what the joint declaration lacks: its signature starts the exercise (Guía, paso 1)."""
    asked = requisite(DECLARATION)
    return asked.check(exercise, day_of(at)) if asked else None


def phase_missing(phase: Phase, at: datetime) -> str | None:
    """Return what a phase still lacks, in its requisites' own sentences."""
    return " ".join(need.missing for need in needs_of(phase, day_of(at)) if need.blocks) or None


def exercise_not_begun(phase: Phase) -> str | None:
    """Return why no phase but the first is done before the exercise has started."""
    if phase.exercise.state == ExerciseState.OPEN:
        return None
    return "El ejercicio no ha arrancado: falta firmar la declaración conjunta."


def phase_under_way(phase: Phase) -> str | None:
    """Return which phase is under way already: an exercise is in one at a time."""
    other = phase.exercise.phases.standing().filter(origin__isnull=False, state=PhaseState.CURRENT).first()
    return f"Está en curso la fase «{other.name}»: primero dala por hecha." if other else None


def phase_unfinished(exercise: Exercise) -> str | None:
    """Return which phases are not done: an exercise ends when its method does."""
    left = exercise.phases.standing().filter(origin__isnull=False).exclude(state=PhaseState.DONE)
    names = ", ".join(f"«{phase.name}»" for phase in left)
    return f"Faltan por concluir estas fases: {names}." if names else None


EXERCISE: Final = Workflow(
    Exercise,
    (
        Move(
            "start",
            "Arrancar el ejercicio",
            (ExerciseState.DRAFT,),
            ExerciseState.OPEN,
            RUN_EXERCISE,
            dated_guards=(declaration_missing,),
        ),
        Move(
            "close",
            "Dar por concluido el ejercicio",
            (ExerciseState.OPEN,),
            ExerciseState.CLOSED,
            ACCOMPANY_EXERCISE,
            (phase_unfinished,),
        ),
    ),
    field="state",
    identity="slug",
)
PHASE: Final = Workflow(
    Phase,
    (
        Move(
            "begin",
            "Iniciar la fase",
            (PhaseState.PENDING,),
            PhaseState.CURRENT,
            RUN_EXERCISE,
            (exercise_not_begun, phase_under_way),
        ),
        Move(
            "finish",
            "Dar por hecha la fase",
            (PhaseState.CURRENT,),
            PhaseState.DONE,
            RUN_EXERCISE,
            (exercise_not_begun,),
            (phase_missing,),
        ),
    ),
    field="state",
)
