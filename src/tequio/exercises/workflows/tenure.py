"""Who answers for an exercise over time, and its end: the change of guarantor, the close and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.enums import OrganizationKind
from tequio.exercises.enums import ACCOMPANY_EXERCISE, ExerciseState
from tequio.exercises.models import Exercise, GuarantorTerm
from tequio.exercises.workflows.moves import EXERCISE
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from tequio.accounts.models import Organization
    from tequio.kernel.workflow import Actor


@transaction.atomic
def hand_over(exercise: Exercise, successor: Organization, *, on: date, by: Actor, at: datetime) -> GuarantorTerm:
    """Let another guarantor institution answer for an exercise from a day that is not past; asked twice, it is once.

    The staff of the one that leaves act until the day before, those of the other from that day.
    """
    exercise = Exercise.objects.select_for_update(no_key=True, of=("self",)).get(pk=exercise.pk)
    if not by.has_perm(ACCOMPANY_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede entregar este ejercicio a otra institución.")
    term = exercise.guarantor_terms.get(ends_on__isnull=True)
    if (term.organization, term.starts_on) == (successor, on):
        return term
    place = exercise.jurisdiction
    state = place.parent_id or place.pk
    if successor.kind != OrganizationKind.GUARANTOR or successor.jurisdiction_id != state:
        raise Refused(f"{successor} no es un órgano garante de este estado.")
    if successor == term.organization:
        raise Refused(f"{successor} ya responde por este ejercicio.")
    if on < day_of(at):
        raise Refused("Ese día ya pasó. Elige hoy o un día posterior.")
    if term.starts_on and on <= term.starts_on:
        raise Refused("Esa institución todavía no empieza. Elige un día posterior a su inicio.")
    term.ends_on = on
    term.save(update_fields=["ends_on"])
    following = GuarantorTerm.objects.create(exercise=exercise, organization=successor, starts_on=on)
    facts = {"from": term.organization.key, "to": successor.key, "on": on.isoformat()}
    record("exercises.exercise_handed_over", EXERCISE.subject(exercise), facts, by=None, at=at)
    announce(CHANGED, subject=EXERCISE.subject(exercise))
    return following


@transaction.atomic
def archive_exercise(exercise: Exercise, *, by: Actor, at: datetime) -> Exercise:
    """Put a closed exercise in the archive: its pages stay public, and nobody writes in it any more."""
    exercise = Exercise.objects.select_for_update(no_key=True, of=("self",)).get(pk=exercise.pk)
    if exercise.archived_on:
        return exercise
    if not by.has_perm(ACCOMPANY_EXERCISE, exercise):
        raise Refused("Tu cuenta no puede archivar este ejercicio.")
    if exercise.state != ExerciseState.CLOSED:
        raise Refused("Solo se archiva un ejercicio que ya concluyó.")
    exercise.archived_on = day_of(at)
    exercise.save(update_fields=["archived_on"])
    facts = {"on": exercise.archived_on.isoformat()}
    record("exercises.exercise_archived", EXERCISE.subject(exercise), facts, by=None, at=at)
    announce(CHANGED, subject=EXERCISE.subject(exercise))
    return exercise
