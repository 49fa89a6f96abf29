"""The dashboard and the pages where rooms meet, as people with other eyes, hands and screens meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
    "/municipios/toluca/",
    "/agenda/",
    "/buscar/?q=transparencia",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_fit_for_everyone(reader: Reader, first_pal_served: None, path: str) -> None:
    reader.check_page(path)
