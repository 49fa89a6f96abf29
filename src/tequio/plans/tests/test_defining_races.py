"""Two at once, on PostgreSQL: a commitment is defined once, two tables share a plan, verdicts keep their turn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, Land, again

from tequio.cocreation.enums import Aspect, Judgement
from tequio.cocreation.queries.viability import token_of
from tequio.cocreation.tests.reviews import REASONS, asked, closed_table, judged
from tequio.cocreation.workflows import give_verdict
from tequio.exercises.tests.test_event_races import at_once
from tequio.plans.models import ActionPlan, Commitment
from tequio.plans.tests.test_defining import defined

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("CO-08")]


def test_one_commitment_of_a_table_and_one_plan_of_two(exercise: Exercise, liaison: User, land: Land) -> None:
    first = closed_table(exercise, liaison)
    second = closed_table(exercise, liaison, theme=first.theme)
    for table in (first, second):
        judged(table, liaison)
    acts = [lambda table=table: defined(table, again(liaison), land).number for table in (first, second) * 2]
    told = at_once(*acts)
    assert sorted(told)[:2] == ["1", "2"]
    assert sum("ya se definió" in each for each in told) == 2
    assert ActionPlan.objects.count() == 1
    assert sorted(Commitment.objects.values_list("number", flat=True)) == [1, 2]


def test_verdicts_sent_together_keep_their_turn(exercise: Exercise, liaison: User) -> None:
    review = asked(closed_table(exercise, liaison), Aspect.LEGAL, liaison)
    token = token_of(review)
    sent = [partial(give_verdict, token, said, REASONS, at=NOW) for said in (Judgement.VIABLE, Judgement.NOT_VIABLE)]
    at_once(*sent, *sent)
    numbers = list(review.verdicts.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(review.verdicts.values_list("judgement", flat=True)) == {Judgement.VIABLE, Judgement.NOT_VIABLE}
