"""The check that finds a counted election that somebody touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import again

from tequio.governance.invariants import counted_elections_add_up
from tequio.governance.models import Candidate, Turnout, Urn
from tequio.governance.tests.voters import called, members, vote
from tequio.governance.workflows import close_election

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-06")]


def test_each_tampering_is_found(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 6)
    election = called(exercise, liaison)
    for person in voters:
        vote(election, person, "01")
    close_election(election, by=again(liaison), at=timezone.now())
    assert list(counted_elections_add_up()) == []
    urn = Urn.objects.get()
    for touch, mend, said in (
        (lambda: Candidate.objects.filter(position=2).update(votes=9), {"votes": 0}, "suman 15 de 6"),
        (lambda: Turnout.objects.update(voted=[1]), None, "6 comprobantes, 1 votantes"),
        (lambda: Urn.objects.update(receipts=[*urn.receipts[1:], "X"]), None, "comprobantes no son"),
        (lambda: Urn.objects.update(marks=["02", *urn.marks[1:]]), None, "votos no son"),
        (lambda: Candidate.objects.filter(position=1).update(name="Otra"), None, "votos no son"),
    ):
        touch()
        assert said in " ".join(counted_elections_add_up())
        if mend:
            Candidate.objects.filter(position=2).update(**mend)
            assert list(counted_elections_add_up()) == []
