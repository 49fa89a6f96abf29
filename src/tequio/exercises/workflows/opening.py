"""Opening an exercise: the first act, before anybody has signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.accounts.enums import OrganizationKind
from tequio.accounts.models import Jurisdiction, Organization, User
from tequio.exercises.enums import OPEN_EXERCISE
from tequio.exercises.models import Exercise, GuarantorTerm
from tequio.exercises.queries import method_in_force
from tequio.exercises.workflows.moves import EXERCISE
from tequio.exercises.workflows.phases import begins_with_its_declaration, follow
from tequio.kernel.clock import day_of
from tequio.kernel.models import StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

LONGEST: Final = 6
"""Years that an exercise spans at most: a state's term of government."""


@transaction.atomic
def open_exercise(
    jurisdiction: Jurisdiction,
    *,
    name: str,
    first_year: int,
    last_year: int,
    by: User | AnonymousUser,
    at: datetime,
) -> Exercise:
    """Open an exercise of a place as a draft, under the guarantor of its state; asked twice, it is the same one.

    One place has several over the years (EX-01), never two that share a year.
    """
    if not isinstance(by, User) or not by.has_perm(OPEN_EXERCISE, jurisdiction):
        raise Refused(f"Tu cuenta no puede abrir un ejercicio en {jurisdiction}.")
    place = Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)
    name = name.strip()
    if not name:
        raise Refused("Escribe el nombre del ejercicio.")
    if not first_year <= last_year < first_year + LONGEST:
        raise Refused(f"Los años van del primero al último, y son {LONGEST} como máximo. Revisa los dos años.")
    for other in place.exercises.filter(first_year__lte=last_year, last_year__gte=first_year):
        if (other.first_year, other.last_year, other.name) == (first_year, last_year, name):
            return other
        raise Refused(f"{place} ya tiene un ejercicio en esos años: «{other.name}». Elige otros años.")
    exercise = Exercise.objects.create(
        slug=f"{place.slug}-{first_year}" if first_year == last_year else f"{place.slug}-{first_year}-{last_year}",
        name=name,
        jurisdiction=place,
        first_year=first_year,
        last_year=last_year,
    )
    GuarantorTerm.objects.create(exercise=exercise, organization=guarantor_of(place, at=at))
    StatusChange.objects.create(
        subject=EXERCISE.subject(exercise),
        move="open",
        before="",
        after=exercise.state,
        changed_by=by.get_username(),
        changed_at=at,
    )
    if method := method_in_force(place, day_of(at)):
        follow(exercise, method, current=1 if begins_with_its_declaration(method) else 0)
    return exercise


def guarantor_of(place: Jurisdiction, *, at: datetime) -> Organization:
    """Return the one guarantor in force in the state of a place, or refuse."""
    found = Organization.objects.in_force(day_of(at)).filter(
        kind=OrganizationKind.GUARANTOR, jurisdiction=place.parent or place
    )
    if len(found) != 1:
        raise Refused(f"{place.parent or place} tiene {len(found)} órganos garantes en esta fecha; debe haber uno.")
    return found[0]
