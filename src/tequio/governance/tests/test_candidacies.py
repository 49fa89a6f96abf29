"""Who withdraws their candidacy leaves the ballots that are being prepared, and not one that was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import NOW, account, again

from tequio.exercises.enums import ApplicationState, CallKind
from tequio.exercises.models import Application
from tequio.exercises.tests.answering import CANDIDATE, applied, drawing, published, upload
from tequio.exercises.workflows import accept_application, end_consented, withdraw_application
from tequio.governance.enums import ElectionKind
from tequio.governance.tests.voters import drafted, members
from tequio.governance.workflows import add_candidate, annul_election, forget_candidate, open_election
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Election

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-04")]
OTHERS = ("Beatriz Niño", "Carla Soler")


@pytest.fixture
def candidacy(exercise: Exercise, liaison: User) -> Application:
    """An accepted candidacy, with its photograph."""
    sent = applied(published(exercise, liaison, CallKind.SUBSTITUTE), account("carla"), CANDIDATE, sector="citizens")
    return accept_application(sent, by=again(liaison), at=NOW)


@pytest.fixture
def election(candidacy: Application, exercise: Exercise, liaison: User) -> Election:
    """An election that is being prepared, with that name written without care."""
    members(exercise, 3)
    return drafted(exercise, liaison, names=("carla sol", *OTHERS))


def names(election: Election) -> set[str]:
    return {each.name for each in election.candidates.all()}


def test_a_draft_forgets_who_withdraws(
    candidacy: Application,
    election: Election,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_application(candidacy, by=again(candidacy.account), at=NOW)
    assert names(election) == set(OTHERS)
    assert forget_candidate(election.exercise_id, "") == 0


def test_a_ballot_that_was_called_does_not_change(candidacy: Application, election: Election, liaison: User) -> None:
    open_election(election, by=again(liaison), at=timezone.now())
    with pytest.raises(Refused, match=r"está en la boleta.*no cambia"):
        withdraw_application(candidacy, by=again(candidacy.account), at=NOW)
    assert forget_candidate(election.exercise_id, "Carla Sol") == 0
    end_consented("registro", candidacy.account_id, "", at=NOW)
    fresh = Application.objects.get(pk=candidacy.pk)
    assert (fresh.state, fresh.person_name, fresh.words) == (ApplicationState.ACCEPTED, "Carla Sol", "")


def test_annulled_it_sets_free(
    candidacy: Application, election: Election, liaison: User, guarantor_staff: User
) -> None:
    open_election(election, by=again(liaison), at=timezone.now())
    annul_election(election, reason="Se repite.", by=again(guarantor_staff), at=timezone.now())
    assert withdraw_application(candidacy, by=again(candidacy.account), at=NOW).state == ApplicationState.WITHDRAWN


def test_an_option_of_a_poll_is_nobody(candidacy: Application, exercise: Exercise, liaison: User) -> None:
    poll = drafted(exercise, liaison, names=(), kind=ElectionKind.POLL, sector="", fills="")
    add_candidate(poll, "Carla Sol", by=again(liaison))
    assert forget_candidate(exercise.pk, "Carla Sol") == 0


def test_the_photograph_leaves_with_the_text(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison, CallKind.FACILITATOR)
    sent = applied(call, account("dora"), CANDIDATE, person_name="Dora", picture=upload(drawing()))
    accepted = accept_application(sent, by=again(liaison), at=NOW)
    members(exercise, 3)
    election = drafted(exercise, liaison, names=("Dora", *OTHERS))
    open_election(election, by=again(liaison), at=timezone.now())
    end_consented("registro", accepted.account_id, "", at=NOW)
    fresh = Application.objects.get(pk=accepted.pk)
    assert (fresh.state, fresh.picture) == (ApplicationState.ACCEPTED, None)
