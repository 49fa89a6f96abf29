"""The pages where all rooms meet: the first one, places, agenda, search and short addresses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from icalendar import Calendar

from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Call, Exercise
from tequio.kernel.searchindex import rebuild
from tequio.site.queries.agenda import agenda
from tequio.site.queries.home import home

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 5, 10)


@pytest.mark.req("SI-01")
def test_the_first_page_says_that_nothing_is_open_and_what_can_be_done(first_pal_client: Client) -> None:
    text = first_pal_client.get("/").content.decode()
    assert "Hoy no hay consultas ni convocatorias abiertas" in text
    assert 'action="/municipios/"' in text
    assert "compromisos completos con evidencia validada" in text


def test_a_call_is_a_card_while_its_days_last(first_pal: None) -> None:
    exercise = Exercise.objects.get(slug="tonalli-2023-2025")
    days = {"starts_precision": "day", "ends_precision": "day", "starts_on": DAY, "ends_on": DAY}
    Call.objects.create(exercise=exercise, order=99, kind="widening", title="Opinar sobre el agua", **days)
    found = {day: [call.title for call in home(None, today=DAY + dt.timedelta(days=day)).calls] for day in (-1, 0, 1)}
    assert [("Opinar sobre el agua" in found[day]) for day in (-1, 0, 1)] == [False, True, False]


def test_the_first_page_of_an_empty_site_is_honest(first_pal_client: Client) -> None:
    Exercise.objects.update(state=ExerciseState.DRAFT)
    text = first_pal_client.get("/").content.decode()
    assert "Todavía no hay un plan publicado" in text
    assert "0 de 0" not in text


@pytest.mark.parametrize(("typed", "count"), [("Ñuhuatlán", 1), ("nuhuatlan", 1), ("GUIXCOYAN", 1), ("zzz", 0)])
def test_a_municipality_is_found_with_accents_or_without(first_pal_client: Client, typed: str, count: int) -> None:
    text = first_pal_client.get("/municipios/", {"q": typed}).content.decode()
    assert text.count('<th scope="row">') == count
    assert ("Ningún municipio se llama así" in text) == (count == 0)


def test_every_municipality_is_on_the_map_and_in_the_list(first_pal_client: Client) -> None:
    text = first_pal_client.get("/municipios/?estado=edomex").content.decode()
    assert text.count('<th scope="row">') == text.count("<rect") == 125


def test_a_place_tells_both_numbers_and_whose_count_of_people(first_pal_client: Client) -> None:
    text = first_pal_client.get("/municipios/nuhuatlan/").content.decode()
    assert "90002" in text
    assert "Número electoral" in text
    assert "Censo de Población y Vivienda 2020 (inventado)" in text
    assert "Este municipio aún no abre un ejercicio" in text
    assert first_pal_client.get("/municipios/no-existe/").status_code == 404


@pytest.mark.req("EX-10")
def test_the_agenda_begins_with_what_comes(first_pal: None) -> None:
    shown = agenda(None, today=DAY, exercise="tonalli-2023-2025")
    assert shown.upcoming
    assert shown.past
    assert [each.day for each in shown.upcoming] == sorted(each.day for each in shown.upcoming)
    assert [each.day for each in shown.past] == sorted((each.day for each in shown.past), reverse=True)
    assert max(each.day for each in shown.past) < DAY <= min(each.day for each in shown.upcoming)
    assert {each.what for each in [*shown.upcoming, *shown.past]} >= {"act", "milestone"}


def test_the_agenda_of_a_closed_exercise_says_that_nothing_comes(first_pal_client: Client) -> None:
    text = first_pal_client.get("/agenda/?ejercicio=edomex-2019-2021").content.decode()
    assert "No hay próximos actos ni plazos con fecha" in text
    assert "Ya pasaron" in text


def test_calendars_hold_only_what_has_a_day(first_pal_client: Client) -> None:
    for path in ("/agenda.ics", "/ejercicios/edomex-2019-2021/agenda.ics"):
        made = Calendar.from_ical(first_pal_client.get(path).content.decode())
        events = made.walk("vevent")
        assert events
        assert len({str(event["uid"]) for event in events}) == len(events)
        assert all(event.decoded("dtend") > event.decoded("dtstart") for event in events)
    assert first_pal_client.get("/ejercicios/no-existe/agenda.ics").status_code == 404


@pytest.mark.parametrize("question", ["participacion ciudadana", "PAL1-02", "Xochitépetl", "obras"])
def test_search_finds_in_every_room(first_pal_client: Client, question: str) -> None:
    rebuild(at=timezone.now())
    text = first_pal_client.get("/buscar/", {"q": question}).content.decode()
    assert "<mark>" in text


@pytest.mark.parametrize("question", ["' OR 1=1 --", "<script>alert(1)</script>", '"*^&|():', "%", "a" * 200])
def test_a_hostile_question_is_only_a_question(first_pal_client: Client, question: str) -> None:
    answer = first_pal_client.get("/buscar/", {"q": question})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_question_nothing_answers_gets_suggestions(first_pal_client: Client) -> None:
    assert "Nada publicado tiene todas esas palabras" in first_pal_client.get("/buscar/?q=zzzz").content.decode()
    assert first_pal_client.get("/buscar/?q=a%00b").status_code == 400
    assert first_pal_client.get("/buscar/?tipo=nada").status_code == 400


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("PAL1", "/ejercicios/edomex-2019-2021/plan/"),
        ("pal1-02", "/ejercicios/edomex-2019-2021/compromisos/2/"),
        ("Pal1-02-a1", "/ejercicios/edomex-2019-2021/compromisos/2/#PAL1-02-A1"),
    ],
)
def test_a_code_leads_to_its_page(first_pal_client: Client, code: str, page: str) -> None:
    answer = first_pal_client.get(f"/c/{code}/")
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert first_pal_client.get(f"/c/{code}/qr.svg")["Content-Type"] == "image/svg+xml"


def test_a_code_of_nothing_or_of_a_draft_is_explained(first_pal_client: Client) -> None:
    Exercise.objects.filter(slug="tonalli-2023-2025").update(state=ExerciseState.DRAFT)
    for code in ("nada", "TON1-01"):
        answer = first_pal_client.get(f"/c/{code}/")
        assert answer.status_code == 404
        assert "No conocemos ese código" in answer.content.decode()


def test_machines_are_told_where_everything_is(first_pal_client: Client, settings: SettingsWrapper) -> None:
    listed = ElementTree.fromstring(first_pal_client.get("/sitemap.xml").content)
    addresses = [element.text or "" for element in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert any(address.endswith("/ejercicios/edomex-2019-2021/compromisos/3/") for address in addresses)
    assert "sitemap.xml" in first_pal_client.get("/robots.txt").content.decode()
    assert first_pal_client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:seguridad@example.mx"
    assert b"Contact: mailto:seguridad@example.mx" in first_pal_client.get("/.well-known/security.txt").content


@pytest.mark.parametrize(
    "address",
    ["/", "/tablero/", "/ejercicios/", "/municipios/", "/agenda/", "/buscar/", "/estado/", "/datos/", "/api/"]
    + [
        f"/ejercicios/tonalli-2023-2025/{page}"
        for page in ("", "plan/", "compromisos/1/", "compromisos/1/hoja-de-ruta/")
    ],
)
def test_every_page_has_one_image_to_share(first_pal_client: Client, address: str) -> None:
    text = first_pal_client.get(address).content.decode()
    assert text.count('property="og:image"') == 1


def test_the_general_image_is_light_and_kept(first_pal_client: Client) -> None:
    answer = first_pal_client.get("/estilo/tarjeta.png")
    assert (answer["Content-Type"], len(answer.content) <= 60_000) == ("image/png", True)
    assert "tequio.cacheable_until" in answer.wsgi_request.environ
