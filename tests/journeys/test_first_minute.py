"""A person who never saw the site, on a phone without scripts, looks for what was not proved and takes it home."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tequio.kernel.packs import load_pack
from tests.house.source import ROOT
from tests.journeys.reader import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("MO-01", "PL-09")]
FEW = 4


def tap(page: Page, words: str) -> None:
    """Follow the first link of the page's body whose words these are; the person sees it without searching."""
    page.locator("main a", has_text=words).first.click()


def test_the_activities_without_evidence_are_few_taps_away(reader: Reader) -> None:
    load_pack(ROOT / "packs" / "edomex", by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    context = reader.browser.new_context(viewport=PHONE, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(reader.site)
    page.locator("header a", has_text="Compromisos").first.click()
    tap(page, "Decide ")
    tap(page, "no tienen evidencia")
    shown = page.locator("main").inner_text()
    assert "3 de 3" in shown
    with page.expect_download() as taken:
        tap(page, "CSV")
    rows = list(csv.DictReader(taken.value.path().read_text(encoding="utf-8").splitlines()))
    assert {row["compromiso"] for row in rows} == {"PAL1-02"}
    assert len(rows) == 3 + 21
    assert {row["evidencias"] for row in rows} == {"0"}
    context.close()
