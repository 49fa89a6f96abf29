"""A person opens an account, enters again from a shared computer and leaves, on a phone, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from tests.journeys.reader import PHONE, WCAG

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-03", "SI-04")]

MAIL = "ana@example.org"


def newest_code() -> str:
    found = re.search(r"^\S{6,}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[0]


def send(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_account_is_opened_and_entered_again(reader: Reader, *, scripts: bool) -> None:
    cache.clear()
    context = reader.browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale="es-MX")
    page = context.new_page()
    reader.listen(page)
    page.goto(reader.site)
    page.get_by_role("link", name="Entrar", exact=True).first.click()
    page.get_by_role("link", name="No tengo cuenta").click()
    page.get_by_label("Correo electrónico").fill(MAIL)
    send(page, "Enviar el código")
    page.wait_for_url("**/abrir-cuenta/codigo/")
    page.get_by_label("Código", exact=True).fill(newest_code())
    send(page, "Comprobar")
    page.wait_for_url("**/mi-trabajo/")
    page.get_by_role("link", name="Tu cuenta").click()
    page.wait_for_url("**/cuenta/")
    assert MAIL in page.inner_text("main")
    send(page, "Salir")
    page.wait_for_url(f"{reader.site}/")
    page.goto(f"{reader.site}/entrar/")
    page.get_by_label("Correo electrónico").fill(MAIL)
    send(page, "Enviar el código")
    page.wait_for_url("**/entrar/codigo/")
    page.get_by_label("Código", exact=True).fill(newest_code())
    page.get_by_label("Es un equipo compartido").check()
    send(page, "Entrar")
    page.wait_for_url("**/mi-trabajo/")
    assert "Equipo compartido" in page.inner_text("main")
    context.close()
    assert reader.faults == []


def test_the_pages_of_the_door_are_fit_for_everyone(reader: Reader) -> None:
    for path in ("/entrar/", "/entrar/contrasena/", "/abrir-cuenta/", "/entrar/suspendida/"):
        reader.check_form(path)


def test_whoever_asked_for_no_code_is_led_to_the_door(reader: Reader) -> None:
    page = reader.browser.new_page()
    for path in ("/entrar/codigo/", "/entrar/segundo-paso/", "/abrir-cuenta/codigo/"):
        page.goto(reader.site + path)
        assert page.url == f"{reader.site}/entrar/"
    reserved = "/reservado/"
    page.goto(f"{reader.site}{reserved}?next=/documentos/1/acta.pdf")
    assert page.url == f"{reader.site}/entrar/?next=/documentos/1/acta.pdf"
    page.goto(f"{reader.site}/cuenta/")
    assert page.url == f"{reader.site}/entrar/?next=/cuenta/"
    leaving = "/salir/"
    page.goto(reader.site + leaving)
    assert page.url == f"{reader.site}/"
    page.close()


def test_the_pages_of_an_account_have_no_barrier(reader: Reader) -> None:
    cache.clear()
    page = reader.browser.new_page(viewport=PHONE, locale="es-MX", reduced_motion="reduce")
    page.goto(f"{reader.site}/abrir-cuenta/")
    page.get_by_label("Correo electrónico").fill(MAIL)
    send(page, "Enviar el código")
    page.wait_for_url("**/abrir-cuenta/codigo/")
    reader.axe(page, "code", WCAG)
    page.get_by_label("Código", exact=True).fill("XXXXXX")
    send(page, "Comprobar")
    expect(page.get_by_role("heading", name="No se pudo enviar")).to_be_visible()
    reader.axe(page, "wrong code", WCAG)
    page.get_by_label("Código", exact=True).fill(newest_code())
    send(page, "Comprobar")
    page.wait_for_url("**/mi-trabajo/")
    page.goto(f"{reader.site}/cuenta/")
    reader.axe(page, "account", WCAG)
    page.get_by_role("link", name="Activar el segundo paso").click()
    page.wait_for_url("**/cuenta/segundo-paso/")
    reader.axe(page, "ways to a second step", WCAG)
    page.get_by_role("link", name="Activar con una aplicación").click()
    page.wait_for_url("**/cuenta/confirmar/**")
    reader.axe(page, "proof", WCAG)
    send(page, "Enviar el código")
    page.get_by_label("Código", exact=True).fill(newest_code())
    send(page, "Continuar")
    page.wait_for_url("**/cuenta/segundo-paso/aplicacion/")
    reader.axe(page, "second step", WCAG)
    reader.sizes(page)
    page.goto(f"{reader.site}/cuenta/correo/")
    reader.axe(page, "mail", WCAG)
    page.close()
    assert reader.faults == []
