"""Following a method: the phases it gives an exercise, their dates, their end, and what they may go without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE, PhaseState
from tequio.exercises.models import Exercise, Method, Phase, Waiver
from tequio.exercises.queries import DECLARATION, needs_of
from tequio.exercises.workflows.moves import EXERCISE, PHASE
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.models.periods import DatePrecision
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from tequio.kernel.workflow import Actor


def begins_with_its_declaration(method: Method) -> bool:
    """Whether the first phase of a method is the signing of the declaration: it then runs before the exercise does."""
    first = method.phases.first()
    return first is not None and DECLARATION in first.requisites


def follow(exercise: Exercise, method: Method, *, current: int) -> list[Phase]:
    """Write a method's phases in an exercise; those before `current` are done, those after it wait."""
    return Phase.objects.bulk_create(
        Phase(
            exercise=exercise,
            origin=phase,
            order=phase.order,
            name=phase.name,
            objective=phase.objective,
            product=phase.product,
            people=phase.people,
            activities=phase.activities,
            starts_text=phase.when,
            starts_precision=DatePrecision.EVENT if phase.when else DatePrecision.MISSING,
            state=state_beside(phase.order, current),
            source=phase.source,
        )
        for phase in method.phases.all()
    )


def state_beside(order: int, current: int) -> PhaseState:
    """Return the state of a phase by its place beside the one under way."""
    if order == current:
        return PhaseState.CURRENT
    return PhaseState.DONE if order < current else PhaseState.PENDING


@transaction.atomic
def adopt_method(
    exercise: Exercise, method: Method, *, agreement: str, current: int, by: Actor, at: datetime
) -> list[Phase]:
    """Follow another method from today, by an agreement, from the phase that it calls `current`; the old phases stay.

    Adopting the method already followed changes nothing.
    """
    exercise = Exercise.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=exercise.pk)
    if not by.has_perm(ACCOMPANY_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede cambiar el método de este ejercicio.")
    standing = exercise.phases.standing()
    if standing.filter(origin__method=method).exists():
        return list(standing)
    agreement = agreement.strip()
    if not agreement:
        raise Refused("Escribe qué acuerdo adopta el método: sesión y fecha.")
    if method not in Method.objects.for_place(exercise.jurisdiction).in_force(day_of(at)):
        raise Refused(f"«{method}» no rige hoy en {exercise.jurisdiction}. Elige un método vigente.")
    if not method.phases.filter(order=current).exists():
        raise Refused(f"«{method}» no tiene una fase {current}. Elige en cuál está el ejercicio.")
    standing.update(replaced_on=day_of(at))
    phases = follow(exercise, method, current=current)
    facts = {"method": method.key, "agreement": agreement, "current": current}
    record("exercises.method_adopted", EXERCISE.subject(exercise), facts, by=None, at=at)
    announce(CHANGED, subject=EXERCISE.subject(exercise))
    return phases


@transaction.atomic
def plan_phase(phase: Phase, *, starts_on: date, ends_on: date, by: Actor, at: datetime) -> Phase:
    """Set the days on which a phase is to begin and end, in place of what the method says of its date."""
    phase = Phase.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=phase.pk)
    if not by.has_perm(RUN_EXERCISE, phase):
        raise Refused("Tu cuenta no puede poner fechas a las fases de este ejercicio.")
    if phase.replaced_on or phase.state == PhaseState.DONE:
        raise Refused(f"La fase «{phase.name}» ya pasó: sus fechas no se cambian.")
    if ends_on < starts_on:
        raise Refused("La fase termina antes de empezar. Revisa las dos fechas.")
    for edge, day in (("starts", starts_on), ("ends", ends_on)):
        setattr(phase, f"{edge}_on", day)
        setattr(phase, f"{edge}_precision", DatePrecision.DAY)
        setattr(phase, f"{edge}_text", "")
    phase.save()
    announce(CHANGED, subject=PHASE.subject(phase), at=at.isoformat())
    return phase


@transaction.atomic
def finish_phase(phase: Phase, *, by: Actor, at: datetime) -> Phase | None:
    """Give a phase as done, once it lacks nothing, and begin the next; return that one, or None after the last."""
    Exercise.objects.select_for_update(no_key=True).get(pk=phase.exercise_id)
    PHASE.run(phase, "finish", by=by, at=at)
    following = phase.exercise.phases.standing().filter(order__gt=phase.order).order_by("order").first()
    if following is not None and following.state == PhaseState.PENDING:
        PHASE.run(following, "begin", by=by, at=at)
    return following


@transaction.atomic
def waive_requisite(phase: Phase, key: str, *, reason: str, by: Actor, at: datetime) -> Waiver:
    """Let a phase go without something that it lacks, for a reason that is published; only the guarantor's staff."""
    phase = Phase.objects.select_for_update(of=("self",)).select_related("exercise", "origin").get(pk=phase.pk)
    if not by.has_perm(ACCOMPANY_EXERCISE, phase):
        raise Refused("Solo el personal del órgano garante puede dispensar lo que pide una fase.")
    reason = reason.strip()
    if not reason:
        raise Refused("Escribe el motivo de la dispensa: se publica.")
    need = next((need for need in needs_of(phase, day_of(at)) if need.requisite.key == key), None)
    if need is None or key == DECLARATION:
        raise Refused("Eso no se puede dispensar en esta fase.")
    if not need.blocks:
        raise Refused("Eso ya está, o ya se dispensó. Actualiza la página.")
    waiver = Waiver.objects.create(phase=phase, requisite=key, reason=reason, waived_at=at)
    facts = {"requisite": key, "reason": reason}
    record("exercises.requisite_waived", PHASE.subject(phase), facts, by=None, at=at)
    announce(CHANGED, subject=PHASE.subject(phase))
    return waiver


@transaction.atomic
def start_exercise(exercise: Exercise, *, by: Actor, at: datetime) -> Exercise:
    """Start an exercise, once its declaration is signed, and its first phase where that had not begun."""
    EXERCISE.run(exercise, "start", by=by, at=at)
    first = exercise.phases.standing().filter(origin__isnull=False).first()
    if first is not None and first.state == PhaseState.PENDING:
        PHASE.run(first, "begin", by=by, at=at)
    return exercise
