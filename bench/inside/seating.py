"""Seats invented lists in three ways, and counts how far each ends from what can be met."""

from __future__ import annotations

import random
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from bench.inside.costs import peak_mb, seconds
from tequio.cocreation.seating import Breaches, Person, Plan, Rule, excess, seat
from tequio.cocreation.tests.lists import SHAPES, attendance, said, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS: Final = 300
CROWD: Final = 120


def measure() -> dict[str, Any]:
    """Return, for each way, the seconds of its slowest crowd and its breaches over the fewest."""
    ways = {"ours": ours, "greedy": greedy, "lots": lots}
    return {**{name: judged(way) for name, way in ways.items()}, "peak_mb": peak_mb()}


def judged(way: Callable[[list[Person]], Plan]) -> dict[str, float]:
    """Return what a way costs, and what it breaks of lists where nobody is accompanied, whose bounds can be reached."""
    crowds = [attendance(number, size=CROWD) for number, _ in enumerate(SHAPES)]
    total = Breaches()
    for number in range(LISTS):
        listed = attendance(number)
        if not any(person.beside for person in listed):
            total = total.plus(excess(way(listed)))
    told = [said(number, signing=0) for number in range(LISTS) if shape_of(number) != "accompanied"]
    sexes = sum(excess(way(listed)).sexes for listed in told)
    slowest = max(seconds(partial(way, crowd)) for crowd in [*crowds, said(0, signing=4, size=CROWD)])
    return {"slowest": slowest, **total._asdict(), "sexes": sexes}


def ours(listed: list[Person]) -> Plan:
    """Seat by the product."""
    return seat(listed, seed="bench")


def lots(listed: list[Person]) -> Plan:
    """Seat by lot, at tables as even as ours."""
    rule, drawn = Rule(), random.Random(0).sample(listed, len(listed))
    number = rule.tables_for(len(listed))
    return Plan(rule, "", tuple(tuple(drawn[table::number]) for table in range(number)))


def greedy(listed: list[Person]) -> Plan:
    """Seat one after another where there are fewest of their sector, then of their institution, then of anybody."""
    rule = Rule()
    tables: list[list[Person]] = [[] for _ in range(rule.tables_for(len(listed)))]
    for person in listed:
        free = [table for table in tables if len(table) < rule.most]
        min(free, key=lambda table: cost(table, person)).append(person)
    return Plan(rule, "", tuple(map(tuple, tables)))


def cost(table: list[Person], person: Person) -> tuple[int, int, int]:
    """Return how many of a person's sector, of their institution and in all sit at a table."""
    institutions = Counter(other.institution for other in table)
    alike = institutions[person.institution] if person.institution else 0
    return sum(other.sector == person.sector for other in table), alike, len(table)
