"""The pages on which a municipality is accompanied, from each one's side, and the stranger's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Land, account, again

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import ContactKind
from tequio.exercises.models import Accompaniment, CallingRule, Contact, HelpRequest
from tequio.exercises.tests.test_phases import method
from tequio.exercises.workflows import Told, ask_for_help, log_contact, open_exercise
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-14")]
TODAY = day_of(NOW)
MOST_QUERIES = 11  # 8, and 1 for each list: contacts, companions, what the step lacks


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(land: Land, more: str = "") -> str:
    return f"/garante/municipios/{land.town.slug}/{more}"


def words(**other: str) -> dict[str, str]:
    told = {"kind": "visit", "held_on": TODAY.isoformat(), "with_whom": "Secretaría", "agreed": "Firmar en mayo."}
    return {**told, **other}


def contact_in(land: Land, by: User, **other: Any) -> Contact:
    told: dict[str, Any] = {
        "kind": ContactKind.ADVICE,
        "held_on": TODAY,
        "with_whom": "Secretaría",
        "agreed": "Ver modelos.",
    }
    return log_contact(land.town, Told(**{**told, **other}), by=by, at=NOW)


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ("", {"guarantor_staff", "liaison"}),
        ("contactos/nuevo/", {"guarantor_staff"}),
        ("contactos/{number}/resultado/", {"guarantor_staff"}),
        ("acompanante/", {"guarantor_staff"}),
        ("ayuda/", {"liaison"}),
    ],
)
def test_each_page_opens_to_its_own(more: str, who: set[str], cast: dict[str, User], land: Land) -> None:
    step = {"next_step": "Llamar", "next_step_on": TODAY}
    path = page_of(land, more.format(number=contact_in(land, cast["guarantor_staff"], **step).pk))
    answers = {part: inside(person).get(path).status_code for part, person in cast.items()}
    assert {part for part, code in answers.items() if code == 200} == who
    assert {code for part, code in answers.items() if part not in who} <= {403, 404}
    assert Client().get(path)["Location"] == f"/entrar/?next={path}"


def test_a_contact_is_written_and_its_next_step_settled(guarantor_staff: User, liaison: User, land: Land) -> None:
    client = inside(guarantor_staff)
    assert "Nadie ha registrado un contacto con Niebla 1." in client.get(page_of(land)).text
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    wrong = client.post(page_of(land, "contactos/nuevo/"), words(next_step="Llamar", next_step_on=yesterday))
    assert "no puede ser anterior al contacto" in wrong.text
    assert "Firmar en mayo." in wrong.text
    new = words(held_on=yesterday, next_step="Enviar modelo", next_step_on=yesterday)
    assert client.post(page_of(land, "contactos/nuevo/"), new)["Location"] == page_of(land)
    contact = Contact.objects.get()
    page = client.get(page_of(land)).text
    assert ("Vencida" in page, "Su siguiente paso venció hace 1 día." in page) == (True, True)
    result = page_of(land, f"contactos/{contact.pk}/resultado/")
    assert result in page
    assert "<title>Error:" in client.post(result, {"outcome": " "}).text
    assert client.post(result, {"outcome": "Lo firman el lunes."})["Location"] == page_of(land)
    seen = inside(liaison).get(page_of(land)).text
    assert ("Lo firman el lunes." in seen, "No hay pasos pendientes." in seen, result in seen) == (True, True, False)
    again = client.get(result).text
    assert ("Este paso ya tiene resultado" in again, "<textarea" in again) == (True, False)


def test_a_liaison_asks_and_is_answered(guarantor_staff: User, liaison: User, land: Land) -> None:
    theirs, staff = inside(liaison), inside(guarantor_staff)
    assert theirs.get("/garante/mi-municipio/")["Location"] == page_of(land)
    assert page_of(land, "ayuda/") in theirs.get(page_of(land)).text
    assert theirs.post(page_of(land, "ayuda/"), {"about": "¿Quién firma?"})["Location"] == page_of(land)
    assert "petición sin respuesta" in theirs.post(page_of(land, "ayuda/"), {"about": "Otra"}).text
    assert "¿Quién firma?" in staff.get(page_of(land, "contactos/nuevo/")).text
    staff.post(page_of(land, "contactos/nuevo/"), words(answers="on"))
    assert HelpRequest.objects.get().answered_with == Contact.objects.get()
    assert "¿Quién firma?" not in theirs.get(page_of(land)).text


def test_a_request_is_taken_back(liaison: User, guarantor_staff: User, land: Land) -> None:
    ask_for_help(land.town, about="Modelos", by=liaison, at=NOW)
    theirs = inside(liaison)
    path = page_of(land, "ayuda/retirar/")
    assert path in theirs.get(page_of(land)).text
    assert inside(guarantor_staff).post(path).status_code == 403
    assert theirs.post(path)["Location"] == page_of(land)
    assert HelpRequest.objects.get().closed_at
    assert theirs.post(path)["Location"] == page_of(land)


def test_a_companion_is_chosen_among_the_staff(guarantor_staff: User, liaison: User, land: Land) -> None:
    client = inside(guarantor_staff)
    path = page_of(land, "acompanante/")
    assert guarantor_staff.email in client.get(path).text
    assert liaison.email not in client.get(path).text
    assert "<title>Error:" in client.post(path, {"account": liaison.username}).text
    assert client.post(path, {"account": guarantor_staff.username})["Location"] == page_of(land)
    assert guarantor_staff.email in inside(liaison).get(page_of(land)).text
    client.post(path, {"account": ""})
    assert Accompaniment.objects.get().ends_on == TODAY


def test_municipalities_are_shared_out_at_once(
    guarantor_staff: User, far_staff: User, land: Land, far_land: Land
) -> None:
    path = f"/garante/reparto/{land.state.slug}/"
    client = inside(guarantor_staff)
    page = client.get(path).text
    assert ("Niebla 1" in page, far_land.town.slug in page) == (True, False)
    assert "Marca por lo menos un municipio." in client.post(path, {"account": guarantor_staff.username}).text
    outside = {"account": guarantor_staff.username, "places": [land.town.slug, far_land.town.slug]}
    assert "<title>Error:" in client.post(path, outside).text
    both = {"account": guarantor_staff.username, "places": [land.town.slug, land.other_town.slug]}
    assert client.post(path, both)["Location"] == "/garante/"
    assert Accompaniment.objects.filter(account=guarantor_staff, ends_on__isnull=True).count() == 2
    assert guarantor_staff.email in client.get(page_of(land)).text.partition("Quiénes lo han acompañado")[2]
    assert inside(far_staff).post(path, both).status_code == 404
    client.post(path, {"account": "", "places": [land.other_town.slug]})
    assert Accompaniment.objects.get(ends_on__isnull=True).jurisdiction == land.town


def test_the_rule_is_set_by_the_staff_of_its_state(
    guarantor_staff: User, far_staff: User, land: Land, far_land: Land
) -> None:
    path = f"/garante/regla/{land.state.slug}/"
    client = inside(guarantor_staff)
    assert 'value="30"' in client.get(path).text
    assert "<title>Error:" in client.post(path, {"days": "0"}).text
    assert client.post(path, {"days": "15"})["Location"] == "/garante/"
    assert 'value="15"' in client.get(path).text
    assert inside(far_staff).post(path, {"days": "1"}).status_code == 404
    assert CallingRule.objects.get().quiet_days == 15


def test_a_liaison_of_two_municipalities_chooses(guarantor_staff: User, land: Land) -> None:
    person = account("dos")
    for town in (land.town, land.other_town):
        grant_role(person, Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=town), by=guarantor_staff, at=NOW)
    page = inside(person).get("/garante/mi-municipio/").text
    assert ("Niebla 1" in page, "Niebla 2" in page) == (True, True)


def test_an_account_leads_to_what_it_may_open(cast: dict[str, User]) -> None:
    for address, who in (
        ("/garante/", {"guarantor_staff", "far_staff"}),
        ("/garante/mi-municipio/", {"liaison", "other_liaison"}),
    ):
        led = {part for part, person in cast.items() if f'href="{address}"' in inside(person).get("/cuenta/").text}
        assert led == who


def test_older_contacts_are_folded(guarantor_staff: User, land: Land) -> None:
    for number in range(21):
        contact_in(land, guarantor_staff, agreed=f"Acuerdo {number}.")
    page = inside(guarantor_staff).get(page_of(land)).text
    assert ("21 registrados" in page, "Ver los anteriores" in page) == (True, True)
    assert page.count("Acuerdo ") == 21


def test_what_is_written_is_never_markup(guarantor_staff: User, land: Land) -> None:
    nasty = "<script>alert(1)</script>"
    contact_in(land, guarantor_staff, agreed=nasty, with_whom=nasty, next_step=nasty, next_step_on=TODAY)
    assert nasty not in inside(guarantor_staff).get(page_of(land)).text


def test_the_log_asks_the_same_however_long(guarantor_staff: User, land: Land) -> None:
    method(land, "guia", ["declaracion-firmada"], [])
    open_exercise(land.town, name="X", first_year=2031, last_year=2031, by=again(guarantor_staff), at=NOW)
    client = inside(guarantor_staff)
    counts = []
    for number in (0, 1, 2):
        contact_in(land, guarantor_staff, agreed=f"Acuerdo {number}.", next_step="Llamar", next_step_on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(page_of(land)).text
        counts.append(len(asked))
    assert counts[0] == counts[2] <= MOST_QUERIES
    assert "Falta firmar la declaración conjunta." in page
