"""The count: sums that hold, ties that resolve alike for everybody, and a program outside the product that agrees."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tequio.governance.enums import TieBreak, WinningMajority
from tequio.governance.queries.elections import MAJORITIES, TIES
from tequio.governance.workflows.counting import Rules, count, drawn_order

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.req("EX-06")

MARKS = ["01", "02", "03", "04", "05"]


def program() -> ModuleType:
    """Return the program that anybody runs, as a module."""
    spec = importlib.util.spec_from_file_location("recuento", settings.VERIFIER.with_name("recuento.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECOUNT = program()


@st.composite
def elections(draw: st.DrawFn) -> tuple[list[str], list[str], Rules]:
    standing = MARKS[: draw(st.integers(1, 5))]
    marks = draw(st.lists(st.sampled_from([*standing, "00"]), max_size=12))
    ranked = draw(st.booleans())
    majority = draw(st.sampled_from(list(WinningMajority)))
    seats = 2 if ranked else 1 if majority == WinningMajority.ABSOLUTE else draw(st.integers(1, 4))
    rules = Rules(seats, ranked, majority, draw(st.sampled_from(list(TieBreak))), len(standing) == 1)
    return marks, standing, rules


@given(elections(), st.text("0123456789abcdef", min_size=4, max_size=4))
def test_the_count_holds_and_the_program_agrees(asked: tuple[list[str], list[str], Rules], seed: str) -> None:
    marks, standing, rules = asked
    outcome = count(marks, standing, rules, seed=seed, receipts_sha256="r")
    assert sum(outcome.votes.values()) + outcome.blanks == len(marks)
    assert count(sorted(marks), standing, rules, seed=seed, receipts_sha256="r") == outcome
    assert len(outcome.elected) == len(set(outcome.elected)) <= rules.seats
    assert all(outcome.votes[mark] for mark in outcome.elected)
    assert set(outcome.by_lot) <= set(outcome.elected)
    assert not set(outcome.second_round) & set(outcome.elected)
    assert len(outcome.second_round) != 1
    left = [outcome.votes[mark] for mark in standing if mark not in outcome.elected]
    worst = min((outcome.votes[mark] for mark in outcome.elected), default=None)
    assert worst is None or all(votes <= worst for votes in left)
    if rules.tie_rule == TieBreak.LOT and rules.majority == WinningMajority.SIMPLE and not rules.single:
        voted = [mark for mark in standing if outcome.votes[mark]]
        assert len(outcome.elected) == min(rules.seats, len(voted))
        assert outcome.second_round == []
    told = {
        "candidaturas": dict.fromkeys(standing, ""),
        "lugares": rules.seats,
        "titular_y_suplente": rules.ranked,
        "mayoria": MAJORITIES[rules.majority],
        "empate": TIES[rules.tie_rule],
        "semilla": seed,
    }
    again = RECOUNT.contar(told, marks, "r")
    assert again == (outcome.votes, outcome.elected, outcome.by_lot, outcome.second_round)


@pytest.mark.parametrize(
    ("marks", "rules", "elected", "second_round"),
    [
        ("01 01 02", Rules(1, ranked=False), ["01"], []),
        ("01 01 02", Rules(2, ranked=True), ["01", "02"], []),
        ("01 01 00", Rules(2, ranked=True), ["01"], []),
        ("00 00 00", Rules(2, ranked=True), [], []),
        ("", Rules(1, ranked=False), [], []),
        ("01 02", Rules(2, ranked=False, tie_rule=TieBreak.SECOND_ROUND), ["01", "02"], []),
        ("01 02", Rules(2, ranked=True, tie_rule=TieBreak.SECOND_ROUND), [], ["01", "02"]),
        ("01 01 02 03", Rules(2, ranked=True, tie_rule=TieBreak.SECOND_ROUND), ["01"], ["02", "03"]),
        ("01 01 02 03", Rules(1, ranked=False, majority=WinningMajority.ABSOLUTE), [], ["01", "02", "03"]),
        ("01 01 01 02 03 00 00", Rules(1, ranked=False, majority=WinningMajority.ABSOLUTE), ["01"], []),
        ("01 01 02 02 03", Rules(1, ranked=False, majority=WinningMajority.ABSOLUTE), [], ["01", "02"]),
    ],
)
def test_who_is_elected(marks: str, rules: Rules, elected: list[str], second_round: list[str]) -> None:
    outcome = count(marks.split(), ["01", "02", "03"], rules, seed="s", receipts_sha256="r")
    assert (outcome.elected, outcome.second_round) == (elected, second_round)


def test_the_lot_favours_nobody() -> None:
    won = [
        count(["01", "02", "03"], ["01", "02", "03"], Rules(1, ranked=False), seed=f"{n}", receipts_sha256="r").elected[
            0
        ]
        for n in range(600)
    ]
    assert all(150 < won.count(mark) < 250 for mark in ("01", "02", "03"))


def test_the_ballots_order_favours_nobody() -> None:
    first = [drawn_order(["Ana", "Beto", "Carla"], seed=f"{n}")[0] for n in range(600)]
    assert all(150 < first.count(name) < 250 for name in ("Ana", "Beto", "Carla"))
