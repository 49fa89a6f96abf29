"""A liaison plans and announces a forum, anybody registers on a phone without an account, and the door lets them in."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from PIL import Image
from playwright.sync_api import expect

from tequio.exercises.models import Attendee, Event, Exercise
from tequio.exercises.queries.events import invitation_of, token_of
from tequio.exercises.tests.happenings import END, START, announced, registered
from tequio.exercises.workflows import add_photo, cancel_event, check_in, publish_report
from tequio.kernel.models import OutboxMessage
from tests.cast import NOW, again
from tests.journeys.reader import WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("notices"), pytest.mark.req("EX-09", "SI-05")]
WORK = "/ejercicios/niebla/trabajo/eventos/"


@pytest.fixture
def forum(exercise: Exercise, liaison: User) -> Event:
    """A forum at an address that is written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    return announced(
        exercise,
        liaison,
        name="Foro",
        capacity=1,
        invitation="Para decidir juntas y juntos qué problemas atender primero.",
        arrival="A una cuadra del mercado, entrada por la calle Dos.",
        accessibility="Rampa en la entrada; baño adaptado en la planta baja.",
        programme="18:00 Bienvenida\n18:15 Preguntas\n19:30 Acuerdos",
    )


def fill_plan(page: Page) -> None:
    """Write an event as a liaison does."""
    page.get_by_label("Clase de evento").select_option("sensitisation")
    page.get_by_label("Nombre").fill("Sensibilización en el mercado")
    page.get_by_label("Empieza").fill(f"{START:%Y-%m-%d}T18:00")
    page.get_by_label("Termina").fill(f"{START:%Y-%m-%d}T20:00")
    page.get_by_label("Cómo se participa").select_option("in_person")
    page.get_by_label("Lugar", exact=True).fill("Mercado municipal")


def test_from_a_plan_to_the_door_without_scripts(reader: Reader, forum: Event, liaison: User) -> None:
    staff = inside(reader, liaison)
    staff.goto(reader.site + WORK)
    staff.get_by_role("link", name="Preparar un evento").click()
    fill_plan(staff)
    staff.get_by_role("button", name="Guardar").click()
    staff.wait_for_url("**/sensibilizacion-en-el-mercado/")
    staff.get_by_role("button", name="Anunciar").click()
    expect(staff.get_by_role("link", name="Abrir la entrada")).to_be_visible()
    visitor = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/eventos/")
    visitor.get_by_role("link", name="Sensibilización en el mercado").click()
    visitor.get_by_role("link", name="Registrarme").click()
    visitor.get_by_label("Correo electrónico").fill("ana@example.mx")
    visitor.get_by_label("Nombre (opcional)").fill("Ana")
    visitor.get_by_label("Ciudadanía").check()
    visitor.get_by_label("Subtítulos o texto de lo que se dice").check()
    visitor.get_by_label("Leí el aviso de privacidad").check()
    visitor.get_by_role("button", name="Registrarme").click()
    expect(visitor.get_by_role("heading", name="Revisa tu correo")).to_be_visible()
    found = re.search(r"/ejercicios/\S+/mi-registro/\S+", OutboxMessage.objects.get().body)
    assert found
    visitor.goto(reader.site + found[0])
    code = visitor.inner_text(".door-code")
    Event.objects.filter(slug__startswith="sensi").update(starts_at=NOW, ends_at=NOW + timedelta(hours=2))
    staff.get_by_role("link", name="Abrir la entrada").click()
    staff.get_by_label("Código, nombre o correo").fill(code)
    staff.get_by_role("button", name="Buscar a la persona").click()
    expect(staff.get_by_role("status")).to_contain_text("ADELANTE")
    staff.get_by_role("link", name="No se registró antes").click()
    staff.get_by_label("Sociedad civil").check()
    staff.get_by_role("button", name="Registrar y dejar pasar").click()
    expect(staff.get_by_text("Llegaron 2 de 2")).to_be_visible()
    assert reader.faults == []


def test_what_anybody_reads_of_events_has_no_barrier(
    reader: Reader, forum: Event, liaison: User, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    mine = registered(forum, "ana", AnonymousUser(), name="Ana")
    registered(forum, "beto", AnonymousUser())
    called_off = announced(forum.exercise, liaison, name="Taller")
    cancel_event(called_off, "La sala se inundó.", by=again(liaison), at=NOW)
    reader.check_page("/ejercicios/niebla/eventos/")
    reader.check_page("/ejercicios/niebla/eventos/foro/")
    reader.check_page("/ejercicios/niebla/eventos/taller/")
    reader.check_form("/ejercicios/niebla/eventos/foro/registro/")
    reader.check_form(f"/ejercicios/niebla/eventos/foro/mi-registro/{token_of(mine)}/")
    Attendee.objects.filter(pk=mine.pk).update(arrived_at=START)
    next_one = announced(forum.exercise, liaison, name="Foro que sigue", capacity=9)
    reader.check_form(f"/ejercicios/niebla/eventos/foro-que-sigue/invitacion/{invitation_of(next_one, mine)}/")
    Attendee.objects.filter(pk=mine.pk).update(arrived_at=None)
    missing = reader.browser.new_page()
    missing.goto(f"{reader.site}/ejercicios/niebla/eventos/foro/invitacion/nada/")
    expect(missing.get_by_role("heading", name="Esta liga no abre una invitación")).to_be_visible()
    missing.goto(f"{reader.site}/ejercicios/niebla/eventos/foro/mi-registro/nada/")
    expect(missing.get_by_role("heading", name="Esta liga ya no abre un registro")).to_be_visible()
    check_in(forum, mine.code, by=again(liaison), at=START)
    held = publish_report(forum, account="Se acordó el calendario.", by=again(liaison), at=END)
    for number in range(6):
        made = BytesIO()
        Image.effect_noise((1600, 1200), 20 + number).convert("RGB").save(made, "JPEG")
        add_photo(held, made.getvalue(), text="La sala llena", has_consent=True, by=again(liaison), at=END)
    reader.check_page("/ejercicios/niebla/eventos/foro/")


def test_the_work_pages_have_no_barrier(reader: Reader, forum: Event, liaison: User) -> None:
    mine = registered(forum, "ana", AnonymousUser(), name="Ana")
    page = inside(reader, liaison, scripts=True)
    pages = ("", "nuevo/", "foro/", "foro/editar/", "foro/cancelar/", "foro/relatoria/", "foro/fotos/",
             "foro/registros/", "foro/puerta/", "foro/puerta/sin-registro/", f"foro/puerta/{mine.code}/")  # fmt: skip
    for path in pages:
        page.goto(reader.site + WORK + path)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    assert reader.faults == []


def test_who_registered_gives_up_their_place_by_their_link(reader: Reader, forum: Event) -> None:
    mine = registered(forum, "ana", AnonymousUser())
    visitor = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/eventos/foro/mi-registro/{token_of(mine)}/")
    visitor.get_by_role("button", name="Cancelar mi registro").click()
    expect(visitor.get_by_role("heading", name="Cancelaste tu registro")).to_be_visible()
