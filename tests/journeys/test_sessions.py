"""A secretariat holds a session from phones, without scripts; anybody reads what it decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tequio.exercises.models import Exercise
from tequio.governance.enums import SessionKind
from tequio.governance.models import Agreement, Session
from tequio.governance.tests.bodies import secretariat
from tequio.governance.workflows import close_session, leave
from tests.cast import NOW, again
from tests.journeys.reader import PHONE, WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tequio.governance.tests.bodies import Secretariat
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("EX-05", "EX-08")]

HERE = "/ejercicios/niebla/"
PUBLIC = ("sesiones/", "sesiones/1/", "acuerdos/", "acuerdos/secretariado-2026-1/", "reglas/")


@pytest.fixture
def stm(exercise: Exercise, liaison: User) -> Secretariat:
    """A secretariat with everybody in their seats, in an exercise whose address is known."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    return secretariat(exercise, liaison)


def held(stm: Secretariat) -> Session:
    """Hold the session in which a titular leaves, the substitute takes over, quorum falls and nothing more passes."""
    session = stm.opened("guarantor", "civil_society", "civil_society-2")
    stm.adopt(session, "guarantor", "civil_society", text="Se instala el secretariado técnico municipal.")
    assert session.starts_at
    for minutes, name in ((20, "civil_society"), (40, "civil_society-2")):
        leave(session, stm.terms[name], by=again(stm.runner), at=session.starts_at + timedelta(minutes=minutes))
    stm.put(session, "Se aprueba la agenda anual de trabajo.")
    close_session(session, by=again(stm.runner), at=session.starts_at + timedelta(hours=1))
    Agreement.objects.update(year=2026)
    return session


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_anybody_reads_sessions_agreements_and_rules(reader: Reader, stm: Secretariat) -> None:
    for page in ("sesiones/", "acuerdos/", "reglas/"):
        reader.check_page(HERE + page)
    held(stm)
    for page in PUBLIC:
        reader.check_page(HERE + page)


def test_a_session_is_held_from_phones_without_scripts(reader: Reader, stm: Secretariat) -> None:
    session = stm.convene()
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now())
    runner, titular = inside(reader, stm.runner), inside(reader, stm.holder("guarantor"))
    live = f"{reader.site}{HERE}sesiones/1/en-vivo/"
    titular.goto(live)
    press(titular, "Sí asistiré")
    press(titular, "Llegó Persona guarantor")
    runner.goto(live)
    press(runner, "Abrir la sesión")
    expect(runner.get_by_text("Espera a que lleguen")).to_be_visible()
    press(runner, "Llegó Persona civil_society")
    press(runner, "Abrir la sesión")
    runner.get_by_label("Texto del acuerdo").fill("Se instala el secretariado.")
    press(runner, "Someter a decisión")
    titular.goto(live)
    press(titular, "A favor")
    substitute = inside(reader, stm.holder("civil_society"))
    substitute.goto(live)
    substitute.get_by_label("Razón").fill("Con presupuesto")
    press(substitute, "A favor, con reservas")
    runner.goto(live)
    press(runner, "Resolver")
    expect(runner.get_by_role("heading", name="Aprobado")).to_be_visible()
    press(titular, "Salió Persona guarantor")
    runner.get_by_label("Texto del acuerdo").fill("Se aprueba la agenda.")
    press(runner, "Someter a decisión")
    expect(runner.get_by_role("heading", name="Rechazado por falta de quórum")).to_be_visible()
    runner.get_by_label("Notas para el acta").fill("Se leyó el orden del día.")
    press(runner, "Guardar las notas")
    expect(runner.get_by_text("Guardado ")).to_be_visible()
    press(runner, "Cerrar la sesión")
    runner.get_by_role("link", name="Ver el proyecto de acta").click()
    runner.wait_for_url("**/acta/")
    assert "No hay quórum: 1 de 3 asientos con voto presentes; se piden 2." in runner.inner_text("main")
    assert [fault for fault in reader.faults if "409" not in fault] == []


def test_the_working_pages_have_no_barrier(reader: Reader, stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society", "civil_society-2", at=NOW, kind=SessionKind.INSTALLATION)
    stm.put(session, "Se instala el secretariado técnico municipal.")
    page = inside(reader, stm.runner, scripts=True)
    theirs = inside(reader, stm.holder("guarantor"), scripts=True)
    organs = "organos/secretariado/"
    for path in (
        *(
            "organos/",
            "organos/integrar/",
            f"{organs}convocar/",
            f"{organs}mecanismo/",
            f"{organs}agenda/",
            f"{organs}ampliar/",
        ),
        *(
            f"{organs}asientos/7/ocupar/",
            f"{organs}asientos/1/desocupar/",
            "sesiones/1/cambiar/",
            "sesiones/1/en-vivo/",
        ),
    ):
        page.goto(f"{reader.site}{HERE}{path}")
        page.set_viewport_size(PHONE)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
    theirs.goto(f"{reader.site}{HERE}sesiones/1/en-vivo/")
    reader.axe(theirs, "a seat's page", WCAG)
    reader.sizes(theirs)
    assert reader.faults == []


def test_notes_outlive_a_closed_browser(reader: Reader, stm: Secretariat) -> None:
    stm.opened("guarantor", "civil_society", "civil_society-2")
    live = f"{reader.site}{HERE}sesiones/1/en-vivo/"
    page = inside(reader, stm.runner, scripts=True)
    page.goto(live)
    notes = page.get_by_label("Notas para el acta")
    for text in ("Se leyó el orden del día.", "Se leyó el orden del día. Habló la sociedad civil."):
        notes.fill(text)
        with page.expect_response("**/en-vivo/") as answer:
            notes.blur()
        assert answer.value.status == 302
        expect(page.get_by_text("Guardado ")).to_be_visible()
    page.context.close()
    other = inside(reader, stm.runner)
    other.goto(live)
    expect(other.get_by_label("Notas para el acta")).to_have_value("Se leyó el orden del día. Habló la sociedad civil.")
    assert reader.faults == []
