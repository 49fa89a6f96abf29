"""Setting up an exercise: the timetable counted back from the installation, and the steps left for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.exercises.enums import RUN_EXERCISE, PhaseState, SetupStep
from tequio.exercises.models import Exercise, SkippedStep
from tequio.exercises.queries import standing_phases, timetable
from tequio.exercises.workflows.phases import plan_phase
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from tequio.exercises.queries import Moment
    from tequio.kernel.workflow import Actor

ESSENTIAL = (SetupStep.PLACE, SetupStep.DECLARATION, SetupStep.PUBLIC_PAGE)
"""Without these there is no exercise to show."""


@transaction.atomic
def plan_installation(exercise: Exercise, installs_on: date, *, by: Actor, at: datetime) -> list[Moment]:
    """Date the phases up to the secretariat's installation, back from the day on which it is wanted."""
    if not by.has_perm(RUN_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede poner fechas a este ejercicio.")
    moments = timetable(installs_on)
    if moments[0].day < day_of(at):
        raise Refused(
            f"Para instalar ese día habría que haber firmado la declaración el {moments[0].day:%d/%m/%Y}. "
            "Elige una fecha más lejana."
        )
    days = [moment.day for moment in moments]
    spans = {1: (day_of(at), days[0]), 2: (days[1], days[2]), 3: (days[3], days[-1])}
    for phase in standing_phases(exercise):
        if phase.order in spans and phase.state != PhaseState.DONE:
            starts_on, ends_on = spans[phase.order]
            plan_phase(phase, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    return moments


@transaction.atomic
def skip_step(exercise: Exercise, step: SetupStep, *, reason: str, by: Actor, at: datetime) -> SkippedStep:
    """Leave a step of the setting up for later, or say that it was done elsewhere; the later reason stands."""
    if not by.has_perm(RUN_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede saltar pasos de este ejercicio.")
    if step in ESSENTIAL:
        raise Refused(f"El paso «{step.label}» no se salta: sin él no hay ejercicio.")
    reason = reason.strip()
    if not reason:
        raise Refused("Escribe por qué se salta el paso.")
    told = {"reason": reason, "skipped_at": at}
    return SkippedStep.objects.update_or_create(exercise=exercise, step=step, defaults=told)[0]


@transaction.atomic
def resume_step(exercise: Exercise, step: SetupStep, *, by: Actor, at: datetime) -> None:
    """Take up again a step that was left; one that was not is no fault."""
    if not by.has_perm(RUN_EXERCISE, exercise):
        raise Refused(f"Tu cuenta no puede retomar pasos de este ejercicio ({at:%H:%M} h).")
    SkippedStep.objects.filter(exercise=exercise, step=step).delete()
