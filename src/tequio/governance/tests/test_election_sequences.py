"""Whatever people do, and in whatever order, an election adds up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import again

from tequio.governance.enums import ElectionState
from tequio.governance.invariants import counted_elections_add_up
from tequio.governance.models import Election
from tequio.governance.tests.voters import called, members, over
from tequio.governance.workflows import cast_ballot, close_election
from tequio.governance.workflows.urns import unseal
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-06")]

VOTERS = 6
MARKS = ["00", "01", "02", "03", "04", "", "1"]  # the ballot has three names
TOKENS = [f"{number:032x}" for number in range(4)]
CLOSE, OVER = "close", "over"

casts = st.tuples(st.integers(0, VOTERS), st.sampled_from(MARKS), st.sampled_from(TOKENS))
acts = st.lists(st.one_of(casts, casts, casts, st.sampled_from([CLOSE, OVER])), max_size=20)


class Model:
    """What should be in the urn, by the rules alone."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[str, str]] = {}
        self.receipts: dict[str, str] = {}
        self.is_open, self.is_counted = True, False

    def accepts(self, voter: int, mark: str, token: str) -> bool:
        """Say whether a request to vote has an answer, and keep its ballot if it is a new one."""
        if voter in self.kept:
            return token in self.receipts  # whoever's token: it says only that this receipt is in the urn
        if voter == VOTERS or not self.is_open or mark not in MARKS[:4] or token in self.receipts:
            return False
        self.kept[voter] = (mark, token)
        return True


def attempt_vote(model: Model, election: Election, person: User, act: tuple[int, str, str]) -> None:
    """Vote, and compare the answer with the model's."""
    expected = model.accepts(*act)
    _, mark, token = act
    try:
        receipt = cast_ballot(election, mark=mark, token=token, by=again(person))
    except Refused:
        assert not expected
    else:
        assert expected
        assert model.receipts.setdefault(token, receipt) == receipt


def attempt_count(model: Model, election: Election, by: User) -> None:
    """Count, and compare the answer with the model's."""
    expected = model.is_counted or not model.is_open or len(model.kept) == VOTERS
    try:
        close_election(election, by=again(by), at=timezone.now())
    except Refused:
        assert not expected
    else:
        assert expected
        model.is_counted, model.is_open = True, False


def check(model: Model, election: Election) -> None:
    """Compare what is kept with the model."""
    found = Election.objects.get(pk=election.pk)
    marks = sorted(mark for mark, _ in model.kept.values())
    assert len(found.turnout.voted) == len(model.kept)
    assert (found.state == ElectionState.CLOSED) is model.is_counted
    if not model.is_counted:
        contents = unseal(found.urn.sealed, seed=found.seed)
        assert (contents.marks, contents.receipts) == (marks, sorted(model.receipts.values()))
        return
    assert list(counted_elections_add_up()) == []
    assert found.ballots == len(marks)
    assert found.urn.marks == (marks if len(marks) >= 5 else None)
    tally = Counter(marks)
    assert found.blanks in {None, tally["00"]}
    assert all(each.votes in {None, tally[each.mark]} for each in found.candidates.all())


def test_any_sequence_of_votes_and_counts_adds_up(exercise: Exercise, liaison: User, stranger: User) -> None:
    people = [*members(exercise, VOTERS), stranger]
    election = called(exercise, liaison)

    @settings(max_examples=40, deadline=None)
    @given(acts)
    def holds(sequence: list[str | tuple[int, str, str]]) -> None:
        model = Model()
        with transaction.atomic():
            for act in sequence:
                if isinstance(act, tuple):
                    attempt_vote(model, election, people[act[0]], act)
                elif act == CLOSE:
                    attempt_count(model, election, liaison)
                else:
                    over(election)
                    model.is_open = False
            check(model, election)
            transaction.set_rollback(True)

    holds()
