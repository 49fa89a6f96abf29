"""A room's people and places, as the seating knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.enums import Sector, Sex
from tequio.cocreation.models import Placement
from tequio.cocreation.seating import Person, Plan, Rule
from tequio.exercises.enums import AccessNeed

if TYPE_CHECKING:
    from tequio.cocreation.models import Table
    from tequio.exercises.models import Attendee


def rule_of(table: Table) -> Rule:
    """Return how many sit at a small table."""
    return Rule(table.smallest, table.largest)


def people_of(table: Table) -> dict[Person, Attendee]:
    """Return who came, each as the seating knows them; what they said of their sex and needs is read and never kept."""
    came = table.event.attendees.arrived().exclude(code="").order_by("code")
    return {person_of(one): one for one in came}


def person_of(attendee: Attendee) -> Person:
    """Return somebody as the seating knows them: who said neither woman nor man is neutral to it."""
    return Person(
        attendee.code,
        attendee.group or attendee.sector,
        attendee.institution.casefold(),
        sex=attendee.sex if attendee.sex in {Sex.WOMAN, Sex.MAN} else "",
        signs=AccessNeed.SIGN_LANGUAGE in attendee.needs,
        rolls=AccessNeed.WHEELCHAIR in attendee.needs,
    )


def plan_of(table: Table, people: dict[Person, Attendee]) -> Plan:
    """Return where everybody sits now; a seat that nobody has is empty."""
    by_attendee = {attendee.pk: person for person, attendee in people.items()}
    tables: dict[int, dict[int, Person]] = {}
    for placement in Placement.objects.filter(small_table__table=table).select_related("small_table"):
        if placement.attendee_id in by_attendee:
            seats = tables.setdefault(placement.small_table.number, {})
            seats[placement.seat] = by_attendee[placement.attendee_id]
    rows = [tables.get(number, {}) for number in range(1, max(tables, default=0) + 1)]
    filled = (tuple(row.get(place) for place in range(1, max(row, default=0) + 1)) for row in rows)
    return Plan(rule_of(table), table.seed, tuple(filled))


def group_names(table: Table) -> dict[str, str]:
    """Return how the groups of a table are called, with the sectors of whoever said no group."""
    return dict(Sector.choices) | {group["key"]: group["name"] for group in table.event.groups}
