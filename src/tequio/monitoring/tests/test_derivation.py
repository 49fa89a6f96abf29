"""The published rules of states, for every combination of what can be reported, proved and judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.monitoring.enums import ActivityState, Completion, ReportedState, Verdict
from tequio.monitoring.queries import activity_state, completion

pytestmark = pytest.mark.req("MO-01")
REPORTED = st.none() | st.sampled_from(ReportedState.values)
VERDICTS = st.lists(st.sampled_from(["", *Verdict.values]), max_size=2)
STATES = st.lists(st.sampled_from(ActivityState.values), max_size=12)


@given(reported=REPORTED, evidence=st.integers(0, 3), verdicts=VERDICTS, closed=st.booleans())
def test_only_proved_and_unobjected_work_is_validated(
    reported: str | None, evidence: int, verdicts: list[str], *, closed: bool
) -> None:
    state = activity_state(reported=reported, evidence_count=evidence, verdicts=verdicts, closed=closed)
    proved = reported == ReportedState.DONE and evidence > 0
    judged = Verdict.VALIDATED in verdicts and Verdict.OBJECTED not in verdicts
    assert (state == ActivityState.VALIDATED) == (proved and judged)


@given(reported=REPORTED, evidence=st.integers(0, 3), verdicts=VERDICTS, closed=st.booleans())
def test_silence_is_told_apart_from_beginning(
    reported: str | None, evidence: int, verdicts: list[str], *, closed: bool
) -> None:
    state = activity_state(reported=reported, evidence_count=evidence, verdicts=verdicts, closed=closed)
    silent = {ActivityState.NO_RECORD, ActivityState.NOT_STARTED}
    assert (state in silent) == (reported is None)
    assert state != (ActivityState.NOT_STARTED if closed else ActivityState.NO_RECORD)


@given(states=STATES, evidence=st.integers(0, 5), closed=st.booleans())
def test_complete_means_every_activity_validated(states: list[str], evidence: int, *, closed: bool) -> None:
    counted = [state for state in states if state != ActivityState.CANCELLED]
    result = completion(states, evidence_count=evidence, closed=closed)
    everything = bool(counted) and set(counted) == {ActivityState.VALIDATED}
    assert (result == Completion.COMPLETE) == everything
    if result == Completion.LIMITED:
        assert evidence
    if closed:
        assert result != Completion.NOT_STARTED


@given(states=STATES, evidence=st.integers(0, 5), closed=st.booleans())
def test_one_more_validation_never_lowers_a_commitment(states: list[str], evidence: int, *, closed: bool) -> None:
    scale = [Completion.NOT_STARTED, Completion.NO_EVIDENCE, Completion.LIMITED, Completion.SUBSTANTIAL]
    order = {value: rank for rank, value in enumerate([*scale, Completion.COMPLETE])}
    before = completion(states, evidence_count=evidence, closed=closed)
    for place, state in enumerate(states):
        if state not in {ActivityState.CANCELLED, ActivityState.VALIDATED}:
            better = [*states[:place], ActivityState.VALIDATED.value, *states[place + 1 :]]
            after = completion(better, evidence_count=max(evidence, 1), closed=closed)
            assert order[after] >= order[before]


@pytest.mark.parametrize(
    ("validated", "total", "expected"),
    [
        (0, 4, Completion.LIMITED),
        (1, 4, Completion.LIMITED),
        (2, 4, Completion.SUBSTANTIAL),
        (4, 4, Completion.COMPLETE),
    ],
)
def test_half_is_substantial(validated: int, total: int, expected: Completion) -> None:
    states = ["validated"] * validated + ["in_progress"] * (total - validated)
    assert completion(states, evidence_count=1, closed=False) == expected
