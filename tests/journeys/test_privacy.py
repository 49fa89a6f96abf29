"""Whoever wonders what is kept of them reads it, asks for it and takes it back, on a phone and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-03", "SI-04")]


def test_the_pages_about_personal_data_are_fit_for_everyone(reader: Reader, notices: None, land: Land) -> None:
    for path in ("/privacidad/", "/privacidad/cuenta/", "/privacidad/cuenta/1/", "/datos-personales/"):
        reader.check_page(path)
