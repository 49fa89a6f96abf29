"""The state's capital goes from nothing to a secretariat in session with its first approved minutes, on phones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import expect

from tequio.accounts.enums import OrganizationKind, RoleKind
from tequio.accounts.models import Jurisdiction, Organization, Post
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import PhaseState
from tequio.kernel.packs import load_pack
from tests.cast import NOW, account, again
from tests.house.source import ROOT
from tests.journeys.installing import Journey, follow, with_address
from tests.journeys.test_sessions import press

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.req("EX-01", "EX-02", "EX-03", "EX-05", "EX-06", "EX-08", "SI-03"),
]
CAPITAL = "15106"
MOST_PAGES = 105
"""That the liaison opens on the whole way, each tap one; more would be a way that grew."""
GROUPS = {
    "vecinas@example.org": "Vecinas por el agua",
    "jovenes@example.org": "Jóvenes del barrio",
    "ciclistas@example.org": "Ciclistas del valle",
}
OFFICE = ("oficina@example.org", "Oficina de transparencia")
STAFF = "Persona del garante"
ELECTED = "Rosa Vecina"
SEATED = (STAFF, "Persona de la oficina", ELECTED)


@pytest.fixture
def staff(operator: User) -> User:
    """Who works in the guarantor of the real pack."""
    load_pack(ROOT / "packs" / "edomex", by=None, at=datetime(2026, 1, 15, 18, tzinfo=UTC))
    town = Jurisdiction.objects.get(code=CAPITAL)
    guarantor = Organization.objects.get(kind=OrganizationKind.GUARANTOR, jurisdiction=town.parent)
    person = with_address(account("garante"))
    grant_role(person, Post(RoleKind.GUARANTOR_STAFF, guarantor), by=again(operator), at=NOW)
    return again(person)


@pytest.fixture
def town_liaison(staff: User) -> User:
    """The liaison of the state's capital."""
    person = account("enlace")
    post = Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=Jurisdiction.objects.get(code=CAPITAL))
    grant_role(person, post, by=staff, at=NOW)
    return again(person)


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
def test_from_nothing_to_approved_minutes(
    reader: Reader, staff: User, town_liaison: User, tmp_path: Path, *, scripts: bool
) -> None:
    cache.clear()
    way = Journey(reader, Jurisdiction.objects.get(code=CAPITAL), town_liaison, scripts)
    way.goes_on_elsewhere(0)
    way.opens_the_exercise()
    way.goes_on_elsewhere(1)
    way.signs_the_declaration(tmp_path)
    way.goes_on_elsewhere(2)
    way.publishes_the_call()
    way.goes_on_elsewhere(3)
    groups = [way.registers(mail, name, "civil_society") for mail, name in GROUPS.items()]
    office = way.registers(*OFFICE, "public_bodies")
    way.accepts(*GROUPS.values(), OFFICE[1])
    way.elects(ELECTED, *groups)
    way.goes_on_elsewhere(4)
    seats = integrated(way, staff, office, groups[0])
    installed(way, seats)
    way.goes_on_elsewhere(7)
    expect(way.page.get_by_text("Ya está todo")).to_be_visible()
    approved(way, seats)
    assert way.opened <= MOST_PAGES
    phases_done(way, way.phone(staff))
    assert [fault for fault in reader.faults if "409" not in fault] == []


def integrated(way: Journey, staff: User, office: Page, elected: Page) -> list[Page]:
    """Make the secretariat, seat its three, and write its rules and agenda from their models."""
    page, phones = way.page, [way.phone(staff), office, elected]
    way.do_step("Instalar el secretariado")
    follow(page, "Integrar un órgano")
    press(page, "Integrar")
    mails = (staff.email, OFFICE[0], next(iter(GROUPS)))
    for sector, name, mail in zip(("Órgano garante", "Entes públicos", "Sociedad civil"), SEATED, mails, strict=True):
        way.fills(f"Titular · {sector}", name, mail)
    for phone, mail in zip(phones, mails, strict=True):
        way.takes_seat(phone, mail)
    follow(page, "Escribir el mecanismo")
    assert "Hay quórum cuando está presente más de la mitad" in page.get_by_label("Texto").input_value()
    press(page, "Guardar esta versión")
    follow(page, "Escribir la agenda anual")
    press(page, "Guardar la agenda")
    return phones


def installed(way: Journey, seats: list[Page]) -> None:
    """Hold the session of installation, which adopts the rules, the agenda and who facilitates."""
    page, live = way.page, way.session("installation")
    way.everybody_arrives(*SEATED)
    way.agrees(live, "Se aprueba el mecanismo de gobernanza.", "El mecanismo", *seats)
    way.agrees(live, "Se aprueba la agenda anual.", "La agenda anual", *seats)
    way.agrees(live, "Se elige a Luz Facilita para facilitar.", "", *seats)
    press(page, "Cerrar la sesión")
    way.goes_on_elsewhere(5)
    page = way.page
    page.goto(live)
    follow(page, "Decir quién facilita, si ya se eligió")
    follow(page, "Ocupar el asiento Facilitación, con voz y sin voto")
    page.get_by_label("Nombre", exact=True).fill("Luz Facilita")
    page.get_by_label("Por qué acto").fill("Acuerdo de la sesión de instalación")
    page.get_by_label("Acuerdo que la elige").select_option(index=3)
    press(page, "Guardar")


def approved(way: Journey, seats: list[Page]) -> None:
    """Hold an ordinary session that approves the minutes of the first; anybody reads them, also as PDF."""
    follow(way.page, "Convoca una sesión ordinaria")
    live = way.session("ordinary")
    way.everybody_arrives(*SEATED)
    way.agrees(live, "Se aprueba el acta de la sesión de instalación.", "El acta", *seats)
    press(way.page, "Cerrar la sesión")
    call_command("work", once=True)
    visitor = way.anybody()
    visitor.goto(f"{way.reader.site}/ejercicios/{way.exercise.slug}/sesiones/1/")
    expect(visitor.get_by_text("Acta aprobada")).to_be_visible()
    minutes = visitor.request.get(f"{visitor.url}acta.pdf")
    assert minutes.body().startswith(b"%PDF")


def phases_done(way: Journey, page: Page) -> None:
    """Give the first three phases of the guide as done, without the events that this town did not hold."""
    for waived in ("foro", "sensibilización", ""):
        page.goto(f"{way.reader.site}/ejercicios/{way.exercise.slug}/trabajo/")
        if waived:
            follow(page, "Dispensar algo que falta")
            page.get_by_label("Motivo").fill(f"El evento de {waived} se hizo antes.")
            press(page, "Dispensar")
        press(page, "Dar por hecha la fase")
    done = way.exercise.phases.standing().filter(state=PhaseState.DONE)
    assert list(done.values_list("order", flat=True)) == [1, 2, 3]
