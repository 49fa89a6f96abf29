"""A member of staff makes a passkey, enters with it alone, and gives it again where a session has not shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from playwright.sync_api import expect

from tests.journeys.reader import PHONE, WCAG
from tests.journeys.test_entrance import newest_code, send

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-01", "SI-03", "SI-04")]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_key(page: Page) -> Page:
    """Give a browser a telephone that keeps passkeys and recognizes its person."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def test_a_passkey_is_made_and_enters_alone(reader: Reader, guarantor_staff: User) -> None:
    cache.clear()
    person = guarantor_staff
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    page = with_key(reader.browser.new_page(viewport=PHONE, locale="es-MX", reduced_motion="reduce"))
    reader.listen(page)
    page.goto(f"{reader.site}/entrar/?next=/personas/")
    page.get_by_label("Correo electrónico").fill(person.email)
    send(page, "Enviar el código")
    page.wait_for_url("**/entrar/codigo/**")
    page.get_by_label("Código", exact=True).fill(newest_code())
    send(page, "Entrar")
    page.wait_for_url("**/cuenta/segundo-paso/?next=/personas/")
    reader.axe(page, "why a second step", WCAG)
    page.get_by_role("link", name="Agregar una llave de acceso").click()
    page.wait_for_url("**/cuenta/confirmar/**")
    send(page, "Enviar el código")
    page.get_by_label("Código", exact=True).fill(newest_code())
    send(page, "Continuar")
    page.wait_for_url("**/llaves/nueva/**")
    reader.axe(page, "new key", WCAG)
    page.get_by_label("Nombre de la llave").fill("Mi teléfono")
    page.get_by_role("button", name="Crear la llave").click()
    page.wait_for_url("**/cuenta/codigos-de-respaldo/**")
    page.get_by_role("link", name="Ya los guardé").click()
    page.wait_for_url(f"{reader.site}/personas/")
    page.goto(f"{reader.site}/salir/")
    send(page, "Salir")
    page.wait_for_url(f"{reader.site}/")
    page.goto(f"{reader.site}/entrar/?next=/personas/")
    page.get_by_role("button", name="Entrar con mi llave de acceso").click()
    page.wait_for_url(f"{reader.site}/personas/")
    page.goto(f"{reader.site}/cuenta/segundo-paso/")
    reader.axe(page, "the keys", WCAG)
    reader.sizes(page)
    page.get_by_role("link", name="Quitar la llave Mi teléfono").click()
    page.wait_for_url("**/cuenta/confirmar/**")
    page.locator('a[href^="/cuenta/confirmar/llave/"]').click()
    page.wait_for_url("**/cuenta/confirmar/llave/**")
    reader.axe(page, "the key again", WCAG)
    page.get_by_role("button", name="Usar mi llave").click()
    page.wait_for_url("**/segundo-paso/llaves/**")
    reader.axe(page, "take the key off", WCAG)
    send(page, "Quitar la llave")
    page.wait_for_url(f"{reader.site}/cuenta/segundo-paso/")
    page.goto(f"{reader.site}/personas/")
    page.wait_for_url("**/cuenta/segundo-paso/?next=/personas/")
    page.close()
    assert reader.faults == []


def test_without_scripts_the_other_ways_are_there(reader: Reader, stranger: User) -> None:
    by_key = "/entrar/llave/"
    context = reader.browser.new_context(viewport=PHONE, java_script_enabled=False, locale="es-MX")
    page = context.new_page()
    page.goto(reader.site + by_key)
    page.wait_for_url("**/entrar/")
    expect(page.get_by_role("button", name="Enviar el código")).to_be_visible()
    expect(page.get_by_role("button", name="Entrar con mi llave de acceso")).to_be_hidden()
    context.close()
