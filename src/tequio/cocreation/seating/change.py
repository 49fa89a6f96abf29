"""Seats who arrives late and moves somebody by hand; nobody else changes table or seat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tequio.cocreation.seating.plan import seated, violations
from tequio.cocreation.seating.telling import Sentence, counted, excess, explain
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tequio.cocreation.seating.plan import Person, Plan, Table

Place = tuple[int, int]
"""A table and a seat, both from 0."""


@dataclass(frozen=True)
class Change:
    """A plan after a change: where the person sits now, from 1, and what is further from what was asked than before."""

    plan: Plan
    table: int
    seat: int
    broken: tuple[Sentence, ...]


def add_late(plan: Plan, person: Person, *, names: Mapping[str, str] | None = None) -> Change:
    """Give a seat to somebody who arrives late: of those that are free, the one that breaks least.

    A table is opened only when all are full and the rule does not fix how many there are. A full table takes somebody
    whose company sits at it.
    """
    if number := plan.table_of(person.key):
        raise Refused(f"Esa persona ya tiene lugar en la mesa {number}.")
    with_room = [number for number, table in enumerate(plan.tables) if len(seated(table)) < plan.rule.most]
    if not with_room and may_open(plan):
        with_room = [len(plan.tables)]
    company = [number for number, table in enumerate(plan.tables) if any(together(person, p) for p in seated(table))]
    if not with_room and not company:
        full = counted(len(plan.tables), "La mesa está llena", "Las {} mesas están llenas")
        raise Refused(f"{full}. Abre otra o pasa el máximo de {plan.rule.most} por mesa.")
    return changed(plan, plan, person, sorted({*with_room, *company}), names)


def move(plan: Plan, key: str, number: int, *, names: Mapping[str, str] | None = None) -> Change:
    """Move somebody to a table, full or not, or to the next that may be opened; who accompanies them stays."""
    now = plan.table_of(key)
    if now is None:
        raise Refused("Esa persona no tiene lugar en ninguna mesa.")
    if not 1 <= number <= len(plan.tables) + may_open(plan):
        raise Refused(f"No hay mesa {number}.")
    if now == number:
        raise Refused(f"Ya está en la mesa {number}.")
    person = plan.people[key]
    left = tuple(without(table, key) for table in plan.tables)
    return changed(plan, replace(plan, tables=left), person, [number - 1], names)


def may_open(plan: Plan) -> bool:
    """Return whether one more table may be opened."""
    return plan.rule.tables is None or len(plan.tables) < plan.rule.tables


def together(one: Person, other: Person) -> bool:
    """Return whether one of two accompanies the other."""
    return one.beside == other.key or other.beside == one.key


def without(table: Table, key: str) -> Table:
    """Return a table with one seat empty; empty seats at its end are no seats."""
    seats = [None if person and person.key == key else person for person in table]
    while seats and seats[-1] is None:
        seats.pop()
    return tuple(seats)


def changed(before: Plan, plan: Plan, person: Person, tables: Iterable[int], names: Mapping[str, str] | None) -> Change:
    """Put somebody on the seat of these tables that breaks least; of equals, on the first."""
    tried = [(seated_at(plan, person, place), place) for table in tables for place in free_seats(plan, table)]
    after, (table, seat) = min(tried, key=lambda one: violations(one[0]))
    worse = (
        excess(after)
        ._replace(size=violations(after).size)
        .over(
            excess(before)._replace(
                size=violations(before).size
            )  # a table that is opened or full is told, avoidable or not
        )
    )
    kinds = {kind for kind, much in zip(worse._fields, worse, strict=True) if much}
    return Change(after, table + 1, seat + 1, tuple(s for s in explain(after, names) if s.kind in kinds))


def free_seats(plan: Plan, table: int) -> Iterator[Place]:
    """Yield the seats that a table has empty and one after its last."""
    seats = plan.tables[table] if table < len(plan.tables) else ()
    for seat, person in enumerate((*seats, None)):
        if person is None:
            yield table, seat


def seated_at(plan: Plan, person: Person, place: Place) -> Plan:
    """Return the plan with somebody on a free seat; the table after the last is opened for them."""
    number, seat = place
    tables = [*plan.tables, *[()] * (number == len(plan.tables))]
    tables[number] = (*tables[number][:seat], person, *tables[number][seat + 1 :])
    return replace(plan, tables=tuple(tables))
