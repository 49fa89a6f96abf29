"""The pages of the consultation: what anybody reads and sends without an account, and where it is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import NOW, again

from tequio.cocreation.models import Problem, ProblemConsultation, Support
from tequio.cocreation.tests.diagnosis import (
    approved,
    inside,
    opened,
    path_of,
    proposed,
    published,
    sent,
    support_link,
)
from tequio.cocreation.workflows import group_problem, hide_problem
from tequio.kernel.editionstamp import drop_all
from tequio.kernel.models import OutboxMessage
from tequio.kernel.search import search
from tequio.kernel.searchindex import rebuild

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertMaxNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("DX-05")]
SAID = {"title": "Sin agua-zq", "text": "Tres días sin agua.", "place": "Centro", "email": "ana@example.mx"}


@pytest.fixture
def consultation(exercise: Exercise, liaison: User) -> ProblemConsultation:
    """A consultation that is open now."""
    return opened(exercise, liaison)


@pytest.fixture
def page(exercise: Exercise) -> str:
    """Where the consultation is read."""
    return f"/ejercicios/{exercise.slug}/problemas/"


@pytest.fixture
def work(exercise: Exercise) -> str:
    """Where the consultation is answered."""
    return f"/ejercicios/{exercise.slug}/trabajo/problemas/"


def shut(consultation: ProblemConsultation) -> None:
    """Let the close of a consultation be past."""
    past = timezone.now() - timedelta(hours=1)
    ProblemConsultation.objects.filter(pk=consultation.pk).update(opens_at=past - timedelta(days=1), closes_at=past)
    drop_all(at=NOW)


def test_without_an_account_from_the_form_to_the_list(
    consultation: ProblemConsultation, page: str, client: Client
) -> None:
    assert "Todavía nadie propone" in client.get(page).text
    form = client.get(f"{page}proponer/")
    assert "Sin datos personales." in form.text  # the rules, before anything is written
    assert "Sin tu consentimiento" in client.post(f"{page}proponer/", SAID).text
    answer = client.post(f"{page}proponer/", {**SAID, "consent": "on"})
    assert "Revisa tu correo" in answer.text
    same = client.post(f"{page}proponer/", {**SAID, "consent": "on"})
    assert same.text == answer.text  # nobody learns what an address sent
    assert OutboxMessage.objects.count() == 1
    link = path_of(Problem.objects.get())
    assert link in OutboxMessage.objects.get().body
    assert "Todavía nadie la ve" in client.get(link).text  # opening it confirms nothing: mail programs open links
    assert Problem.objects.get().number is None
    assert client.get(f"{page}1/").status_code == 404
    confirmed = client.post(link)
    assert "Es la propuesta 1" in confirmed.text
    drop_all(at=NOW)
    listed = client.get(page)
    assert "Sin agua-zq" in listed.text
    assert "ana@example" not in listed.text
    assert not listed.cookies
    assert "0 apoyos" in listed.text
    rebuild(at=NOW)
    assert [hit.url for hit in search("agua").hits] == [f"{page}1/"]
    assert "Retiraste tu propuesta" in client.post(link, {"withdraw": "1"}).text
    assert client.get(link).status_code == 404


def test_a_support_counts_once_its_link_is_confirmed(
    consultation: ProblemConsultation, page: str, client: Client
) -> None:
    problem = published(consultation, "ana", at=NOW)
    assert "Apoyar este problema" in client.get(f"{page}1/").text
    asked = {"email": "carla@example.mx", "consent": "on"}
    assert "Revisa tu correo" in client.post(f"{page}1/apoyar/", asked).text
    link = f"{page}mi-apoyo/{support_link(problem, 'carla')}/"
    assert "Todavía no cuenta" in client.get(link).text
    assert not Support.objects.exists()
    assert "Tu apoyo cuenta" in client.post(link).text
    assert "Tu apoyo cuenta" in client.get(link).text
    drop_all(at=NOW)
    assert "1 apoyo" in client.get(page).text
    assert "Retiraste tu apoyo" in client.post(link, {"withdraw": "1"}).text
    assert not Support.objects.exists()
    assert client.get(f"{page}mi-apoyo/1-nada.falsa/").status_code == 404
    assert client.post(f"{page}mi-apoyo/nada/").status_code == 404


def test_closed_it_takes_nothing_and_says_so(consultation: ProblemConsultation, page: str, client: Client) -> None:
    problem, waiting = published(consultation, "ana", at=NOW), sent(consultation, "beto", at=NOW)
    link = f"{page}mi-apoyo/{support_link(problem, 'carla')}/"
    shut(consultation)
    assert "Cerrada" in client.get(page).text
    assert "Apoyar este problema" not in client.get(f"{page}1/").text
    for path in ("proponer/", "1/apoyar/"):
        answer = client.post(page + path, {**SAID, "consent": "on"})
        assert (answer.status_code, "ya cerró" in answer.text) == (409, True)
    for path in (link, path_of(waiting)):
        answer = client.post(path)
        assert (answer.status_code, "La consulta cerró" in answer.text) == (409, True)


def test_before_it_opens_and_where_there_is_none(
    exercise: Exercise, liaison: User, page: str, client: Client, other_exercise: Exercise
) -> None:
    assert "no ha abierto una consulta" in client.get(page).text
    assert client.get(f"{page}proponer/").status_code == 404
    opened(exercise, liaison, opens_at=timezone.now() + timedelta(days=1))
    drop_all(at=NOW)
    assert "Próxima" in client.get(page).text
    assert "todavía no abre" in client.get(f"{page}proponer/").text
    assert client.get(f"/ejercicios/{other_exercise.slug}/problemas/1/").status_code == 404
    assert client.get("/ejercicios/no-hay/problemas/").status_code == 404


def test_filters_order_and_sheets_are_stable_and_few_queries(
    consultation: ProblemConsultation,
    liaison: User,
    page: str,
    client: Client,
    django_assert_max_num_queries: DjangoAssertMaxNumQueries,
) -> None:
    theme = approved(consultation.exercise, liaison)
    for number in range(27):
        problem = published(consultation, f"p{number}", at=NOW, title=f"Problema {number:02}")
    group_problem(problem, theme, by=again(liaison), at=NOW)
    Support.objects.create(problem=problem, address_hash="a" * 64)
    with django_assert_max_num_queries(9):
        first = client.get(page).text
    assert first.index("Problema 26") < first.index("Problema 00") < first.index("Problema 01")
    assert "Problema 26" not in client.get(f"{page}?hoja=2").text
    grouped = client.get(f"{page}?tematica={theme.key}").text
    assert ("Problema 26" in grouped, "Problema 25" in grouped) == (True, False)
    assert "Problema 26" not in client.get(f"{page}?estado=sin-respuesta").text
    latest = client.get(f"{page}?orden=recientes").text
    assert latest.index("Problema 26") < latest.index("Problema 25")
    assert "Ninguna propuesta cumple" in client.get(f"{page}?estado=ocultas").text
    for wrong in ("estado=x", "hoja=9", "orden=x", "tematica=x", "otro=1"):
        assert client.get(f"{page}?{wrong}").status_code == 400
    assert "(3 %)" in first


def test_a_hidden_text_is_read_nowhere_in_public(
    consultation: ProblemConsultation, liaison: User, page: str, client: Client, work: str
) -> None:
    problem = published(consultation, "ana", at=NOW, title="Insulto-zq", text="Cuerpo-zq", place="Sitio-zq")
    hide_problem(problem, "Señala a una persona.", by=again(liaison), at=NOW)
    rebuild(at=NOW)
    drop_all(at=NOW)
    for path in (page, f"{page}1/", f"/api/v1/problemas.csv?ejercicio={consultation.exercise.slug}"):
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        assert b"-zq" not in body
        assert "Señala a una persona.".encode() in body
    assert search("insulto").total == 0
    assert "Insulto-zq" in inside(liaison).get(f"{work}1/").text


def test_who_runs_it_opens_answers_and_closes(
    exercise: Exercise, liaison: User, page: str, work: str, client: Client
) -> None:
    staff = inside(liaison)
    assert "todavía no abre su consulta" in staff.get(work).text
    hours = {"opens_at": NOW, "closes_at": NOW + timedelta(days=9)}
    dates = {name: f"{timezone.localtime(instant):%Y-%m-%dT%H:%M}" for name, instant in hours.items()}
    told = {**dates, "words": "¿Qué falta?", "rules": "Sin insultos."}
    assert staff.post(f"{work}consulta/", {**told, "closes_at": dates["opens_at"]}).status_code == 200
    assert staff.post(f"{work}consulta/", told).status_code == 302
    consultation = ProblemConsultation.objects.get()
    now = timezone.now()
    for name in ("ana", "beto", "carla"):
        published(consultation, name, at=now)
    proposed(exercise, liaison)
    assert "Baches de ana" in staff.get(work).text
    assert staff.get(f"{work}?hoja=7").status_code == 400
    for wrong, words in (
        ({"answer": ""}, "Elige qué pasa con ella"),
        ({"answer": "agrupar"}, "Elige la temática"),
        ({"answer": "agrupar", "theme": "no-hay"}, "Elige una temática de la lista"),
        ({"answer": "unir"}, "Escribe el número"),
        ({"answer": "unir", "into": "9"}, "No hay otra propuesta"),
        ({"answer": "no-tomar"}, "Escribe el motivo"),
        ({"answer": "ocultar", "reason": " "}, "Escribe el motivo"),
        ({"answer": "reabrir"}, "Elige una de las opciones"),
    ):
        answer = staff.post(f"{work}1/", wrong)
        assert (answer.status_code, words in answer.text) == (200, True), wrong
    assert staff.post(f"{work}1/", {"answer": "agrupar", "theme": "movilidad"}).status_code == 302
    assert staff.post(f"{work}2/", {"answer": "unir", "into": "1"}).status_code == 302
    assert staff.post(f"{work}3/", {"answer": "ocultar", "reason": "Un nombre"}).status_code == 302
    assert staff.post(f"{work}3/", {"answer": "reabrir"}).status_code == 302
    assert "todavía no aprueba" in client.get(f"{page}1/").text  # the theme is only proposed: it is not named
    assert "Movilidad" not in client.get(f"{page}1/").text
    assert "(66 %)" in client.get(page).text
    assert staff.post(f"{work}cerrar/", {"reason": ""}).status_code == 200
    assert staff.post(f"{work}cerrar/", {"reason": "Hubo sismo"}).status_code == 302
    assert staff.get(f"{work}consulta/").status_code == 302
    assert staff.get(f"{work}cerrar/").status_code == 302


def test_others_find_no_such_page(
    consultation: ProblemConsultation, cast: dict[str, User], work: str, client: Client
) -> None:
    assert client.get(work).status_code == 302
    for part, status in {"stranger": 403, "representative": 403, "other_liaison": 404, "far_staff": 404}.items():
        for path in ("", "consulta/", "cerrar/", "1/"):
            assert inside(cast[part]).get(work + path).status_code == status
    assert inside(cast["guarantor_staff"]).get(f"{work}99/").status_code == 404
