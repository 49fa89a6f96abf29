"""The guarantor's staff invite a liaison, who accepts from the message, on a phone and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from playwright.sync_api import expect

from tequio.kernel.models import OutboxMessage
from tests.cast import account
from tests.journeys.reader import PHONE, WCAG

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-01", "SI-03")]


def inside(reader: Reader, person: User, *, scripts: bool = False) -> Page:
    """Open a browser in which a person has entered."""
    client = Client()
    client.force_login(person)
    context = reader.browser.new_context(
        viewport=PHONE, java_script_enabled=scripts, locale="es-MX", reduced_motion="reduce"
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": reader.site}])
    page = context.new_page()
    reader.listen(page)
    return page


def test_a_liaison_is_invited_and_accepts(reader: Reader, guarantor_staff: User, land: Land) -> None:
    page = inside(reader, guarantor_staff)
    page.goto(f"{reader.site}/cuenta/")
    page.get_by_role("link", name="Personas e invitaciones").click()
    page.get_by_label("Correo de la persona").fill("nueva@example.mx")
    page.get_by_label("Papel", exact=True).select_option(f"municipal_liaison:{land.town.code}")
    page.get_by_role("button", name="Enviar la invitación").click()
    expect(page.get_by_text("1 en espera")).to_be_visible()
    found = re.search(r"/invitacion/\S+", OutboxMessage.objects.get().body)
    assert found
    invited = account("nueva")
    EmailAddress.objects.create(user=invited, email=invited.email, verified=True, primary=True)
    theirs = inside(reader, invited)
    theirs.goto(reader.site + found[0])
    theirs.get_by_role("button", name="Aceptar").click()
    theirs.wait_for_url("**/cuenta/")
    assert land.town.name in theirs.inner_text("main")
    page.reload()
    page.get_by_role("link", name=f"Retirar el papel de {invited.email}").click()
    page.get_by_label("Motivo").fill("Cambió de puesto")
    page.get_by_role("button", name="Retirar el papel").click()
    page.wait_for_url("**/personas/")
    theirs.reload()
    assert "Todavía no tienes un papel" in theirs.inner_text("main")
    assert reader.faults == []


def test_the_pages_of_people_have_no_barrier(reader: Reader, guarantor_staff: User, liaison: User) -> None:
    page = inside(reader, guarantor_staff, scripts=True)
    page.goto(f"{reader.site}/personas/")
    reader.axe(page, "people", WCAG)
    reader.sizes(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Enviar la invitación").click()
    reader.axe(page, "nothing written", WCAG)
    page.get_by_role("link", name=f"Retirar el papel de {liaison.email}").click()
    page.wait_for_url("**/personas/papeles/**")
    reader.axe(page, "take back", WCAG)
    page.goto(f"{reader.site}/invitacion/nada/")
    reader.axe(page, "no invitation", WCAG)
    said = [fault for fault in reader.faults if "404" not in fault]
    assert said == []
