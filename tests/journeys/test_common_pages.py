"""The dashboard and the pages where rooms meet, as people with other eyes, hands and screens meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tequio.kernel.packs import load_pack
from tequio.kernel.searchindex import rebuild
from tests.house.source import ROOT

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/tablero/",
    "/tablero/?vista=tabla",
    "/tablero/?atraso=si&lugar=tonalli",
    "/municipios/",
    "/municipios/xochitepetl/",
    "/municipios/nuhuatlan/",
    "/agenda/",
    "/buscar/?q=transparencia",
)


@pytest.mark.req("SI-03")
def test_common_pages_are_fit_for_everyone(reader: Reader) -> None:
    for pack in (ROOT / "packs" / "edomex", ROOT / "tests" / "packs" / "tonalli"):
        load_pack(pack, by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    rebuild(at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    for path in PAGES:
        reader.check_page(path)
