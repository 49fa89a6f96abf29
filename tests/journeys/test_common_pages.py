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
    "/embed/tablero/",
    "/embed/compromisos/TON1-01/",
)
SHORT = {
    "/c/TON1-01/": "/ejercicios/tonalli-2023-2025/compromisos/1/",
    "/ejercicios/tonalli-2023-2025/compromisos/": "/ejercicios/tonalli-2023-2025/#compromisos",
    "/api/v1/": "/api/",
}
REFUSED = {"/documentos/authenticate_with_password/1/": 404}


@pytest.mark.req("SI-03")
def test_common_pages_are_fit_for_everyone(reader: Reader) -> None:
    for pack in (ROOT / "packs" / "edomex", ROOT / "tests" / "packs" / "tonalli"):
        load_pack(pack, by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    rebuild(at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    for path in PAGES:
        reader.check_page(path)


def test_short_addresses_lead_to_their_page(reader: Reader) -> None:
    load_pack(ROOT / "tests" / "packs" / "tonalli", by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    page = reader.browser.new_page()
    for short, whole in SHORT.items():
        answer = page.goto(reader.site + short)
        assert answer is not None
        assert (answer.status, page.url) == (200, reader.site + whole)
    for path, status in REFUSED.items():
        answer = page.goto(reader.site + path)
        assert answer is not None
        assert answer.status == status
    page.close()
