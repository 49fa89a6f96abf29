"""Who arrives late, who is moved by hand, and what a plan says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.cocreation.seating import (
    Breaches,
    Kept,
    Person,
    Plan,
    Rule,
    add_late,
    excess,
    explain,
    foretell,
    move,
    seat,
    violations,
)
from tequio.cocreation.seating.plan import seated
from tequio.cocreation.tests.lists import attendance
from tequio.cocreation.tests.test_seating import people
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.req("CO-03"), pytest.mark.once]

NAMES = {"A": "Servicio público", "B": "Sociedad civil", "C": "Academia"}


def places(plan: Plan) -> dict[str, tuple[int, int]]:
    """Return everybody's table and seat."""
    return {p.key: (t, s) for t, table in enumerate(plan.tables) for s, p in enumerate(table) if p}


def texts(plan: Plan) -> dict[str, tuple[Kept, str]]:
    """Return what a plan says, by kind."""
    return {sentence.kind: (sentence.kept, sentence.text) for sentence in explain(plan, NAMES)}


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 25), st.integers(0, 6))
def test_nobody_moves_for_who_is_late(before: int, late: int, number: int) -> None:
    listed = [p for p in attendance(number, size=before + late) if not p.beside]
    first, rest = listed[:before], listed[before:]
    plan = seat(first, seed="a")
    for person in rest:
        change = add_late(plan, person)
        assert places(change.plan) == places(plan) | {person.key: (change.table - 1, change.seat - 1)}
        assert max(map(len, change.plan.tables)) <= plan.rule.most
        is_opened = len(change.plan.tables) > len(plan.tables)
        assert is_opened == all(len(seated(table)) == plan.rule.most for table in plan.tables)
        plan = change.plan


def test_who_is_late_goes_where_their_sector_is_missing() -> None:
    plan = seat(people("AAAAAABBBBBBC"), seed="a")
    without = next(
        number for number, table in enumerate(plan.tables, 1) if "C" not in {p.sector for p in seated(table)}
    )
    change = add_late(plan, Person("late", "C"))
    assert change.table == without
    assert change.broken == ()


def test_who_is_late_goes_where_their_institution_is_not() -> None:
    plan = seat(people("AABBBBBBBBBBBB", "x"), seed="a")
    there = plan.table_of("p0")
    assert add_late(plan, Person("late", "A", "x")).table != there


def test_when_all_are_full_a_table_is_opened_and_said_to_be_small() -> None:
    plan = seat(people("AABB"), seed="a", rule=Rule(2, 2))
    change = add_late(plan, Person("late", "A"), names=NAMES)
    assert (change.table, change.seat) == (3, 1)
    said = {sentence.kind: sentence.text for sentence in change.broken}
    assert said["size"] == "5 personas en 3 mesas de 1 y 2: no salen mesas de 2."
    assert add_late(change.plan, Person("later", "B")).table == 3


def test_when_all_are_full_and_the_room_has_no_more_tables_it_is_refused() -> None:
    plan = seat(people("AABB"), seed="a", rule=Rule(2, 2, tables=2))
    with pytest.raises(Refused, match="Las 2 mesas están llenas"):
        add_late(plan, Person("late", "A"))


def test_the_first_of_all_opens_the_first_table() -> None:
    change = add_late(seat([], seed="a", rule=Rule(tables=1)), Person("a", "A"))
    assert (change.table, change.seat) == (1, 1)


def test_company_that_is_late_sits_with_them_at_a_full_table_too() -> None:
    plan = seat(people("AABB"), seed="a", rule=Rule(2, 2, tables=2))
    change = add_late(plan, Person("late", "A", beside="p2"))
    assert change.table == plan.table_of("p2")
    assert [s.text for s in change.broken] == ["5 personas en 2 mesas de 2 y 3: no salen mesas de 2."]


def test_who_is_seated_is_not_seated_twice() -> None:
    with pytest.raises(Refused, match="ya tiene lugar en la mesa 1"):
        add_late(seat(people("AB"), seed="a"), Person("p0", "A"))


def moves() -> Iterator[tuple[Plan, str, int]]:
    """Yield plans with a person and a table to which they may be moved."""
    for number in range(7):
        plan = seat(attendance(number, size=30), seed="a")
        for key in sorted(plan.people)[::5]:
            for table in range(1, len(plan.tables) + 2):
                if table != plan.table_of(key):
                    yield plan, key, table


def test_moving_somebody_moves_nobody_else_and_tells_what_it_breaks() -> None:
    for plan, key, table in moves():
        change = move(plan, key, table)
        assert places(change.plan) | {key: None} == places(plan) | {key: None}
        assert (change.plan.table_of(key), change.table) == (table, table)
        worse = excess(change.plan).over(excess(plan))
        if violations(change.plan).size > violations(plan).size:
            worse = worse._replace(size=1)
        told = {sentence.kind for sentence in change.broken}
        assert told == {kind for kind, much in worse._asdict().items() if much}


def test_a_seat_left_empty_is_taken_by_who_is_late() -> None:
    plan = seat(people("ABABABABABAB"), seed="a")
    key = next(person.key for person in seated(plan.tables[0])[1:2])
    left = move(plan, key, 2).plan
    assert left.tables[0][1] is None
    change = add_late(left, Person("late", plan.people[key].sector))
    assert (change.table, change.seat) == (1, 2)


