"""A call is prepared, answered, reviewed and read, on a phone and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from tequio.exercises.enums import CallKind
from tequio.exercises.models import Application, Exercise
from tequio.exercises.tests.answering import CANDIDATE, applied, drawing, published, upload
from tequio.exercises.workflows import accept_application, return_application
from tests.cast import NOW, account, again
from tests.journeys.reader import PHONE, WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("notices"), pytest.mark.req("EX-03", "SI-04")]
MAIL = "ana@example.org"
LOGO = {"name": "logo.png", "mimeType": "image/png", "buffer": drawing()}


@pytest.fixture
def town(exercise: Exercise) -> Exercise:
    """The exercise at an address that can be written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    return exercise


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()


def newest_code() -> str:
    found = re.search(r"^\S{6,}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[0]


@pytest.mark.req("EX-04")
def test_the_public_pages_are_fit_for_everyone(reader: Reader, town: Exercise, liaison: User) -> None:
    reader.check_page("/participa/")
    call = published(town, liaison)
    election = published(town, liaison, CallKind.FACILITATOR)
    group = applied(call, picture=upload(drawing()))
    candidate = applied(election, account("carla"), CANDIDATE, picture=upload(drawing()))
    for each in (group, candidate):
        accept_application(each, by=again(liaison), at=NOW)
    for path in (
        "/participa/",
        "/participa/niebla/participar/",
        "/participa/niebla/facilitar/",
        "/ejercicios/niebla/miembros/",
        "/ejercicios/niebla/",
    ):
        reader.check_page(path)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_call_from_its_draft_to_its_first_member(
    reader: Reader, town: Exercise, liaison: User, *, scripts: bool
) -> None:
    cache.clear()
    work = inside(reader, liaison, scripts=scripts)
    work.goto(f"{reader.site}/ejercicios/niebla/convocatorias/")
    follow(work, "Participar en el ejercicio")
    work.get_by_label("Abre", exact=True).fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    press(work, "Guardar el borrador")
    work.wait_for_url("**/convocatorias/participar/")
    follow(work, "Ver como se publicará")
    work.wait_for_url("**/publicar/")
    press(work, "Publicar la convocatoria")
    work.wait_for_url("**/convocatorias/participar/")
    assert "Todavía no llega ninguna solicitud" in work.inner_text("main")

    theirs = reader.browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale="es-MX").new_page()
    reader.listen(theirs)
    theirs.goto(f"{reader.site}/participa/")
    theirs.get_by_role("link", name=re.compile("Convocatoria para participar")).click()
    theirs.wait_for_url("**/participa/niebla/participar/")
    follow(theirs, "Inscribirme")
    theirs.wait_for_url("**/entrar/**")
    theirs.get_by_role("link", name="No tengo cuenta").click()
    theirs.get_by_label("Correo electrónico").fill(MAIL)
    press(theirs, "Enviar el código")
    theirs.wait_for_url("**/abrir-cuenta/codigo/**")
    theirs.get_by_label("Código", exact=True).fill(newest_code())
    press(theirs, "Comprobar")
    theirs.wait_for_url("**/inscripcion/")
    theirs.get_by_label("¿A quién representas?").select_option("civil_society")
    theirs.get_by_label("Nombre de la organización o del ente público").fill("Red de Niebla")
    theirs.get_by_label("Tu nombre").fill("Ana Ruiz")
    theirs.get_by_label("Logotipo").set_input_files(LOGO)
    theirs.get_by_label("Leí el aviso de privacidad").check()
    press(theirs, "Enviar mi solicitud")
    theirs.wait_for_url("**/solicitud/")
    assert "Recibida" in theirs.inner_text("main")

    work.reload()
    follow(work, "Red de Niebla")
    work.wait_for_url("**/solicitudes/**")
    work.get_by_label("Decisión").select_option("accepted")
    press(work, "Enviar la decisión")
    work.wait_for_url("**/convocatorias/participar/")
    assert "Ninguna por revisar" in work.inner_text("main")
    theirs.reload()
    follow(theirs, "lista de miembros inscritos")
    theirs.wait_for_url("**/miembros/")
    expect(theirs.get_by_text("Red de Niebla")).to_be_visible()
    assert "Ana Ruiz" not in theirs.content()
    assert reader.faults == []


def test_who_must_mend_and_who_withdraws(reader: Reader, town: Exercise, liaison: User) -> None:
    person, call = account("ana"), published(town, liaison)
    application = applied(call, person)
    return_application(application, reason="Escribe el nombre completo.", mend_by=call.closes_at, by=liaison, at=NOW)
    page = inside(reader, person)
    page.goto(f"{reader.site}/participa/niebla/participar/solicitud/")
    assert "Escribe el nombre completo." in page.inner_text("main")
    follow(page, "Corregir")
    page.get_by_label("Nombre de la organización o del ente público").fill("Red de Niebla Alta")
    page.get_by_label("Leí el aviso de privacidad").check()
    press(page, "Enviar la corrección")
    page.wait_for_url("**/solicitud/")
    assert Application.objects.get().name == "Red de Niebla Alta"
    follow(page, "Retirar la solicitud")
    press(page, "Retirar la solicitud")
    page.wait_for_url("**/solicitud/")
    assert "borramos lo que escribiste" in page.inner_text("main")
    assert reader.faults == []


def test_the_working_pages_have_no_barrier(reader: Reader, town: Exercise, liaison: User) -> None:
    call = published(town, liaison)
    person = account("ana")
    folio = applied(call, person, picture=upload(drawing())).folio
    base = f"{reader.site}/ejercicios/niebla/convocatorias/"
    page = inside(reader, liaison, scripts=True)
    for path in (
        *("", "nueva/ampliar/", "participar/", "participar/ampliar/", "participar/terminar/"),
        f"participar/solicitudes/{folio}/",
    ):
        page.goto(base + path)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
        page.set_viewport_size(PHONE)
    page.get_by_label("Decisión").select_option("returned")
    press(page, "Enviar la decisión")
    expect(page.get_by_role("heading", name="No se pudo enviar")).to_be_visible()
    reader.axe(page, "no reason", WCAG)
    page.goto(f"{base}nueva/ampliar/")
    press(page, "Guardar el borrador")
    page.wait_for_url("**/convocatorias/ampliar/")
    for path in ("ampliar/", "ampliar/publicar/", "ampliar/borrar/"):
        page.goto(base + path)
        reader.axe(page, path, WCAG)
    theirs = inside(reader, person, scripts=True)
    for path in ("solicitud/", "inscripcion/", "solicitud/retirar/"):
        theirs.goto(f"{reader.site}/participa/niebla/participar/{path}")
        reader.axe(theirs, path, WCAG)
        reader.sizes(theirs)
        theirs.set_viewport_size(PHONE)
    assert reader.faults == []
