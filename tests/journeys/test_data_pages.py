"""The pages of the data and of the API, as people with other eyes, hands and screens meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tequio.kernel.packs import load_pack
from tequio.opendata.workflows import release_datasets

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

TONALLI = Path(__file__).resolve().parents[1] / "packs" / "tonalli"
NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)
pytestmark = [pytest.mark.browser, pytest.mark.req("SI-02", "SI-03")]


def test_data_pages_are_fit_for_everyone(reader: Reader) -> None:
    load_pack(TONALLI, by=None, at=NOON)
    release_datasets(by=None, at=NOON, reason="Primera versión.")
    for page in ("/datos/", "/datos/actividades/", "/api/"):
        reader.check_page(page)
