"""Who may be offered for a seat: whom its sector elected, and the organizations registered in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.accounts.models import Organization
from tequio.governance.enums import BodyKind, ElectionKind, ElectionState, SeatRole
from tequio.governance.models import Election
from tequio.governance.queries.elections import winners_of
from tequio.governance.queries.quorum import holders
from tequio.kernel.clock import day_of
from tequio.kernel.spoken import long_date

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from tequio.governance.models import Seat

LONGEST_ACT = 300


@dataclass(frozen=True, slots=True)
class Elected:
    """Somebody whom an election elected to a seat that they do not hold yet, and the act that says so."""

    name: str
    organization: Organization | None
    act: str


def elected_for(seat: Seat, day: date) -> list[Elected]:
    """Return whom the last closed election of the seat's sector elected to its role, without who is seated already."""
    if seat.body.kind != BodyKind.SECRETARIAT:
        return []
    closed = Election.objects.filter(exercise=seat.body.exercise_id, state=ElectionState.CLOSED, previous=None)
    if seat.role == SeatRole.FACILITATOR:
        closed = closed.filter(kind=ElectionKind.FACILITATOR)
    else:
        closed = closed.filter(kind=ElectionKind.REPRESENTATIVES, sector=seat.sector)
    seated = {term.published_name for term in holders(seat.body, day).values()}
    for election in closed.select_related("exercise").order_by("-number"):
        won = [each for each in winners_of(election) if each.role == seat.role]
        if won:
            counted = f", {long_date(day_of(election.counted_at))}" if election.counted_at else ""
            act = f"Elección «{election.question}»{counted}"[:LONGEST_ACT]
            return [
                Elected(each.name, each.registration.organization if each.registration else None, act)
                for each in won
                if each.name not in seated
            ]
    return []


def registered_in(seat: Seat) -> QuerySet[Organization]:
    """Return the organizations registered in the seat's sector; nobody's for the facilitator, who has none."""
    return Organization.objects.filter(
        registrations__exercise=seat.body.exercise_id, registrations__sector=seat.sector or None
    ).distinct()
