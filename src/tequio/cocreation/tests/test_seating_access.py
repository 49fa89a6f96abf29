"""Seating who needs an interpreter together, and women and men evenly, without anybody learning who said what."""

from __future__ import annotations

import random
import time
from dataclasses import fields, replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.cocreation.seating import Breaches, Kept, Person, Plan, Rule, add_late, excess, explain, move, seat
from tequio.cocreation.seating.plan import seated, table_breaches
from tequio.cocreation.tests.lists import attendance, said, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [pytest.mark.req("CO-03"), pytest.mark.once]
NOTHING = Breaches()


def with_what_they_said(plan: Plan, listed: Sequence[Person]) -> Plan:
    """Return a plan with its people as a list tells them."""
    known = {person.key: person for person in listed}
    return Plan(plan.rule, plan.seed, tuple(tuple(p and known[p.key] for p in table) for table in plan.tables))


def test_on_300_lists_sexes_cost_nothing_that_comes_before_them() -> None:
    ours = before = 0
    for number in range(300):
        listed = said(number, signing=0)
        plan = seat(listed, seed=f"lista {number}")
        unsaid = seat([replace(person, sex="", rolls=False) for person in listed], seed=f"lista {number}")
        if shape_of(number) != "accompanied":
            assert excess(plan)._replace(sexes=0) == NOTHING, number
            ours += excess(plan).sexes
            before += excess(with_what_they_said(unsaid, listed)).sexes
    assert ours * 20 < before, (ours, before)


def test_on_300_lists_as_few_interpreters_as_can_be_are_needed() -> None:
    above = []
    for number in range(300):
        listed = said(number)
        plan = seat(listed, seed=f"lista {number}")
        assert sorted(plan.people) == sorted(person.key for person in listed)
        over = excess(plan)
        if shape_of(number) == "accompanied":
            assert over.interpreters <= 1  # who accompanies somebody takes a seat that one who signs may need
            continue
        assert (over.interpreters, over.size, over.uneven) == (0, 0, 0), number
        above.append(over.sectors + over.institutions)
    assert sum(count > 0 for count in above) * 8 < len(above)
    assert max(above) < 6


@pytest.mark.parametrize("number", range(40))
def test_of_small_lists_no_plan_breaks_less_for_sectors_with_the_same_interpreters(number: int) -> None:
    chance = random.Random(number)
    signs = set(chance.sample(range(8), 3))
    listed = [Person(f"p{n}", chance.choice("ABC"), signs=n in signs) for n in range(8)]
    rule = Rule(4, 4, tables=2)
    plan = seat(listed, seed="a", rule=rule)
    found = []
    for where in product((0, 1), repeat=8):
        tables = [[p for p, at in zip(listed, where, strict=True) if at == number] for number in (0, 1)]
        if all(tables):
            one, other = (table_breaches(table, rule) for table in tables)
            found.append(one.plus(other)[:4])
    mine = [table_breaches(seated(table), rule) for table in plan.tables]
    assert mine[0].plus(mine[1])[:4] == min(found)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 299), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(number: int, chance: random.Random) -> None:
    listed = said(number)
    assert seat(listed, seed="a") == seat(chance.sample(listed, len(listed)), seed="a")


def test_who_says_nothing_sits_as_before() -> None:
    assert seat(attendance(3), seed="a") == seat([replace(p, sex="") for p in attendance(3)], seed="a")


@pytest.mark.parametrize("number", range(0, 63, 9))
def test_120_people_are_seated_within_a_second(number: int) -> None:
    listed = said(number, signing=4, size=120)
    begins = time.perf_counter()
    seat(listed, seed="a")
    assert time.perf_counter() - begins < 1


def test_tables_that_need_something_have_the_first_numbers_and_nobody_is_told_of() -> None:
    listed = [Person(f"p{n}", "ABCD"[n % 4], sex=("woman", "man")[n % 2]) for n in range(40)]
    listed = [replace(p, signs=p.key in {"p7", "p22", "p31"}, rolls=p.key == "p12") for p in listed]
    plan = seat(listed, seed="tequio", drawn_from="de este sitio")
    assert plan.table_of("p7") == plan.table_of("p22") == plan.table_of("p31") == 1
    assert plan.table_of("p12") in {1, 2}
    told = {sentence.kind: sentence for sentence in explain(plan)}
    assert told["interpreters"].text == "Intérprete de Lengua de Señas en la mesa 1: con estos lugares basta uno."
    assert told["interpreters"].kept == Kept.WHOLE
    text = " ".join(sentence.text for sentence in explain(plan))
    assert "silla de ruedas" in text
    assert "Solo este sitio puede repetirlo" in text
    assert "de este sitio" not in text
    assert not any(key in text for key in plan.people)


def test_nobody_repeats_a_plan_of_a_secret_by_its_seed() -> None:
    listed = said(8, size=40)
    assert seat(listed, seed="a", drawn_from="b") != seat(listed, seed="a")
    assert seat(listed, seed="a", drawn_from="b").tables == seat(listed, seed="c", drawn_from="b").tables
    assert "drawn_from" not in {field.name for field in fields(Plan)}


def test_who_comes_late_and_signs_joins_the_others_and_a_move_says_what_it_costs() -> None:
    listed = [Person(f"p{n}", "ABCD"[n % 4], signs=n in {3, 10}) for n in range(23)]
    plan = seat(listed, seed="a")
    late = add_late(plan, Person("tarde", "A", signs=True))
    assert late.table == plan.table_of("p3") == plan.table_of("p10")
    moved = move(plan, "p3", 2 if plan.table_of("p3") == 1 else 1)
    assert "interpreters" in {sentence.kind for sentence in moved.broken}
    assert any("hacen falta 2" in sentence.text for sentence in moved.broken)
