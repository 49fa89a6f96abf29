"""Each inconsistency of the First PAL vanishes when a copy of the plan is mended, and nothing else does it."""

from __future__ import annotations

import pytest

from tequio.plans.consistency import check, registered
from tequio.plans.models import ActionPlan
from tequio.plans.queries import Dossier, compile_dossier

from .mending import MENDS

pytestmark = [pytest.mark.req("PL-09", "PL-10"), pytest.mark.django_db]


@pytest.fixture
def dossier(first_pal: None) -> Dossier:
    return compile_dossier(ActionPlan.objects.get(code="PAL1"))


def test_mending_each_line_makes_it_vanish(dossier: Dossier) -> None:
    found = check(dossier)
    assert len(found) > 100
    left = []
    for one in found:
        plain = dossier.model_dump(mode="json")
        MENDS[one.rule](plain, one)
        if one in check(Dossier.model_validate(plain)):
            left.append((one.rule, one.place, one.problem))
    assert left == []


def test_checking_twice_finds_the_same_and_each_line_once(dossier: Dossier) -> None:
    found = check(dossier)
    assert found == check(dossier)
    assert len({(one.rule, one.place, one.problem, one.says) for one in found}) == len(found)


def test_every_rule_has_a_mend() -> None:
    assert {rule.key for rule in registered()} - set(MENDS) == set()


@pytest.mark.parametrize("code", ["TON1", "XOC1"])
def test_mending_works_on_plans_of_other_places(first_pal: None, code: str) -> None:
    dossier = compile_dossier(ActionPlan.objects.get(code=code))
    for one in check(dossier):
        plain = dossier.model_dump(mode="json")
        MENDS[one.rule](plain, one)
        assert one not in check(Dossier.model_validate(plain)), one
