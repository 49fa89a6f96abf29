"""A liaison asks for help and the guarantor's staff find them first in the list, on a phone and without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tequio.exercises.enums import ContactKind
from tequio.exercises.workflows import Told, log_contact
from tequio.kernel.clock import day_of
from tests.cast import NOW
from tests.journeys.reader import PHONE, WCAG

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-10", "EX-14", "SI-03")]


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


def test_help_is_asked_and_answered(
    reader: Reader, guarantor_staff: User, liaison: User, land: Land, exercise: Exercise
) -> None:
    theirs, staff = inside(reader, liaison), inside(reader, guarantor_staff)
    theirs.goto(f"{reader.site}/cuenta/")
    theirs.get_by_role("link", name="Acompañamiento de tu municipio").click()
    theirs.get_by_role("link", name="Pedir ayuda").click()
    theirs.get_by_label("¿En qué necesitas ayuda?").fill("No sabemos quién firma la declaración.")
    theirs.get_by_role("button", name="Pedir ayuda").click()
    expect(theirs.get_by_role("button", name="Retirar la petición")).to_be_visible()
    staff.goto(f"{reader.site}/cuenta/")
    staff.get_by_role("link", name="Municipios: en qué van y a quién llamar").click()
    expect(staff.get_by_text("1 de 2 municipios espera una llamada")).to_be_visible()
    staff.get_by_role("link", name=f"Registrar un contacto con {land.town}").click()
    staff.get_by_label("Tipo de contacto").select_option("advice")
    staff.get_by_label("Con qué cargo").fill("Secretaría del Ayuntamiento")
    staff.get_by_label("Qué se trató y acordó").fill("Firma una organización del municipio.")
    staff.get_by_label("Con este contacto queda atendida").check()
    staff.get_by_role("button", name="Registrar el contacto").click()
    staff.wait_for_url(f"**/garante/municipios/{land.town.slug}/")
    theirs.reload()
    expect(theirs.get_by_text("Firma una organización del municipio.")).to_be_visible()
    expect(theirs.get_by_role("link", name="Pedir ayuda")).to_be_visible()
    staff.goto(f"{reader.site}/garante/")
    expect(staff.get_by_text("Hoy no hay a quién llamar.")).to_be_visible()
    assert reader.faults == []


def test_the_pages_of_accompaniment_have_no_barrier(
    reader: Reader, guarantor_staff: User, liaison: User, land: Land, exercise: Exercise
) -> None:
    today = day_of(NOW)
    told = Told(
        kind=ContactKind.VISIT,
        held_on=today - timedelta(days=9),
        with_whom="Titular de la Unidad de Transparencia, Ayuntamiento",
        agreed="Se revisó el modelo de declaración conjunta.",
        next_step="Enviar el modelo de convocatoria",
        next_step_on=today - timedelta(days=2),
    )
    contact = log_contact(land.town, told, by=guarantor_staff, at=NOW)
    place = f"/garante/municipios/{land.town.slug}/"
    seen = {
        guarantor_staff: (
            *("/garante/", "/garante/?q=nada", f"/garante/regla/{land.state.slug}/", place),
            f"/garante/reparto/{land.state.slug}/",
            *(f"{place}contactos/nuevo/", f"{place}contactos/{contact.pk}/resultado/", f"{place}acompanante/"),
        ),
        liaison: (place, f"{place}ayuda/"),
    }
    for person, paths in seen.items():
        page = inside(reader, person, scripts=True)
        for path in paths:
            page.set_viewport_size(PHONE)
            page.goto(reader.site + path)
            reader.axe(page, path, WCAG)
            reader.sizes(page)
    assert reader.faults == []
