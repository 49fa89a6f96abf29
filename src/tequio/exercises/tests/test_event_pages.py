"""The pages of events: what anybody sees, the forms without an account, and the work of who runs the exercise."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from tests.cast import NOW, again

from tequio.accounts.enums import Sector, Sex
from tequio.exercises.datasets import DATASETS
from tequio.exercises.enums import EventMode, EventState
from tequio.exercises.models import Event
from tequio.exercises.queries.events import token_of
from tequio.exercises.tests.happenings import END, START, announced, details, draft, registered
from tequio.exercises.tests.test_event_door import picture
from tequio.exercises.workflows import cancel_event, change_event, check_in, hold_event, publish_report
from tequio.kernel.editionstamp import drop_all
from tequio.kernel.models import OutboxMessage
from tequio.kernel.search import search
from tequio.kernel.searchindex import rebuild

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files", "notices"), pytest.mark.req("EX-09")]
ROOM = "https://sala.example.mx/secreta-zq"


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def event(exercise: Exercise, liaison: User) -> Event:
    """An announced forum, at a place and at a distance, for two people."""
    return announced(exercise, liaison, capacity=2, mode=EventMode.MIXED, remote_url=ROOM, arrival="Junto al kiosco")


@pytest.fixture
def work(exercise: Exercise) -> str:
    """Where the events of the exercise are organised."""
    return f"/ejercicios/{exercise.slug}/trabajo/eventos/"


def test_anybody_reads_what_when_where_and_how(event: Event, client: Client) -> None:
    answer = client.get(event.get_absolute_url())
    local = timezone.localtime(START)
    for words in ("Foro de apertura", "Junto al kiosco", "Presencial y a distancia", f"{local:%H:%M} h", "2 personas"):
        assert words in answer.text
    assert ROOM not in answer.text
    assert 'method="post"' not in answer.text
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text


def test_a_draft_is_nowhere(exercise: Exercise, liaison: User, client: Client, work: str) -> None:
    hidden = draft(exercise, liaison, name="Taller secreto-zq")
    base = f"/ejercicios/{exercise.slug}/"
    for path in ("eventos/taller-secreto-zq/", "eventos/taller-secreto-zq.ics", "eventos/taller-secreto-zq/registro/"):
        assert client.get(base + path).status_code == 404
    for path in (base, f"{base}eventos/", "/agenda/", "/agenda.ics", f"{base}agenda.ics"):
        assert "secreto-zq" not in client.get(path).text
    assert "secreto-zq" in inside(again(liaison)).get(work).text
    rows = next(dataset for dataset in DATASETS if dataset.key == "eventos").rows(None)
    assert hidden.slug not in str(list(rows))


def test_the_list_parts_what_comes_from_what_was(exercise: Exercise, liaison: User, client: Client) -> None:
    base = f"/ejercicios/{exercise.slug}/eventos/"
    assert "No hay un evento anunciado" in client.get(base).text
    announced(exercise, liaison, name="Foro que viene")
    gone = announced(exercise, liaison, name="Taller que fue")
    cancel_event(gone, "Lluvia", by=again(liaison), at=NOW)
    drop_all(at=NOW)
    text = client.get(base).text
    assert text.index("Foro que viene") < text.index("Otros eventos") < text.index("Taller que fue")
    assert "Cancelado" in text
    assert client.get(f"{base}?hoja=2").status_code == 400
    assert client.get("/ejercicios/nada/eventos/").status_code == 404


@pytest.mark.req("SI-05")
def test_its_calendar_file_replaces_the_one_before(event: Event, liaison: User, client: Client) -> None:
    path = event.get_absolute_url().removesuffix("/") + ".ics"
    first = Calendar.from_ical(client.get(path).content).walk("VEVENT")[0]
    later = details(starts_at=START + timedelta(days=1), ends_at=END + timedelta(days=1))
    change_event(event, later, by=again(liaison), at=NOW)
    drop_all(at=NOW)
    second = Calendar.from_ical(client.get(path).content).walk("VEVENT")[0]
    assert first["uid"] == second["uid"]
    assert (first.get("sequence", 0), second["sequence"]) == (0, 1)
    assert second["dtstart"].dt - first["dtstart"].dt == timedelta(days=1)
    whole = Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    assert [(each["uid"], each["dtstart"].dt) for each in whole] == [(second["uid"], second["dtstart"].dt)]


def test_it_is_in_the_agenda_and_on_the_page_of_its_exercise(event: Event, client: Client) -> None:
    for path in ("/agenda/", event.exercise.get_absolute_url()):
        text = client.get(path).text
        assert f'href="{event.get_absolute_url()}"' in text
        assert f"{timezone.localtime(START):%H:%M}" in text


def test_it_is_found(event: Event) -> None:
    rebuild(at=NOW)
    assert event.get_absolute_url() in str(search("apertura"))


def test_a_visitor_registers_without_an_account(event: Event, client: Client) -> None:
    path = f"{event.get_absolute_url()}registro/"
    assert "csrfmiddlewaretoken" in client.get(path).text
    given = {"email": "ana@example.mx", "sector": "citizens", "needs": ["captions"], "consent": "1"}
    first = client.post(path, given)
    again_ = client.post(path, given)
    assert first.status_code == again_.status_code == 200
    assert first.text == again_.text
    assert "ana@example.mx" not in first.text
    assert event.attendees.get().needs == ["captions"]
    refused = client.post(path, {"email": "ana@example.mx", "sector": "citizens"})
    assert "Sin tu consentimiento" in refused.text


def test_who_asks_too_often_waits(event: Event, client: Client) -> None:
    path = f"{event.get_absolute_url()}registro/"
    given = {"email": "muchas@example.mx", "sector": "citizens", "consent": "1"}
    assert [client.post(path, given).status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_closed_event_says_so(event: Event, liaison: User, client: Client) -> None:
    cancel_event(event, "Lluvia", by=again(liaison), at=NOW)
    for answer in (
        client.get(f"{event.get_absolute_url()}registro/"),
        client.post(f"{event.get_absolute_url()}registro/"),
    ):
        assert answer.status_code == 409
        assert "no recibe registros" in answer.text


def test_ones_own_page_shows_the_code_and_cancels(event: Event, client: Client, visitor: AnonymousUser) -> None:
    people = [registered(event, name, visitor) for name in ("ana", "beto", "caro")]
    paths = [f"{event.get_absolute_url()}mi-registro/{token_of(person)}/" for person in people]
    mine = client.get(paths[0])
    assert people[0].code in mine.text
    assert ROOM in mine.text
    assert mine["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    waiting = client.get(paths[2])
    assert "Estás en la lista de espera" in waiting.text
    assert ROOM not in waiting.text
    assert people[2].code not in waiting.text.replace(paths[2], "").replace(token_of(people[2]), "")
    assert "Cancelaste tu registro" in client.post(paths[0]).text
    assert "Cancelaste tu registro" in client.post(paths[0]).text
    assert client.get(paths[0]).status_code == 404
    assert "Tienes lugar" in client.get(paths[2]).text
    assert client.get(f"{event.get_absolute_url()}mi-registro/nada/").status_code == 404


def test_what_people_write_is_never_markup(exercise: Exercise, liaison: User, client: Client, work: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    texts = dict.fromkeys(("name", "place", "arrival", "accessibility", "programme", "invitation"), hostile)
    event = announced(exercise, liaison, **texts)
    mine = registered(event, "ana", AnonymousUser(), name=hostile)
    own = f"{event.get_absolute_url()}mi-registro/{token_of(mine)}/"
    public = ("", "registro/", f"mi-registro/{token_of(mine)}/")
    pages = [client.get(event.get_absolute_url() + path).text for path in public]
    pages += [
        inside(liaison).get(f"{work}{event.slug}/{path}").text for path in ("", "registros/", "editar/", "puerta/")
    ]
    pages.append(client.get(f"/ejercicios/{exercise.slug}/").text)
    assert all("<img src=x" not in page for page in pages)
    cancel_event(event, hostile, by=again(liaison), at=NOW)
    shown = client.get(own).text
    assert "El evento se canceló" in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize("part", ["operator", "far_staff", "other_liaison", "representative", "stranger"])
def test_the_work_is_closed_to_others(
    event: Event, cast: dict[str, User], work: str, visitor: AnonymousUser, part: str
) -> None:
    code = registered(event, "ana", visitor).code
    client = inside(cast[part])
    for path in (
        "", "nuevo/", *(f"{event.slug}/{page}" for page in (
            "", "editar/", "cancelar/", "relatoria/", "fotos/", "registros/", "puerta/", "puerta/sin-registro/",
            f"puerta/{code}/",
        )),
    ):  # fmt: skip
        assert client.get(work + path).status_code in {403, 404}
        assert client.post(work + path, {"move": "hold"}).status_code in {403, 404, 405}
    assert event.attendees.get().arrived_at is None


def test_whose_code_is_read_by_another_camera_is_led_to_the_door(event: Event, work: str, client: Client) -> None:
    assert client.get(f"{work}{event.slug}/puerta/ABCD2345/")["Location"].startswith("/entrar/")


def test_a_liaison_plans_announces_and_reports(exercise: Exercise, liaison: User, work: str) -> None:
    client = inside(liaison)
    assert "Todavía no preparas" in client.get(work).text
    local = timezone.localtime(START)
    given = {
        "kind": "workshop", "title": "Taller de rutas", "mode": "in_person", "place": "Casa de cultura",
        "starts_at": f"{local:%Y-%m-%dT%H:%M}", "ends_at": f"{local + timedelta(hours=1):%d/%m/%Y %H:%M}",
    }  # fmt: skip
    wrong = client.post(f"{work}nuevo/", {**given, "ends_at": given["starts_at"]})
    assert "termina después de empezar" in wrong.text
    made = client.post(f"{work}nuevo/", given)
    page = made["Location"]
    assert page == f"{work}taller-de-rutas/"
    assert "Anunciar" in client.get(page).text
    assert client.post(page, {"move": "volar"}).status_code == 409
    assert client.post(page, {"move": "publish"})["Location"] == page
    assert "Abrir la entrada" in client.get(page).text
    shown = client.get(f"{page}editar/").text
    assert f'value="{local:%Y-%m-%dT%H:%M}"' in shown
    assert client.post(f"{page}editar/", {**given, "title": "Taller"})["Location"] == page
    assert client.post(page, {"move": "hold"}).status_code == 409
    assert "todavía no empieza" in client.post(f"{page}relatoria/", {"account": "Fue bien"}).text
    Event.objects.update(starts_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1))
    assert "Escribir la relatoría" in client.get(page).text
    assert client.post(f"{page}relatoria/", {"account": "Fue bien"})["Location"] == page
    assert "Corregir la relatoría" in client.get(page).text
    public = Client().get(f"/ejercicios/{exercise.slug}/eventos/taller-de-rutas/").text
    assert "Fue bien" in public
    assert "No se registró ninguna llegada" in public


def test_a_draft_is_discarded_and_an_event_cancelled(
    exercise: Exercise, liaison: User, work: str, visitor: AnonymousUser
) -> None:
    client, prepared = inside(liaison), draft(exercise, liaison, name="Borrador")
    assert client.post(f"{work}{prepared.slug}/", {"move": "discard"})["Location"] == work
    event = announced(exercise, liaison)
    registered(event, "ana", visitor)
    assert "1 persona registrada" in client.get(f"{work}{event.slug}/cancelar/").text
    client.post(f"{work}{event.slug}/cancelar/", {"reason": "Sin luz en el salón"})
    assert "Sin luz en el salón" in client.get(event.get_absolute_url()).text
    assert Event.objects.get().state == EventState.CANCELLED


def test_the_door_answers_in_large(event: Event, liaison: User, work: str, visitor: AnonymousUser) -> None:
    Event.objects.update(starts_at=NOW - timedelta(minutes=5), ends_at=NOW + timedelta(hours=1))
    ana, beto, caro = (registered(event, who, visitor, name=f"{who} Zq") for who in ("ana", "beto", "caro"))
    client, door = inside(liaison), f"{work}{event.slug}/puerta/"
    assert "ana Zq" in client.get(f"{door}{ana.code}/").text
    assert event.attendees.arrived().count() == 0
    assert "ADELANTE" in client.post(f"{door}{ana.code}/").text
    assert re.search(r"YA REGISTRADO \d\d:\d\d", client.post(f"{door}{ana.code}/").text)
    assert "EN LISTA DE ESPERA" in client.post(f"{door}{caro.code}/").text
    assert "ADELANTE" in client.post(f"{door}{caro.code}/", {"let_in": "1"}).text
    assert "NO ESTÁ" in client.post(f"{door}NADIE234/").text
    assert "NO ESTÁ" in client.post(door, {"words": "nadie"}).text
    assert "YA REGISTRADO" in client.post(door, {"words": ana.code.lower()}).text
    found = client.post(door, {"words": "beto"}).text
    assert beto.code in found
    assert "beto@" not in found
    full = client.post(f"{door}sin-registro/", {"sector": "citizens"})
    assert "ya entraron 2 de 2" in full.text
    Event.objects.update(capacity=None)
    assert "ADELANTE" in client.post(f"{door}sin-registro/", {"sector": "citizens"}).text


def test_photographs_are_sent_shown_and_taken_away(
    event: Event, liaison: User, work: str, client: Client, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    staff, page = inside(liaison), f"{work}{event.slug}/fotos/"
    assert "cuando el evento ya se realizó" in staff.get(page).text
    hold_event(event, by=again(liaison), at=END)
    sent = {"text": "La sala", "has_consent": "on"}
    bad = staff.post(page, {**sent, "photo": SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")})
    assert "no se reconoce" in bad.text
    good = SimpleUploadedFile("../../x.php", picture(), "image/jpeg")
    assert staff.post(page, {**sent, "photo": good})["Location"] == page
    photo = event.photos.get()
    small = f"{event.get_absolute_url()}fotos/{photo.sha256}-chica.jpg"
    assert small in client.get(event.get_absolute_url()).text
    answer = client.get(small)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"
    assert client.get(f"{event.get_absolute_url()}fotos/{'0' * 64}.jpg").status_code == 404
    staff.post(f"{page}{photo.pk}/retirar/")
    assert client.get(small).status_code == 404


@pytest.mark.req("SI-06")
def test_who_came_is_counted_by_sector_and_by_sex(
    event: Event, liaison: User, client: Client, visitor: AnonymousUser
) -> None:
    attendee = registered(event, "ana", visitor, sex=Sex.WOMAN, sector=Sector.CIVIL_SOCIETY)
    check_in(event, attendee.code, by=again(liaison), at=START)
    publish_report(event, account="Se acordó el calendario.", by=again(liaison), at=END)
    text = client.get(event.get_absolute_url()).text
    assert "Llegaron 1 de 1" in text
    assert "asistieron muy pocas personas" in text
    assert Sex.WOMAN.label not in text
    row = next(row for row in next(d for d in DATASETS if d.key == "eventos").rows(None))
    assert (row["registradas"], row["asistieron"], row["asistieron_sociedad_civil"], row["asistieron_ciudadania"]) == (
        1, 1, 1, 0,
    )  # fmt: skip
    assert row["estado"] == "Realizado"


def test_nothing_personal_is_public(event: Event, liaison: User, client: Client, visitor: AnonymousUser) -> None:
    attendee = registered(event, "secreta-zq", visitor, name="Nombre-zq")
    check_in(event, attendee.code, by=again(liaison), at=START)
    publish_report(event, account="Fue.", by=again(liaison), at=END)
    base = f"/ejercicios/{event.exercise.slug}/"
    pages = (base, f"{base}eventos/", event.get_absolute_url(), "/agenda/", "/agenda.ics", "/registro.jsonl",
             "/api/v1/eventos.csv", "/api/v1/eventos.json")  # fmt: skip
    for path in pages:
        answer = client.get(path)
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
        for secret in ("secreta-zq", "Nombre-zq", attendee.code, liaison.email):
            assert secret not in text, path
    assert OutboxMessage.objects.filter(recipient="secreta-zq@example.mx").exists()
