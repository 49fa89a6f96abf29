"""An editor signs in, writes a page and publishes it; the desk keeps to its own content security policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from tequio.content.models import NewsIndexPage
from tequio.content.tests.desk import PHRASE, editor, front

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-01")]


@pytest.fixture
def desk(reader: Reader, settings: SettingsWrapper) -> Page:
    """A browser at the desk's door; what it complains of is kept in reader.faults."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # a draft kept while the editor publishes would race with the test's taps
    page = reader.browser.new_page(viewport={"width": 1280, "height": 900}, locale="es-MX")
    reader.listen(page)
    former_door = "/gestion/login/"
    page.goto(f"{reader.site}{former_door}")
    return page


def sign_in(page: Page, person: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    page.get_by_role("link", name="contraseña").click()
    page.wait_for_url("**/entrar/contrasena/**")
    page.get_by_label("Correo electrónico").fill("editora@example.mx")
    page.get_by_label("Contraseña", exact=True).fill(PHRASE)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url("**/entrar/segundo-paso/**")
    page.get_by_label("Código de tu aplicación").fill(
        f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
    )
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url("**/gestion/")


def test_editor_publishes_a_page(reader: Reader, desk: Page) -> None:
    sign_in(desk, editor())
    desk.goto(f"{reader.site}/gestion/pages/add/content/contentpage/{front().pk}/")
    desk.fill("[name=title]", "Dónde estamos")
    desk.fill("[name=lede]", "Nuestras oficinas y sus horarios.")
    desk.click("#panel-child-contenido-body-content .c-sf-add-button")
    desk.get_by_role("option", name="Texto").click()
    desk.locator(".public-DraftEditor-content").click()
    desk.keyboard.type("Abrimos de lunes a viernes.")
    # The editor hands what is typed to its hidden field a moment later.
    expect(desk.locator("input[name=body-0-value]")).to_have_value(re.compile("Abrimos"))
    desk.click("footer .w-dropdown__toggle")
    desk.click("button[name=action-publish]")
    desk.wait_for_url(f"**/gestion/pages/{front().pk}/")
    desk.close()
    assert reader.faults == []
    reader.check_page("/donde-estamos/")


def test_calendar_of_a_date_opens(reader: Reader, desk: Page) -> None:
    person = editor()
    index = front().add_child(instance=NewsIndexPage(title="Noticias", slug="noticias"))
    sign_in(desk, person)
    desk.goto(f"{reader.site}/gestion/pages/add/content/newspage/{index.pk}/")
    desk.click("[name=dated_on]")
    desk.wait_for_selector(".xdsoft_datetimepicker >> visible=true")
    desk.close()
    assert reader.faults == []
