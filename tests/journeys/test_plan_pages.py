"""The exercise, its plan and its commitments, as people with other eyes, hands and screens meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tequio.kernel.packs import load_pack
from tests.house.source import ROOT

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

PACKS = {
    "/ejercicios/edomex-2019-2021/": ROOT / "packs" / "edomex",
    "/ejercicios/tonalli-2023-2025/": ROOT / "tests" / "packs" / "tonalli",
}
PAGES = (
    "",
    "plan/",
    "plan/inconsistencias/",
    "plan/inconsistencias/?tipo=missing&compromiso=1",
    "compromisos/2/",
    "compromisos/3/?evidencia=sin",
    "compromisos/1/hoja-de-ruta/",
)
TREES = ("arboles/anticorrupcion/", "arboles/desarrollo-democratico/")


@pytest.mark.req("SI-03")
@pytest.mark.parametrize("exercise", PACKS)
def test_pages_of_an_exercise_are_fit_for_everyone(reader: Reader, exercise: str) -> None:
    for pack in PACKS.values():
        load_pack(pack, by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    reader.check_page("/ejercicios/")
    trees = TREES if "edomex" in exercise else ()
    for page in (*PAGES, *trees):
        reader.check_page(exercise + page)


@pytest.mark.req("SI-03")
def test_a_commitment_fits_two_sheets_of_paper(reader: Reader) -> None:
    exercise = "/ejercicios/edomex-2019-2021/"
    load_pack(PACKS[exercise], by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    page = reader.browser.new_page()
    for number in (1, 2, 3):
        page.goto(f"{reader.site}{exercise}compromisos/{number}/")
        for paper in ("A4", "Letter"):
            sheets = PdfReader(BytesIO(page.pdf(format=paper))).pages
            assert len(sheets) <= 2, (number, paper)
            assert "No consta evidencia" in sheets[0].extract_text()
    page.close()
