"""A person chooses how often to be told, and stops a topic from a message, on a phone and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.accounts.notices import way_out
from tests.cast import account
from tests.journeys.reader import PHONE, WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-03", "SI-05")]


def test_a_person_chooses_how_often(reader: Reader) -> None:
    ana = account("ana")
    page = inside(reader, ana)
    page.goto(f"{reader.site}/cuenta/")
    page.get_by_role("link", name="Elegir de qué te avisamos").click()
    page.wait_for_url("**/cuenta/avisos/")
    page.get_by_label("Tu resumen").select_option("weekly")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Así te avisaremos desde ahora.")).to_be_visible()
    assert ana.notice_preferences.get(topic="digest").pace == "weekly"
    with_scripts = inside(reader, ana, scripts=True)
    with_scripts.goto(f"{reader.site}/cuenta/avisos/")
    reader.axe(with_scripts, "notices", WCAG)
    reader.sizes(with_scripts)
    assert reader.faults == []


def test_a_topic_is_stopped_from_a_message_without_entering(reader: Reader) -> None:
    ana = account("ana")
    path = way_out(ana, "account").removeprefix("http://localhost:8000")
    reader.check_page(path)
    page = reader.browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(reader.site + path)
    page.get_by_role("button", name="Dejar de recibirlos").click()
    expect(page.get_by_role("heading", name="Listo: ya no te llegarán")).to_be_visible()
    assert ana.notice_preferences.get().topic == "account"
    broken = page.goto(f"{reader.site}/avisos/baja/nada/")
    assert broken
    assert broken.status == 404
    expect(page.get_by_role("heading", name="Esta liga no sirve")).to_be_visible()
