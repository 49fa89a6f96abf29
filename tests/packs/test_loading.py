"""Packs meet the loader: good ones load and load again, broken ones say where, planted faults are found."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tequio.exercises.models import Exercise
from tequio.kernel.models import Edition
from tequio.kernel.packs import PackFaulty, load_pack
from tequio.monitoring.enums import ActivityState, Completion
from tequio.monitoring.models import ActivityStanding, CommitmentStanding
from tequio.plans.models import ActionPlan, Commitment, Finding

from .broken import BROKEN, GOOD, Broken
from .planted import PLANTED, Planted

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 1, 15, 18, tzinfo=UTC)


def problems(code: str) -> set[tuple[str, str, str]]:
    return set(Finding.objects.filter(plan__code=code).values_list("rule", "place", "problem"))


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_a_broken_pack_says_where_and_loads_nothing(broken: Broken, tmp_path: Path) -> None:
    pack, expected = broken.copy_to(tmp_path)
    with pytest.raises(PackFaulty) as refused:
        load_pack(pack, by=None, at=AT)
    told = [
        fault
        for fault in refused.value.faults
        if fault.place.file == expected.file
        and expected.row in {None, fault.place.row}
        and expected.line in {None, fault.place.line}
        and expected.path in fault.place.path
    ]
    assert told, str(refused.value)
    assert all(word in str(refused.value) for word in expected.words)
    assert not Exercise.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_planted_fault_is_found_and_its_mend_makes_it_vanish(planted: Planted, tmp_path: Path) -> None:
    pack = shutil.copytree(GOOD, tmp_path / "tonalli")
    load_pack(pack, by=None, at=AT)
    before = problems("TON1")
    planted.mend(pack)
    load_pack(pack, by=None, at=AT)
    after = problems("TON1")
    assert len(before) == len(PLANTED) == 10
    assert len(before - after) == 1
    assert after < before


@pytest.mark.req("PL-10")
def test_a_complete_plan_has_no_inconsistency(first_pal: None, db: None) -> None:
    assert problems("XOC1") == set()


def test_loading_the_same_pack_again_publishes_nothing_new(first_pal: None, db: None) -> None:
    def public() -> tuple[list[tuple[str, int, str]], list[str], set[tuple[str, str, str]]]:
        editions = list(Edition.objects.order_by("subject").values_list("subject", "number", "sha256"))
        return editions, list(Commitment.objects.values_list("code", flat=True).order_by("code")), problems("TON1")

    before = public()
    load_pack(GOOD, by=None, at=AT)
    assert public() == before


def test_the_invented_plans_show_every_state(first_pal: None, db: None) -> None:
    states = set(ActivityStanding.objects.values_list("state", flat=True))
    completions = set(CommitmentStanding.objects.values_list("completion", flat=True))
    assert states == set(ActivityState.values)
    assert completions == set(Completion.values)


@pytest.mark.req("PL-09")
def test_the_first_plan_counts_what_its_document_counts(first_pal: None, db: None) -> None:
    plan = ActionPlan.objects.get(code="PAL1")
    table = {c.number: c.activities.of_commitments().count() for c in plan.commitments.all()}
    lines = {c.number: c.activities.of_lines().count() for c in plan.commitments.all()}
    assert table == {1: 3, 2: 3, 3: 3}
    assert lines == {1: 7, 2: 21, 3: 7}
    undated = [a for c in plan.commitments.all() for a in c.activities.of_lines() if list(a.days())]
    assert undated == []
    sectors = [registration.sector for registration in plan.exercise.registrations.all()]
    assert {sector: sectors.count(sector) for sector in set(sectors)} == {
        "citizens": 3,
        "civil_society": 14,
        "public_bodies": 8,
    }
