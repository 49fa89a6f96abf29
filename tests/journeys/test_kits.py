"""Before a table: its kit is read on a phone and on paper, and who prepares it writes who can answer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from playwright.sync_api import expect

from tequio.cocreation.enums import DocumentKind
from tequio.cocreation.models import Kit, Table
from tequio.cocreation.queries.kits import receipt_token
from tequio.cocreation.tests.kits import SAYS, paper, published, ready_table, saying, with_paper
from tequio.cocreation.workflows import InstitutionDetails, add_document, map_institution
from tequio.exercises.models import Exercise
from tequio.exercises.tests.happenings import registered
from tests.cast import NOW, again
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("DX-04", "CO-09", "CO-13")]
TABLE = "/ejercicios/niebla/mesas/mesa-de-residuos/"
WORK = "/ejercicios/niebla/trabajo/mesas/mesa-de-residuos/"


@pytest.fixture
def table(exercise: Exercise, liaison: User, settings: SettingsWrapper, tmp_path: Path) -> Table:
    """A late kit with a presentation, ready to be published, at an address that is written here."""
    settings.MEDIA_ROOT = tmp_path
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    made = ready_table(exercise, liaison, days=10)
    add_document(made, saying(DocumentKind.TOPIC_TALK, **SAYS), paper(), by=again(liaison), at=NOW)
    add_document(made, saying(title="En otro sitio", url="https://example.mx/a"), by=again(liaison), at=NOW)
    return made


def test_what_anybody_reads_of_a_kit_has_no_barrier(reader: Reader, table: Table, liaison: User) -> None:
    reader.browser.new_page().goto(f"{reader.site}{TABLE}")
    reader.check_page("/ejercicios/niebla/mesas/mesa-de-residuos/kit/")
    published(table, liaison)
    with_paper(table, liaison, title="Otro")
    published(table, liaison, note="Se agrega un estudio.")
    ana = registered(table.event, "ana", AnonymousUser())
    reader.check_page("/ejercicios/niebla/mesas/mesa-de-residuos/kit/")
    reader.check_form("/ejercicios/niebla/mesas/mesa-de-residuos/kit/opinion/")
    reader.check_form(f"/ejercicios/niebla/mesas/mesa-de-residuos/kit/recibido/{receipt_token(ana)}/")
    visitor = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/mesas/mesa-de-residuos/kit/recibido/{receipt_token(ana)}/")
    visitor.get_by_role("button", name="Ya lo recibí").click()
    expect(visitor.get_by_role("heading", name="Gracias, ya lo contamos")).to_be_visible()
    visitor.get_by_role("link", name="Decir qué te pareció").click()
    visitor.get_by_label("Tu opinión del kit").fill("Falta un mapa.")
    visitor.get_by_role("button", name="Enviar").click()
    expect(visitor.get_by_role("heading", name="Gracias por tu opinión")).to_be_visible()
    kit = Kit.objects.get()
    assert (kit.received, kit.feedback) == (1, ["Falta un mapa."])
    missing = reader.browser.new_page()
    missing.goto(f"{reader.site}/ejercicios/niebla/mesas/mesa-de-residuos/kit/recibido/nada/")
    expect(missing.get_by_role("heading", name="Esta liga ya no cuenta")).to_be_visible()


def test_a_kit_is_published_and_a_map_kept_without_scripts(reader: Reader, table: Table, liaison: User) -> None:
    staff = inside(reader, liaison)
    staff.goto(f"{reader.site}{WORK}kit/")
    staff.get_by_role("link", name="Ver el mapa de instituciones").click()
    staff.get_by_label("O su nombre").fill("Dirección de Limpia")
    staff.get_by_label("Qué puede decidir o hacer").fill("Fija las rutas")
    staff.get_by_role("button", name="Agregar al mapa").click()
    staff.get_by_role("link", name="Registrar un acercamiento").click()
    staff.get_by_label("Cómo fue").select_option("informal")
    staff.get_by_label("Qué se dijo").fill("Llamada a su recepción")
    staff.get_by_label("Qué respondió").select_option("will_not")
    staff.get_by_role("button", name="Registrar").click()
    expect(staff.get_by_text("dijo que no asistirá")).to_be_visible()
    staff.goto(f"{reader.site}{WORK}kit/")
    staff.get_by_role("button", name="Subir").click()
    staff.get_by_role("button", name="Publicar el kit").click()
    staff.get_by_role("link", name="Ver la página pública").click()
    expect(staff.get_by_text("Se publicó tarde")).to_be_visible()
    expect(staff.get_by_role("heading", level=3).last).to_have_text("Estudio de residuos")


def test_the_work_pages_have_no_barrier(reader: Reader, table: Table, liaison: User) -> None:
    document = with_paper(table, liaison)
    details = InstitutionDetails(name="Limpia", faculty="Rutas", post="Dirección")
    one = map_institution(table, details, by=again(liaison), at=NOW)
    page = inside(reader, liaison, scripts=True)
    paths = ("kit/", "kit/textos/", "kit/documentos/nuevo/", f"kit/documentos/{document.pk}/", "instituciones/",
             f"instituciones/{one.pk}/", f"instituciones/{one.pk}/acercamiento/")  # fmt: skip
    for path in paths:
        page.goto(reader.site + WORK + path)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    assert reader.faults == []
