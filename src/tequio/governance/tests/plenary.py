"""The guarantor's plenary in an exercise, for the tests of elections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.enums import Sector
from tequio.accounts.models import Person, User
from tequio.governance.enums import BodyKind, SeatRole
from tequio.governance.models import Body, Seat, SeatTerm

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


def plenary(exercise: Exercise, count: int) -> list[User]:
    """Seat as many commissioners, and one substitute, who does not vote here."""
    body = Body.objects.create(exercise=exercise, kind=BodyKind.PLENARY, name="Pleno")
    people = []
    for number in range(1, count + 2):
        role = SeatRole.TITULAR if number <= count else SeatRole.SUBSTITUTE
        seat = Seat.objects.create(body=body, order=number, role=role, sector=Sector.GUARANTOR)
        key = f"comisionada-{exercise.slug}-{number}"
        account = User.objects.create_user(key)
        who = Person.objects.create(key=key, name=key)
        SeatTerm.objects.create(seat=seat, person=who, order=1, published_name=key, account=account)
        people.append(account)
    return people[:count]
