"""From a closed table to a commitment of the plan: three offices judge it by a link, and then it is defined."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.cocreation.enums import Aspect
from tequio.cocreation.models import Table
from tequio.cocreation.queries.viability import token_of
from tequio.cocreation.tests.reviews import REASONS, asked, closed_table
from tequio.cocreation.workflows import give_verdict
from tequio.exercises.models import Event, Exercise
from tequio.kernel.clock import today
from tequio.kernel.models import OutboxMessage
from tests.cast import NOW
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("notices"), pytest.mark.req("CO-08", "SI-05")]
GONE = "/dictamen/nada/"


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """A table that closed with a commitment, at an address that is written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    made = closed_table(exercise, liaison)
    Event.objects.filter(pk=made.event_id).update(slug="mesa")
    return Table.objects.get(pk=made.pk)


@pytest.mark.parametrize("told", ["without scripts", "with scripts"])
def test_from_the_table_to_the_plan(reader: Reader, table: Table, liaison: User, told: str) -> None:
    scripts = told == "with scripts"
    staff = inside(reader, liaison, scripts=scripts)
    staff.goto(f"{reader.site}/mi-trabajo/")
    staff.get_by_role("link", name="Ver los dictámenes").click()
    for aspect in Aspect:
        staff.get_by_label(str(aspect.label)).check()
        staff.get_by_label("Quién revisa").fill(f"Dirección de {aspect.label.lower()}")
        staff.get_by_label("Correo al que llega la liga").fill(f"{aspect}@example.mx")
        staff.get_by_label("Se espera a más tardar").fill(f"{today() + timedelta(days=10)}")
        staff.get_by_role("button", name="Enviar la liga").click()
        expect(staff.get_by_role("heading", name=f"{aspect.label}: se espera")).to_be_visible()
    for aspect in Aspect:
        found = re.search(r"/dictamen/\S+", OutboxMessage.objects.get(recipient=f"{aspect}@example.mx").body)
        assert found
        office = reader.browser.new_context(java_script_enabled=scripts, locale="es-MX").new_page()
        office.goto(reader.site + found[0])
        office.get_by_label("Viable con cambios" if aspect == Aspect.TIME else "Viable", exact=True).check()
        office.get_by_label("Razones").fill(REASONS)
        office.get_by_role("button", name="Dar el dictamen").click()
        expect(office.get_by_text(re.compile("^Tu dictamen: viable"))).to_be_visible()
        office.context.close()
    staff.goto(f"{reader.site}/mi-trabajo/")
    staff.get_by_role("link", name="Definir").first.click()
    staff.get_by_label("Nos comprometemos a…").fill("Publicar cada semana cuánta basura se recoge.")
    staff.get_by_label("Institución responsable").select_option(index=1)
    staff.get_by_role("button", name="Definir el compromiso").click()
    expect(staff.get_by_text("Definido en el plan.")).to_be_visible()
    visitor = reader.browser.new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/mesas/mesa/")
    visitor.get_by_role("link", name="Lee en qué va y qué dijeron").click()
    expect(visitor.get_by_role("heading", name="Qué cambió desde el texto de la mesa")).to_be_visible()
    assert "example.mx" not in visitor.content()
    visitor.close()


def test_its_pages_have_no_barrier(reader: Reader, table: Table, liaison: User) -> None:
    reader.check_page("/ejercicios/niebla/compromisos-preliminares/")
    review = asked(table, Aspect.LEGAL, liaison)
    give_verdict(token_of(review), "not_viable", REASONS, at=NOW)
    give_verdict(token_of(review), "viable", f"{REASONS} Con el nuevo reglamento.", at=NOW)
    reader.check_page("/ejercicios/niebla/compromisos-preliminares/")
    reader.check_form(f"/dictamen/{token_of(review)}/")
    page = inside(reader, liaison, scripts=True)
    for path in ("mesas/mesa/viabilidad/", "compromisos/", "compromisos/mesa/definir/"):
        page.goto(f"{reader.site}/ejercicios/niebla/trabajo/{path}")
        reader.axe(page, path, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    assert reader.faults == []
    page.goto(reader.site + GONE)
    expect(page.get_by_role("heading", name="Esta liga ya no abre un dictamen")).to_be_visible()
