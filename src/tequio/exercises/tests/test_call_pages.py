"""The pages of calls, from each one's side: the public's, the applicant's, the staff's and the stranger's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, account, again

from tequio.accounts.models import User
from tequio.exercises.conformity import sectors_unfilled, uncalled
from tequio.exercises.duties import mend_application, review_applications
from tequio.exercises.enums import ApplicationState, CallKind
from tequio.exercises.models import Application, Registration
from tequio.exercises.tests.answering import (
    CANDIDATE,
    CITIZEN,
    CLOSES,
    ORGANIZATION,
    applied,
    drafted,
    drawing,
    published,
    upload,
)
from tequio.exercises.workflows import (
    accept_application,
    close_call,
    decline_application,
    extend_call,
    return_application,
    withdraw_application,
)
from tequio.kernel.clock import day_of
from tequio.kernel.editionstamp import edition_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tequio.exercises.models import Call, Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files", "notices"), pytest.mark.req("EX-03")]
MOST_QUERIES = 9  # 8, and 1 for the list in sheets
SENT = {"sector": "civil_society", "name": "Red de Niebla", "person_name": "Ana Ruiz-zq", "consent": "1"}


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison)


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def public(call: Call, rest: str = "") -> str:
    return f"/participa/{call.exercise.slug}/{call.key}/{rest}"


def work(call: Call, rest: str = "") -> str:
    return f"/ejercicios/{call.exercise.slug}/convocatorias/{call.key}/{rest}"


def crowd(call: Call, size: int, state: str = ApplicationState.SUBMITTED) -> None:
    """Write many answers and members at once."""
    people = User.objects.bulk_create(User(username=f"m{call.pk}-{size}-{n}") for n in range(size))
    Application.objects.bulk_create(
        Application(
            call=call,
            folio=f"{call.pk}-{n}",
            account=person,
            sector="civil_society",
            state=state,
            name=f"Red {n}",
            name_key=f"red {n}",
            person_name="A",
            submitted_at=NOW,
        )
        for n, person in enumerate(people)
    )
    Registration.objects.bulk_create(
        Registration(exercise=call.exercise, order=1000 + n, sector="civil_society", published_name=f"Red {n}")
        for n in range(size)
    )


def read(answer: Iterable[bytes]) -> bytes:
    """Return what an answer sends in parts."""
    return b"".join(answer)


def counted(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_nothing_open_says_when_the_next_one_opens(exercise: Exercise, liaison: User) -> None:
    empty = Client().get("/participa/").text
    assert "ninguna próxima tiene fecha" in empty
    assert "/agenda/" in empty
    published(exercise, liaison, opens_at=NOW + timedelta(days=2))
    assert "La próxima abre el" in Client().get("/participa/").text


def test_what_is_open_is_listed_and_read_without_cookies(call: Call) -> None:
    assert call.title in Client().get("/participa/").text
    page = Client().get(public(call))
    assert not page.cookies
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert "Inscribirme" in page.text
    assert call.dated("{cierra}") in page.text
    assert "{cierra}" not in page.text
    assert "Garante 91" in page.text


def test_a_draft_has_no_public_page(exercise: Exercise, liaison: User, stranger: User) -> None:
    draft = drafted(exercise, liaison)
    for client in (Client(), inside(stranger), inside(liaison)):
        assert client.get(public(draft)).status_code == 404
        assert client.get(public(draft, "inscripcion/")).status_code in {302, 404}
    assert draft.title not in Client().get(f"/ejercicios/{exercise.slug}/").text
    assert draft.title not in Client().get("/agenda/").text
    assert draft.title not in read(Client().get("/api/v1/convocatorias.csv")).decode()


def test_a_closed_call_says_so_and_offers_no_form(call: Call, liaison: User, stranger: User) -> None:
    extend_call(call, CLOSES + timedelta(days=1), reason="Llovió.", by=again(liaison), at=NOW)
    close_call(call, outcome="Se inscribieron 24.", by=again(liaison), at=NOW)
    page = Client().get(public(call)).text
    for said in ("Cerró", "Ya no recibe solicitudes", "Se inscribieron 24.", "Motivo: Llovió."):
        assert said in page
    assert "Inscribirme" not in page
    assert inside(stranger).get(public(call, "inscripcion/"))["Location"] == public(call)
    late = inside(stranger).post(public(call, "inscripcion/"), SENT)
    assert "ya cerró" in late.text
    assert "Red de Niebla" in late.text


def test_a_visitor_is_led_to_the_door_and_back(call: Call) -> None:
    path = public(call, "inscripcion/")
    assert Client().get(path)["Location"] == f"/entrar/?next={path}"
    assert Client().get(public(call, "solicitud/"))["Location"].startswith("/entrar/")


def test_an_answer_is_sent_with_its_logo_seen_and_corrected(call: Call, stranger: User) -> None:
    client = inside(stranger)
    wrong = client.post(public(call, "inscripcion/"), {**SENT, "name": "", "picture": upload(drawing())})
    assert "Escribe el nombre de la organización" in wrong.text
    assert "Ana Ruiz-zq" in wrong.text
    sent = client.post(public(call, "inscripcion/"), {**SENT, "picture": upload(drawing())})
    assert sent["Location"] == public(call, "solicitud/")
    application = Application.objects.get()
    page = client.get(sent["Location"])
    assert application.folio in page.text
    assert page["Cache-Control"].count("no-store") == 1
    picture = client.get(public(call, "solicitud/imagen"))
    assert picture["Content-Type"] == "image/png"
    assert read(picture).startswith(b"\x89PNG")
    assert client.get(public(call, "inscripcion/")).text.count("Red de Niebla") == 1
    client.post(public(call, "inscripcion/"), {**SENT, "name": "Red Alta"})
    assert Application.objects.get().name == "Red Alta"


@pytest.mark.req("SI-04")
def test_others_see_neither_the_answer_nor_its_picture(
    call: Call, cast: dict[str, User], other_exercise: Exercise
) -> None:
    application = applied(call, picture=upload(drawing()))
    paths = [work(call, f"solicitudes/{application.folio}/{rest}") for rest in ("", "imagen")]
    paths += [work(call), work(call, "solicitudes.csv"), public(call, "solicitud/"), public(call, "solicitud/imagen")]
    for part in ("other_liaison", "far_staff", "representative", "stranger", "operator", "superuser"):
        for path in paths:
            assert inside(again(cast[part])).get(path).status_code in {403, 404}, (part, path)
    for path in paths:
        assert Client().get(path)["Location"].startswith("/entrar/")
    assert Client().get(f"/participa/imagenes/{application.picture_id}").status_code == 404


def test_a_member_s_logo_is_public_and_stays_in_memories(call: Call, liaison: User) -> None:
    application = accept_application(applied(call, picture=upload(drawing())), by=again(liaison), at=NOW)
    picture = Client().get(f"/participa/imagenes/{application.picture_id}")
    assert "immutable" in picture["Cache-Control"]
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert read(picture).startswith(b"\x89PNG")
    for path in (f"/ejercicios/{call.exercise.slug}/", f"/ejercicios/{call.exercise.slug}/miembros/"):
        page = Client().get(path).text
        assert "Red de Niebla, A.C." in page
        assert f"/participa/imagenes/{application.picture_id}" in page


@pytest.mark.req("SI-04")
def test_a_citizen_is_nowhere_named(call: Call, liaison: User) -> None:
    accept_application(applied(call, answer=CITIZEN), by=again(liaison), at=NOW)
    for path in (f"/ejercicios/{call.exercise.slug}/", f"/ejercicios/{call.exercise.slug}/miembros/"):
        page = Client().get(path).text
        assert "1 persona ciudadana" in page
        assert "Beto" not in page
    assert "Beto" not in read(Client().get("/api/v1/miembros.csv")).decode()


@pytest.mark.req("EX-04")
def test_a_candidacy_is_public_once_accepted(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison, CallKind.FACILITATOR)
    application = applied(call, answer=CANDIDATE)
    empty = Client().get(public(call)).text
    assert "Todavía no hay candidaturas aceptadas" in empty
    assert "Carla Sol" not in empty
    accept_application(application, by=again(liaison), at=NOW)
    page = Client().get(public(call)).text
    assert "Carla Sol" in page
    assert "Medié en diez barrios." in page


def test_each_decision_is_made_on_the_page(call: Call, liaison: User) -> None:
    client = inside(liaison)
    for decision, more, state in (
        ("returned", {"reason": "Falta.", "mend_on": f"{NOW + timedelta(days=9):%Y-%m-%d}"}, "Por corregir"),
        ("declined", {"reason": "No procede."}, "No aceptada"),
        ("accepted", {}, "Aceptada"),
    ):
        application = applied(call, account(decision), name=f"Red {decision}")
        path = work(call, f"solicitudes/{application.folio}/")
        if decision != "accepted":
            assert "Escribe" in client.post(path, {"decision": decision, "mend_on": more.get("mend_on", "")}).text
        assert client.post(path, {"decision": decision, **more})["Location"] == work(call)
        application.refresh_from_db()
        assert application.get_state_display() == state
        assert state in client.get(work(call)).text
        assert f"Red {decision}" in client.get(work(call, f"?estado={application.state}")).text
    assert "Red declined" not in client.get(work(call, "?estado=accepted")).text
    assert client.get(work(call, "?estado=nada")).status_code == 400
    assert client.get(work(call, "?hoja=9")).status_code == 400


def test_one_s_own_answer_offers_no_decision(call: Call, liaison: User) -> None:
    application = applied(call, liaison)
    page = inside(liaison).get(work(call, f"solicitudes/{application.folio}/")).text
    assert "Esta solicitud es tuya" in page
    assert "Enviar la decisión" not in page


def test_a_call_is_prepared_published_extended_and_ended_on_its_pages(exercise: Exercise, liaison: User) -> None:
    client, base = inside(liaison), f"/ejercicios/{exercise.slug}/convocatorias/"
    assert "no tiene convocatorias" in client.get(base).text
    assert client.get(f"{base}nueva/nada/").status_code == 404
    form = client.get(f"{base}nueva/participar/").context["form"]
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent |= {"opens_at": f"{NOW:%Y-%m-%dT%H:%M}", "closes_at": f"{CLOSES:%Y-%m-%dT%H:%M}"}
    sent = {name: value for name, value in sent.items() if value is not False}
    nobody = dict.fromkeys(("public_bodies", "civil_society", "citizens"), "")
    assert "quiénes pueden" in client.post(f"{base}nueva/participar/", {**sent, **nobody}).text
    assert client.post(f"{base}nueva/participar/", sent)["Location"] == f"{base}participar/"
    assert (
        client.post(f"{base}participar/editar/", {**sent, "title": "Otro título"})["Location"] == f"{base}participar/"
    )
    assert "Otro título" in client.get(f"{base}participar/publicar/").text
    assert client.post(f"{base}participar/publicar/")["Location"] == f"{base}participar/"
    assert "Todavía no llega ninguna solicitud" in client.get(f"{base}participar/").text
    assert "Error" in client.post(f"{base}participar/ampliar/", {"closes_at": sent["closes_at"], "reason": " "}).text
    later = {"closes_at": f"{CLOSES + timedelta(days=2):%Y-%m-%dT%H:%M}", "reason": "Llovió."}
    assert client.post(f"{base}participar/ampliar/", later)["Location"] == f"{base}participar/"
    for rest in ("editar/", "publicar/", "borrar/"):
        assert client.get(f"{base}participar/{rest}")["Location"] == f"{base}participar/"


def test_a_draft_is_thrown_away_on_its_page(exercise: Exercise, liaison: User) -> None:
    draft = drafted(exercise, liaison)
    assert "no se puede recuperar" in inside(liaison).get(work(draft, "borrar/")).text
    base = f"/ejercicios/{exercise.slug}/convocatorias/"
    assert inside(liaison).post(work(draft, "borrar/"))["Location"] == base


def test_what_blocks_a_publication_is_said(exercise: Exercise, liaison: User) -> None:
    draft = drafted(exercise, liaison, bases="")
    page = inside(liaison).get(work(draft, "publicar/")).text
    assert "Faltan las bases" in page
    assert "Publicar la convocatoria</button>" not in page
    assert inside(liaison).post(work(draft, "publicar/")).status_code == 409


@pytest.mark.req("SI-04")
def test_the_file_is_safe_in_a_spreadsheet(call: Call, liaison: User) -> None:
    applied(call, name="=HYPERLINK(1)", words="@suma\nde dos")
    answer = inside(liaison).get(work(call, "solicitudes.csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'@suma" in text
    assert "solicita@example.mx" in text


def test_withdrawn_answers_leave_the_lists(call: Call, liaison: User) -> None:
    person = account("ana")
    withdraw_application(applied(call, person), by=again(person), at=NOW)
    assert "Todavía no llega ninguna" in inside(liaison).get(work(call)).text
    assert "Ana Ruiz-zq" not in inside(liaison).get(work(call, "solicitudes.csv")).content.decode()
    assert "borramos lo que escribiste" in inside(person).get(public(call, "solicitud/")).text


def test_a_public_change_drops_the_kept_pages(
    call: Call, liaison: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    def dropped(act: Callable[[], object]) -> bool:
        before = edition_stamp().current()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return edition_stamp().current() != before

    application = applied(call)
    assert dropped(lambda: accept_application(application, by=again(liaison), at=NOW))
    assert dropped(lambda: extend_call(call, CLOSES + timedelta(days=1), reason="x", by=again(liaison), at=NOW))
    assert dropped(lambda: close_call(call, outcome="x", by=again(liaison), at=NOW))
    assert dropped(lambda: published(call.exercise, liaison, CallKind.WIDENING))


def test_what_each_person_owes(call: Call, liaison: User, guarantor_staff: User, stranger: User) -> None:
    person = account("ana")
    application = applied(call, person)
    for each in (liaison, guarantor_staff):
        duty = next(iter(review_applications(again(each), NOW)))
        assert (duty.title, duty.address) == ("Revisa 1 solicitud", work(call))
    assert not [*review_applications(again(stranger), NOW), *mend_application(again(person), NOW)]
    soon = NOW + timedelta(days=2)
    return_application(application, reason="Falta.", mend_by=soon, by=again(liaison), at=NOW)
    duty = next(iter(mend_application(again(person), NOW)))
    assert (duty.due_at, duty.address) == (soon, public(call, "solicitud/"))
    assert not [*review_applications(again(liaison), NOW), *mend_application(again(stranger), NOW)]
    assert not list(mend_application(again(person), soon))


def test_what_a_phase_lacks(exercise: Exercise, liaison: User) -> None:
    assert uncalled(exercise, day_of(NOW)) == "Falta publicar la convocatoria para participar."
    drafted(exercise, liaison)
    published(exercise, liaison, CallKind.FACILITATOR)
    assert uncalled(exercise, day_of(NOW))
    call = published(exercise, liaison, CallKind.WIDENING)
    assert uncalled(exercise, day_of(NOW)) is None
    assert sectors_unfilled(exercise, day_of(NOW)) == (
        "Falta inscribir al menos a un ente público y a una organización o persona de la sociedad."
    )
    accept_application(applied(call), by=again(liaison), at=NOW)
    assert sectors_unfilled(exercise, day_of(NOW)) == "Falta inscribir al menos a un ente público."
    body = applied(call, account("ente"), sector="public_bodies", name="Ayuntamiento")
    accept_application(body, by=again(liaison), at=NOW)
    assert sectors_unfilled(exercise, day_of(NOW)) is None


def test_declined_one_may_answer_again(call: Call, liaison: User) -> None:
    person = account("ana")
    decline_application(applied(call, person), reason="No procede.", by=again(liaison), at=NOW)
    page = inside(person).get(public(call, "solicitud/")).text
    assert "No procede." in page
    assert "Enviar otra" in page
    assert applied(call, person, ORGANIZATION).pk


PAGES = ["/participa/", "{public}", "{exercise}miembros/", "{exercise}convocatorias/", "{work}", "{exercise}"]


@pytest.mark.parametrize("page", PAGES)
def test_three_rows_take_as_many_queries_as_one(exercise: Exercise, liaison: User, page: str) -> None:
    call = published(exercise, liaison, CallKind.FACILITATOR)
    path = page.format(public=public(call), work=work(call), exercise=f"/ejercicios/{exercise.slug}/")
    client = inside(liaison) if "convocatorias" in path else Client()
    counts = []
    for size in (1, 3):
        Application.objects.all().delete()
        Registration.objects.all().delete()
        crowd(call, size, ApplicationState.ACCEPTED)
        if size == 3:
            published(exercise, liaison)
            published(exercise, liaison, CallKind.WIDENING)
        client.get(path)
        counts.append(counted(lambda: client.get(path)))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES or page == "{exercise}"


@pytest.mark.parametrize("page", PAGES[2:5])
def test_two_thousand_keep_their_pages_light(call: Call, liaison: User, page: str) -> None:
    crowd(call, 2_000)
    path = page.format(work=work(call), exercise=f"/ejercicios/{call.exercise.slug}/")
    client = inside(liaison)
    client.get(path)
    assert counted(lambda: client.get(path)) <= MOST_QUERIES
    assert len(client.get(path).content) < 60_000
    assert "2,000" in client.get(path).text or "2000" in client.get(path).text
