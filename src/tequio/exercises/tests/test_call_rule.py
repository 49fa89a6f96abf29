"""Whom to call first, for any log: the rule as the page writes it, said again independently."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.accounts.models import Jurisdiction
from tequio.exercises.enums import CallReason, ExerciseState, PhaseState
from tequio.exercises.queries.accompaniment import _followed
from tequio.exercises.queries.standing import Standing, Step

if TYPE_CHECKING:
    from tequio.exercises.queries.accompaniment import Followed

pytestmark = pytest.mark.req("EX-10")
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
AGO = st.none() | st.integers(0, 90)


class Case(NamedTuple):
    """Days since each thing happened, or nothing; whether the exercise lives."""

    help_asked: int | None
    step_due: int | None
    phase_due: int | None
    contact: int | None
    alive: bool
    quiet_days: int


def seen(case: Case, name: str) -> Followed:
    """Return a municipality as the queries compose it from such a row."""

    def day(ago: int | None) -> date | None:
        return None if ago is None else TODAY - timedelta(days=ago)

    log: dict[str, Any] = {
        "companion": None,
        "companion_key": None,
        "liaison": None,
        "last_contact_on": day(case.contact),
        "trainings": 0,
        "next_step": "Llamar" if case.step_due is not None else None,
        "next_step_on": day(case.step_due),
        "help_about": "x" if case.help_asked is not None else None,
        "help_asked_at": None if case.help_asked is None else NOON - timedelta(days=case.help_asked),
        "quiet_days": case.quiet_days,
    }
    place = Jurisdiction(name=name, slug=name.lower())
    vars(place).update(log)
    state = ExerciseState.OPEN if case.alive else ExerciseState.CLOSED
    step = Step(1, "Arranque", PhaseState.CURRENT, day(case.phase_due))
    return _followed(place, Standing("x", "X", state, [step]), TODAY)


def expected(case: Case) -> list[CallReason]:
    """Return the reasons to call, as the page writes the rule."""
    silent = case.alive and (case.contact is None or case.contact > case.quiet_days)
    holds = {
        CallReason.HELP: case.help_asked is not None,
        CallReason.OVERDUE: bool(case.step_due),
        CallReason.LATE: case.alive and bool(case.phase_due),
        CallReason.QUIET: silent,
    }
    return [reason for reason, is_so in holds.items() if is_so]


CASES = st.builds(Case, AGO, AGO, AGO, AGO, st.booleans(), st.integers(1, 60))


@given(CASES)
def test_reasons_are_those_of_the_rule(case: Case) -> None:
    assert [reason.kind for reason in seen(case, "A").reasons] == expected(case)


@given(CASES, CASES)
def test_an_earlier_reason_goes_first_and_then_the_older(one: Case, other: Case) -> None:
    a, b = seen(one, "A"), seen(other, "B")
    first = min((a, b), key=lambda row: row.turn)
    kinds = list(CallReason)
    ranks = [kinds.index(row.reason.kind) if row.reason else len(kinds) for row in (a, b)]
    if ranks[0] != ranks[1]:
        assert first is (a if ranks[0] < ranks[1] else b)
    elif a.reason and b.reason and a.reason.days != b.reason.days:
        assert first is (a if a.reason.days > b.reason.days else b)
    else:
        assert first is a  # by name
