"""The gallery, and with it every component, as people with other eyes, hands and screens meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


def test_gallery_is_fit_for_everyone(reader: Reader) -> None:
    reader.check_page("/estilo/")


def test_reader_notices_a_missing_page(reader: Reader) -> None:
    with pytest.raises(AssertionError, match="404"):
        reader.check_page("/no-existe/")


def test_slash_goes_to_the_search_box(reader: Reader) -> None:
    page = reader.browser.new_page()
    page.goto(f"{reader.site}/estilo/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "buscar"
    page.keyboard.type("a/b")
    assert page.input_value("#buscar") == "a/b"
    page.close()


def test_shortcut_can_be_turned_off(reader: Reader) -> None:
    page = reader.browser.new_page()
    page.goto(f"{reader.site}/estilo/?atajos=no")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "buscar"
    page.close()


def test_first_tab_leads_past_the_header(reader: Reader) -> None:
    page = reader.browser.new_page()
    page.goto(f"{reader.site}/estilo/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ir al contenido"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"
    page.close()
