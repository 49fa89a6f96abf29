"""Whoever wonders what is kept of them reads it, asks for it and takes it back, on a phone and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tequio.accounts.enums import RightKind
from tequio.accounts.models import User
from tequio.accounts.tests.test_people_pages import with_mail
from tequio.accounts.workflows import Requester, Wish, ask_rights, prove_request, write_letter
from tequio.kernel.models import OutboxMessage
from tests.cast import NOW, again
from tests.journeys.reader import PHONE, WCAG
from tests.journeys.test_entrance import newest_code
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-03", "SI-04")]

MAIL = "ana@example.mx"
FORM = "/datos-personales/solicitud/"


def link_in(key: str) -> str:
    found = re.search(r"/datos-personales/solicitud/\S+", OutboxMessage.objects.get(key__startswith=key).body)
    assert found
    return found[0]


def test_the_pages_about_personal_data_are_fit_for_everyone(reader: Reader, notices: None, land: Land) -> None:
    for path in ("/privacidad/", "/privacidad/cuenta/", "/privacidad/cuenta/1/", "/datos-personales/"):
        reader.check_page(path)
    reader.check_page("/cuenta-borrada/")
    for path in ("/datos-personales/solicitud/", "/datos-personales/solicitud/enviada/arco-2345/"):
        reader.check_form(path)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_person_without_an_account_asks_and_is_answered(
    reader: Reader, guarantor_staff: User, notices: None, land: Land, *, scripts: bool
) -> None:
    context = reader.browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale="es-MX")
    page = context.new_page()
    reader.listen(page)
    page.goto(f"{reader.site}/privacidad/")
    page.get_by_role("link", name="Ejercer tus derechos sin tener cuenta").click()
    page.wait_for_url(f"**{FORM}")
    page.get_by_label("Qué quieres").select_option("cancellation")
    page.get_by_label("Cuéntanos qué pides").fill("Borren mi nombre de la lista del foro.")
    page.get_by_role("button", name="Enviar la solicitud").click()
    expect(page.get_by_text("Escribe tu correo, o elige confirmar en persona.").first).to_be_visible()
    page.get_by_label("Tu correo").fill(MAIL)
    page.get_by_role("button", name="Enviar la solicitud").click()
    page.wait_for_url("**/enviada/**")
    page.goto(reader.site + link_in("rights_to_prove"))
    page.get_by_role("button", name="Confirmar que es mía").click()
    expect(page.get_by_text("En trámite")).to_be_visible()
    staff = inside(reader, guarantor_staff, scripts=scripts)
    staff.goto(f"{reader.site}/cuenta/")
    staff.get_by_role("link", name="Solicitudes sobre datos personales").click()
    staff.get_by_role("link", name=re.compile("ARCO-")).click()
    staff.get_by_label("Resultado").select_option("granted")
    staff.get_by_label("Respuesta y razones").fill("Ya no aparece tu nombre.")
    staff.get_by_role("button", name="Enviar la respuesta").click()
    expect(staff.get_by_text("Respondida: Procede")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Ya no aparece tu nombre.")).to_be_visible()
    context.close()
    assert reader.faults == []


@pytest.mark.req("SI-07")
def test_somebody_writes_and_reads_the_answer(reader: Reader, liaison: User, notices: None, land: Land) -> None:
    for path in ("/escribe/", "/escribe/respuestas/"):
        (reader.check_form if path == "/escribe/" else reader.check_page)(path)
    context = reader.browser.new_context(viewport=PHONE, java_script_enabled=False, locale="es-MX")
    page = context.new_page()
    reader.listen(page)
    page.goto(f"{reader.site}/escribe/")
    page.get_by_label("A quién le escribes").select_option(land.town.slug)
    page.get_by_label("Tu mensaje").fill("¿Cuándo es la próxima sesión?")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Guarda esta dirección")).to_be_visible()
    staff = inside(reader, liaison)
    staff.goto(f"{reader.site}/cuenta/")
    staff.get_by_role("link", name="Correspondencia").click()
    staff.get_by_role("link", name=re.compile("CARTA-")).click()
    staff.get_by_label("Respuesta").fill("El martes 12, a las 18:00 h.")
    staff.get_by_role("button", name="Enviar la respuesta").click()
    staff.get_by_label("La pregunta, con otras palabras").fill("¿Cuándo es la sesión?")
    staff.get_by_role("button", name="Publicar la respuesta").click()
    staff.get_by_role("link", name="Ver la respuesta publicada").click()
    staff.wait_for_url("**/escribe/respuestas/**")
    page.reload()
    expect(page.get_by_text("El martes 12")).to_be_visible()
    context.close()
    unknown = "/escribe/nada/"
    staff.goto(reader.site + unknown)
    assert [fault for fault in reader.faults if "404" not in fault] == []


def test_an_account_is_erased_by_its_person(reader: Reader, liaison: User, notices: None) -> None:
    cache.clear()
    page = inside(reader, with_mail(again(liaison)))
    page.goto(f"{reader.site}/cuenta/")
    page.get_by_role("link", name="Ver, descargar o borrar mis datos").click()
    expect(page.get_by_text("Enlace municipal: Niebla 1")).to_be_visible()
    page.get_by_role("link", name="Borrar mi cuenta").click()
    page.wait_for_url("**/cuenta/confirmar/**")
    page.get_by_role("button", name="Enviar el código").click()
    page.get_by_label("Código", exact=True).fill(newest_code())
    page.get_by_role("button", name="Continuar").click()
    page.wait_for_url("**/mis-datos/borrar/")
    page.get_by_label("Sí, quiero borrar mi cuenta").check()
    page.get_by_role("button", name="Borrar mi cuenta").click()
    page.wait_for_url("**/cuenta-borrada/")
    page.goto(f"{reader.site}/cuenta/")
    assert "/entrar/" in page.url
    assert not User.objects.get(pk=liaison.pk).is_active
    assert reader.faults == []


def test_the_pages_behind_the_door_have_no_barrier(
    reader: Reader, guarantor_staff: User, liaison: User, notices: None, land: Land
) -> None:
    wish = Wish(RightKind.ACCESS, "Quiero saber qué guardan de mí.", land.guarantor, MAIL)
    asked = ask_rights(wish, by=liaison, at=NOW)
    page = inside(reader, liaison, scripts=True)
    page.goto(f"{reader.site}/cuenta/mis-datos/")
    reader.axe(page, "your data", WCAG)
    reader.sizes(page)
    page.goto(f"{reader.site}{FORM}{asked.token}/")
    reader.axe(page, "to prove", WCAG)
    prove_request(asked.request, by=Requester(asked.token), at=NOW)
    staff = inside(reader, guarantor_staff, scripts=True)
    letter = write_letter("¿Cuándo es la sesión?", land.town, at=NOW).letter
    for path in (
        "/garante/datos-personales/",
        f"/garante/datos-personales/{asked.request.folio}/",
        "/garante/avisos/",
        "/garante/avisos/cuenta/",
        "/correspondencia/",
        f"/correspondencia/{letter.folio}/",
    ):
        staff.goto(reader.site + path)
        reader.axe(staff, path, WCAG)
        reader.sizes(staff)
    unknown = "/datos-personales/solicitud/nada/"
    staff.goto(reader.site + unknown)
    reader.axe(staff, "no request", WCAG)
    assert [fault for fault in reader.faults if "404" not in fault] == []