def test_moving_says_what_is_wrong() -> None:
    plan = seat(people("ABABABABABAB", "xyzxyz"), seed="a", rule=Rule(5, 6))
    mine = next(p.key for p in seated(plan.tables[0]) if p.sector == "A")
    said = {sentence.kind: sentence.text for sentence in move(plan, mine, 2, names=NAMES).broken}
    assert said["size"] == "La mesa 2 tiene 7; la regla es de 5 a 6."
    assert said["sectors"] == "Un sector podría estar más parejo: Servicio público, 4 en la mesa 2 y 2 en la mesa 1."


@pytest.mark.parametrize(
    ("key", "table", "why"),
    [
        ("nobody", 1, "no tiene lugar"),
        ("p0", 0, "No hay mesa 0"),
        ("p0", 3, "No hay mesa 3"),
        ("p0", -1, "No hay mesa -1"),
        ("p0", 1, "Ya está en la mesa 1"),
    ],
)
def test_a_move_that_cannot_be_is_refused(key: str, table: int, why: str) -> None:
    plan = seat(people("A" * 10), seed="a", rule=Rule(tables=2))
    assert plan.table_of("p0") in {1, 2}
    key = next(p.key for p in seated(plan.tables[0])) if key == "p0" else key
    with pytest.raises(Refused, match=why):
        move(plan, key, table)


def test_the_last_of_a_table_leaves_its_number() -> None:
    plan = seat(people("AB"), seed="a", rule=Rule(1, 1))
    alone = seated(plan.tables[0])[0].key
    change = move(plan, alone, 2)
    assert [len(table) for table in change.plan.tables] == [0, 2]
    assert violations(change.plan) == Breaches(size=1, uneven=1)


@pytest.mark.parametrize(
    ("listed", "rule", "kind", "kept", "text"),
    [
        ("", Rule(), "size", Kept.WHOLE, "No hay nadie a quien sentar."),
        ("ABC", Rule(), "size", Kept.AS_CAN_BE, "3 personas en 1 mesa de 3: no salen mesas de 5 a 10."),
        ("ABABABABABA", Rule(), "size", Kept.WHOLE, "11 personas en 2 mesas de 5 y 6."),
        ("AABBAABB", Rule(4, 4), "neighbours", Kept.WHOLE, "Nadie está junto a alguien de su sector."),
        (
            "AAAAB",
            Rule(),
            "neighbours",
            Kept.AS_CAN_BE,
            "3 veces están juntas dos personas de un sector: es más de la mitad de su mesa.",
        ),
        (
            "AAAAA",
            Rule(),
            "sectors",
            Kept.AS_CAN_BE,
            "Todas las personas son de un solo sector: no hay con quién intercalar.",
        ),
        (
            "AABBAABB",
            Rule(4, 4),
            "sectors",
            Kept.WHOLE,
            "Cada sector está en todas las mesas, con a lo más una persona de diferencia.",
        ),
        ("AABBAABB", Rule(4, 4), "institutions", Kept.WHOLE, "Nadie comparte mesa con alguien de su institución."),
    ],
)
def test_a_plan_says_what_it_has(listed: str, rule: Rule, kind: str, kept: Kept, text: str) -> None:
    assert texts(seat(people(listed), seed="a", rule=rule))[kind] == (kept, text)


def test_a_plan_says_which_table_has_none_of_a_sector() -> None:
    plan = seat(people("AAAAABBBBBBBC"), seed="a")
    other = 3 - (plan.table_of("p12") or 0)
    kept, text = texts(plan)["sectors"]
    assert kept == Kept.AS_CAN_BE
    assert text == f"Un sector no alcanza para todas las mesas: Academia falta en la mesa {other} (1 en total)."


def test_a_plan_says_why_an_institution_shares_tables_and_with_how_many_it_would_not() -> None:
    listed = people("A" * 9 + "B" * 36, "x" * 9)
    kept, text = texts(seat(listed, seed="a"))["institutions"]
    assert kept == Kept.AS_CAN_BE
    said = "Hay 9 personas de una institución y 6 mesas: se reparten lo más que se puede."
    assert text == f"{said} Con 9 mesas nadie compartiría."
    assert texts(seat(listed, seed="a", rule=Rule(tables=9)))["institutions"][0] == Kept.WHOLE


def test_a_plan_names_its_seed_but_no_institution_and_nobody() -> None:
    plan = seat(people("AAAAAABBBBBBC", "secretsecrets"), seed="16 de marzo")
    said = " ".join(sentence.text for sentence in explain(plan))
    assert "«16 de marzo»" in said
    assert "p12" not in said


def test_a_plan_says_whether_company_is_beside() -> None:
    listed = [*people("AABBC"), Person("i", "A", beside="p0")]
    plan = seat(listed, seed="a")
    assert texts(plan)["parted"] == (Kept.WHOLE, "Quien acompaña a alguien está a su lado.")
    parted = move(plan, "i", 2)
    assert texts(parted.plan)["parted"] == (Kept.LESS, "Una persona no está en la mesa de quien acompañan.")
    assert "parted" in {sentence.kind for sentence in parted.broken}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 personas"),
        (1, "1 persona en 1 mesa de 1"),
        (14, "14 personas en 2 mesas de 7"),
        (15, "15 personas en 2 mesas de 7 y 8"),
    ],
)
def test_how_many_tables_come_is_foretold(number: int, said: str) -> None:
    assert foretell(number, Rule()) == said
