"""A pack replaces what it said of an exercise before, until people have written follow-up in it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tequio.accounts.models import Organization
from tequio.kernel.packs import load_pack
from tequio.kernel.refusal import Refused
from tequio.monitoring.models import Evidence, Judgement, ProgressReport
from tequio.plans.models import ActionPlan, Activity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.req("SI-01")]
TONALLI = settings.ROOT / "tests" / "packs" / "tonalli"
AT = datetime(2026, 1, 15, 18, tzinfo=UTC)
DAY = date(2031, 5, 2)


def report(activity: Activity) -> ProgressReport:
    who = Organization.objects.all()[0]
    return ProgressReport.objects.create(activity=activity, organization=who, state="not_started", reported_on=DAY)


def proof(activity: Activity) -> Evidence:
    return Evidence.objects.create(
        activity=activity, title="Acta", url="https://tonalli.example/acta", dated_on=DAY, origin="El comité"
    )


def judgement(activity: Activity) -> Judgement:
    return Judgement.objects.create(activity=activity, voice="committee", verdict="validated", judged_on=DAY)


@pytest.mark.parametrize(
    ("write", "told"), [(report, "reportes: 1"), (proof, "evidencias: 1"), (judgement, "juicios: 1")]
)
def test_what_people_wrote_keeps_the_pack_from_replacing_it(
    first_pal: None, write: Callable[[Activity], ProgressReport | Evidence | Judgement], told: str
) -> None:
    written = write(Activity.objects.filter(commitment__plan__code="TON1")[0])
    plans = set(ActionPlan.objects.values_list("pk", flat=True))
    with pytest.raises(Refused, match="seguimiento escrito por personas") as refused:
        load_pack(TONALLI, by=None, at=AT)
    assert f"«tonalli-2023-2025» ya hay seguimiento escrito por personas ({told})" in str(refused.value)
    assert "xochitepetl" not in str(refused.value)
    written.refresh_from_db()
    assert set(ActionPlan.objects.values_list("pk", flat=True)) == plans
    with pytest.raises(CommandError, match="lo borraría"):
        call_command("load_pack", TONALLI)


def test_the_demonstration_starts_with_what_people_wrote_in_it(first_pal: None, settings: SettingsWrapper) -> None:
    settings.PACKS = TONALLI.parent
    written = proof(Activity.objects.filter(commitment__plan__code="TON1")[0])
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "paquete tonalli: En el ejercicio «tonalli-2023-2025» ya hay seguimiento" in said.getvalue()
    written.refresh_from_db()


def test_the_rest_of_the_pack_still_loads_without_that_exercise(first_pal: None, tmp_path: Path) -> None:
    written = proof(Activity.objects.filter(commitment__plan__code="TON1")[0])
    pack = shutil.copytree(TONALLI, tmp_path / "pack")
    shutil.rmtree(pack / "planes" / "tonalli-2023-2025")
    load_pack(pack, by=None, at=AT)
    written.refresh_from_db()


def test_what_the_pack_said_is_replaced_by_what_it_says(first_pal: None) -> None:
    said = ProgressReport.objects.filter(is_from_pack=True).count()
    assert said
    assert not ProgressReport.objects.filter(is_from_pack=False).exists()
    load_pack(TONALLI, by=None, at=AT)
    assert ProgressReport.objects.filter(is_from_pack=True).count() == said
