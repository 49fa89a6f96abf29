from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.accents import CLAY, ENOUGH, NIGHT, PAPER, at_night, contrast, refusal, stylesheet

if TYPE_CHECKING:
    from django.test import Client

colours = st.text("0123456789abcdef", min_size=6, max_size=6)


@pytest.mark.parametrize(("one", "other", "ratio"), [("000000", "ffffff", 21.0), ("777777", "ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_clay_is_an_accent_and_pale_or_misspelt_colours_are_not() -> None:
    assert refusal(CLAY) is None
    assert "contraste" in str(refusal("ffcc00"))
    assert "seis dígitos" in str(refusal("barro"))
    assert "seis dígitos" in str(refusal("8C4A2F}body{"))


@given(colours)
def test_every_accepted_accent_reads_by_day_and_by_night(colour: str) -> None:
    if refusal(colour) is None:
        assert contrast(colour, PAPER) >= ENOUGH
        assert contrast(at_night(colour), NIGHT) >= ENOUGH
        assert f"--accent:#{colour}" in stylesheet(colour)


def test_stylesheet_holds_the_same_default_as_python() -> None:
    built = Path(str(finders.find("tequio/tequio.css"))).read_text()
    for colour in (CLAY, at_night(CLAY), PAPER, NIGHT):
        assert f"#{colour}" in built


@pytest.mark.django_db
@pytest.mark.usefixtures("plain_static_files")
def test_accent_is_served_as_a_stylesheet_that_never_changes(client: Client) -> None:
    answer = client.get("/estilo/acento-1f4d3a.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.get("/estilo/acento-ffcc00.css").status_code == 404
