"""Two at once, on PostgreSQL: one support for each address, numbers without gap, and a close that nothing passes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.cast import again

from tequio.cocreation.models import Problem, ProblemConsultation, Support
from tequio.cocreation.queries.problems import token_of
from tequio.cocreation.tests.diagnosis import opened, published, sent, support_link
from tequio.cocreation.workflows import close_consultation, confirm_problem, confirm_support, merge_problem
from tequio.exercises.tests.test_event_races import at_once
from tequio.kernel.clock import database_now
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("DX-05")]
ROUNDS = 4


@pytest.fixture
def consultation(exercise: Exercise, liaison: User) -> ProblemConsultation:
    """A consultation that is open now by the database's clock."""
    found = opened(exercise, liaison)
    ProblemConsultation.objects.update(opens_at=database_now() - timedelta(hours=1))
    found.refresh_from_db()
    return found


def test_one_address_supports_once(consultation: ProblemConsultation) -> None:
    slug = consultation.exercise.slug
    for number in range(ROUNDS):
        problem = published(consultation, f"ana{number}", at=database_now())
        token = support_link(problem, "carla", at=database_now())
        at_once(*[lambda t=token: confirm_support(slug, t).number] * 5)
        assert problem.supports.count() == 1


def test_confirmed_at_once_each_has_its_number(consultation: ProblemConsultation) -> None:
    slug = consultation.exercise.slug
    for number in range(ROUNDS):  # no more at once than the pool has connections: who waits for one never starts
        found = [sent(consultation, f"p{number}-{n}", at=database_now()) for n in range(2)]
        at_once(*[partial(lambda t: confirm_problem(slug, t).number, token_of(problem)) for problem in found * 2])
    assert sorted(Problem.objects.values_list("number", flat=True)) == list(range(1, 2 * ROUNDS + 1))


def test_no_support_is_taken_after_the_close(consultation: ProblemConsultation, liaison: User) -> None:
    slug = consultation.exercise.slug
    problem = published(consultation, "ana", at=database_now())
    tokens = [support_link(problem, f"p{n}", at=database_now()) for n in range(4)]
    told = at_once(
        lambda: bool(close_consultation(consultation, "Sismo", by=again(liaison)).pk),
        *[partial(lambda t: f"cuenta {confirm_support(slug, t).number}", token) for token in tokens],
    )
    counted = sum(each == "cuenta 1" for each in told)
    assert counted == Support.objects.count()
    assert sum("cerró" in each for each in told) == len(tokens) - counted
    with pytest.raises(Refused, match="cerró"):
        confirm_support(slug, tokens[0])


def test_two_that_join_each_other_do_not_both(consultation: ProblemConsultation, liaison: User) -> None:
    for number in range(ROUNDS):
        one = published(consultation, f"a{number}", at=database_now())
        two = published(consultation, f"b{number}", at=database_now())
        told = at_once(
            lambda a=one, b=two: merge_problem(a, b, by=again(liaison), at=database_now()).status,
            lambda a=two, b=one: merge_problem(a, b, by=again(liaison), at=database_now()).status,
        )
        assert sum(each == "merged" for each in told) == 1
