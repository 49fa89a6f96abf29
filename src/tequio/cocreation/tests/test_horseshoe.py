"""The horseshoe: exactly its places, equal shares of the tables, no sector left out, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.cocreation.seating import Person, Plan, Rule, at_horseshoe, explain_horseshoe, seat
from tequio.cocreation.seating.deal import drawn
from tequio.cocreation.seating.horseshoe import sector_shares, table_shares
from tequio.cocreation.seating.plan import seated
from tequio.cocreation.tests.lists import attendance

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.req("CO-11"), pytest.mark.once]


@st.composite
def rooms(draw: st.DrawFn, most: int = 9) -> Plan:
    """Draw a room as hands may leave it: tables of any size, sectors in any table, some seats empty."""
    tables = draw(st.lists(st.lists(st.sampled_from(["A", "B", "C", "D", ""]), max_size=most), max_size=6))
    made = []
    for number, table in enumerate(tables):
        made.append(tuple(Person(f"{number}-{n}", sector) if sector else None for n, sector in enumerate(table)))
    return Plan(Rule(), draw(st.text(max_size=4)), tuple(made))


def by_table(plan: Plan, people: Iterable[Person]) -> dict[int, int]:
    """Count people by the table at which they sit."""
    counts = Counter(plan.table_of(person.key) for person in people)
    return {number: counts[number] for number, table in enumerate(plan.tables, 1) if any(table)}


@settings(deadline=None)
@given(rooms(), st.integers(1, 30))
def test_it_has_exactly_its_places_in_equal_shares(plan: Plan, places: int) -> None:
    front = at_horseshoe(plan, places)
    assert len(front) == len({person.key for person in front}) == min(places, len(plan.people))
    given_by = by_table(plan, front)
    sizes = by_table(plan, plan.people.values())
    most = max(given_by.values(), default=0)
    assert all(count >= most - 1 or count == sizes[number] for number, count in given_by.items())


@settings(deadline=None)
@given(rooms(), st.integers(4, 30))
def test_no_sector_is_left_out_where_every_table_gives_one_of_each(plan: Plan, places: int) -> None:
    """Four sectors and four places at least: one is absent only where the shares of the tables leave no way."""
    front = at_horseshoe(plan, places)
    held, room = ({p.sector for p in people} for people in (front, plan.people.values()))
    if held != room:
        assert len(held) == most_sectors(plan, places)


def most_sectors(plan: Plan, places: int) -> int:
    """Return how many sectors can have a place at most, with what each table gives: by trying every way."""
    tables = [Counter(person.sector for person in seated(table)) for table in plan.tables if any(table)]
    give = table_shares([table.total() for table in tables], places, drawn(f"{plan.seed}:herradura"))
    sectors = sorted({sector for table in tables for sector in table})
    best = 0
    for where in product([None, *range(len(tables))], repeat=len(sectors)):
        used = Counter(number for number in where if number is not None)
        fits = all(used[number] <= give[number] for number in used)
        if fits and all(number is None or tables[number][s] for s, number in zip(sectors, where, strict=True)):
            best = max(best, used.total())
    return best


def test_on_300_lists_sectors_stand_as_in_the_room() -> None:
    missed = 0
    for number in range(300):
        plan = seat(attendance(number), seed=f"lista {number}")
        people = [person for table in plan.counted for person in seated(table) if not person.beside]
        front = at_horseshoe(plan, 25)
        room = Counter(person.sector for person in people)
        if len(people) > 25:
            held = Counter(person.sector for person in front)
            assert set(held) == set(room)
            missed += dict(held) != sector_shares(room, 25, drawn(f"{plan.seed}:herradura"))
    assert missed == 0


@settings(deadline=None)
@given(rooms(), st.integers(1, 30))
def test_a_seed_gives_the_same_and_another_another(plan: Plan, places: int) -> None:
    again = Plan(plan.rule, plan.seed, plan.tables)
    assert at_horseshoe(plan, places) == at_horseshoe(again, places)
    assert explain_horseshoe(plan, at_horseshoe(plan, places), places)


def test_it_is_another_with_another_seed() -> None:
    tables = seat(attendance(7, size=60), seed="a").tables
    drawn_from = {at_horseshoe(Plan(Rule(), str(seed), tables), 25) for seed in range(20)}
    assert len(drawn_from) == 20


def test_who_accompanies_somebody_takes_no_place() -> None:
    people = [Person(f"p{n}", "AB"[n % 2]) for n in range(12)] + [Person("q", "A", "", "p0")]
    plan = seat(people, seed="a")
    assert "q" not in {person.key for person in at_horseshoe(plan, 12)}
    assert len(at_horseshoe(plan, 12)) == 12


def test_it_says_how_it_was_drawn_and_names_nobody() -> None:
    plan = seat(attendance(0, size=60, shape="mixed"), seed="tequio")
    told = " ".join(s.text for s in explain_horseshoe(plan, at_horseshoe(plan, 25), 25, {"academia": "Academia"}))
    assert "Hay 60 personas y 25 lugares. 35 personas se sientan detrás." in told
    assert "De cada mesa pasan" in told
    assert "Academia, " in told
    assert "«tequio»" in told
    assert not any(key in told for key in plan.people)
    small = seat(attendance(0, size=20), seed="a")
    assert "caben todas" in explain_horseshoe(small, at_horseshoe(small, 25), 25)[0].text
