"""From entering to the form of a duty in two taps, on a phone and without scripts; and the calendar that goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.kernel.tests.mailserver import Post, mail_server
from tests.cast import account
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-03", "SI-05")]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_person_sees_what_to_do_and_goes_there(reader: Reader, operator: User, *, scripts: bool) -> None:
    page = inside(reader, operator, scripts=scripts)
    page.goto(f"{reader.site}/municipios/")
    page.get_by_role("link", name="Entrar", exact=True).click()
    page.wait_for_url("**/mi-trabajo/")
    expect(page.get_by_role("heading", name="Confirma tu correo")).to_be_visible()
    page.get_by_role("link", name="Confirmar el correo").click()
    page.wait_for_url("**/cuenta/**")
    assert reader.faults == []


def test_the_pages_of_work_have_no_barrier(reader: Reader, operator: User) -> None:
    page = inside(reader, operator, scripts=True)
    page.goto(f"{reader.site}/mi-trabajo/")
    reader.axe(page, "work", WCAG)
    reader.sizes(page)
    empty = inside(reader, account("ana"), scripts=True)
    empty.goto(f"{reader.site}/mi-trabajo/")
    expect(empty.get_by_text("No tienes pendientes.")).to_be_visible()
    reader.axe(empty, "no work", WCAG)
    empty.get_by_role("link", name="Tener estos plazos en tu calendario").click()
    empty.wait_for_url("**/mi-trabajo/calendario/")
    reader.axe(empty, "no calendar", WCAG)
    empty.get_by_role("button", name="Hacer mi dirección secreta").click()
    expect(empty.get_by_text("No la volveremos a mostrar")).to_be_visible()
    reader.axe(empty, "calendar", WCAG)
    reader.sizes(empty)
    address = empty.get_by_label("O cópiala").input_value()
    answer = empty.request.get(reader.site + address.removeprefix("http://localhost:8000"))
    assert answer.text().startswith("BEGIN:VCALENDAR")
    assert reader.faults == []


def test_an_operator_tries_the_mail(reader: Reader, operator: User, settings: SettingsWrapper) -> None:
    page = inside(reader, operator, scripts=True)
    page.goto(f"{reader.site}/cuenta/")
    page.get_by_role("link", name="Probar el correo").click()
    page.wait_for_url("**/garante/correo/")
    reader.axe(page, "mail", WCAG)
    page.get_by_role("button", name="Enviarme una prueba").click()
    expect(page.get_by_text("El mensaje espera en la bandeja de salida")).to_be_visible()
    reader.axe(page, "mail tried", WCAG)
    with mail_server(Post()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        page.get_by_role("button", name="Enviarme una prueba").click()
        expect(page.get_by_role("heading", name="El servidor recibió el mensaje")).to_be_visible()
    reader.axe(page, "dialogue", WCAG)
    reader.sizes(page)
    assert reader.faults == []
