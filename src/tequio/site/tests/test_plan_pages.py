"""The exercise's pages: what they show, how many queries they cost, and what they refuse."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.exercises.models import Exercise
from tequio.kernel.editions import attach, current
from tequio.kernel.editionstamp import drop_all
from tequio.plans.models import ActionPlan, Commitment, Finding
from tequio.plans.queries.reading import EDITION_KIND, dossier_of
from tequio.plans.workflows import publish_plan

if TYPE_CHECKING:
    from django.test import Client

AT = datetime(2026, 2, 1, 18, tzinfo=UTC)
STATE, OPEN, TOWN = "/ejercicios/edomex-2019-2021/", "/ejercicios/tonalli-2023-2025/", "/ejercicios/xochitepetl-2024/"
PAGES = (
    "",
    "plan/",
    "plan/inconsistencias/",
    "plan/inconsistencias/?tipo=missing&compromiso=1",
    "compromisos/1/",
    "compromisos/1/?evidencia=sin",
    "compromisos/1/hoja-de-ruta/",
)
TREES = ("anticorrupcion", "desarrollo-democratico", "cultura-gobierno-abierto")
MOST_QUERIES = 8
MOST_BYTES = 50_000


def read(client: Client, address: str, *, status: int = 200) -> str:
    """Return the text of a page, its tags taken away and its spaces made one."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def queries(client: Client, address: str) -> int:
    """Return how many queries a page costs while nothing is in memory."""
    dossier_of.cache_clear()
    drop_all(at=datetime.now(UTC))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("exercise", [STATE, OPEN, TOWN])
def test_a_page_is_cheap_and_light(first_pal_client: Client, exercise: str, page: str) -> None:
    assert queries(first_pal_client, exercise + page) <= MOST_QUERIES
    assert len(gzip.compress(first_pal_client.get(exercise + page).content)) <= MOST_BYTES


@pytest.mark.parametrize("page", PAGES)
def test_one_commitment_costs_the_same_queries_as_three(first_pal_client: Client, page: str) -> None:
    three = queries(first_pal_client, STATE + page)
    Commitment.objects.filter(plan__code="PAL1").exclude(number=1).delete()
    publish_plan(ActionPlan.objects.get(code="PAL1"), by=None, at=AT)
    assert queries(first_pal_client, STATE + page) == three


def test_the_list_costs_the_same_for_one_and_three_exercises(first_pal_client: Client) -> None:
    three = queries(first_pal_client, "/ejercicios/")
    assert "Tonalli" in read(first_pal_client, "/ejercicios/")
    Exercise.objects.exclude(slug="edomex-2019-2021").update(state="draft")
    assert queries(first_pal_client, "/ejercicios/") == three
    assert "Tonalli" not in read(first_pal_client, "/ejercicios/")


def test_a_draft_is_nowhere(first_pal_client: Client) -> None:
    Exercise.objects.update(state="draft")
    for page in [*PAGES, "compromisos/", "plan/pal.pdf", f"arboles/{TREES[0]}/"]:
        assert first_pal_client.get(STATE + page).status_code == 404, page


def test_a_page_sets_no_cookie(first_pal_client: Client) -> None:
    for page in PAGES:
        assert not first_pal_client.get(STATE + page).cookies, page


@pytest.mark.req("EX-12")
def test_each_phase_answers_its_five_questions(first_pal_client: Client) -> None:
    shown = read(first_pal_client, STATE)
    for question in ("¿Para qué?", "¿Qué?", "¿Cuándo?", "¿Quiénes?", "¿Cómo?", "¿Ya se hizo?"):
        assert shown.count(question) == 5, question


@pytest.mark.req("EX-05")
def test_seats_show_who_held_them_when(first_pal_client: Client) -> None:
    shown = read(first_pal_client, STATE)
    assert shown.count("Suplente · Entes públicos") == 2
    assert "Facilitación, con voz y sin voto" in shown
    assert "No consta desde qué día" in shown


def test_private_citizens_are_counted_and_not_named(first_pal_client: Client) -> None:
    for page in ("", "plan/"):
        assert "3 personas ciudadanas, sin publicar su nombre" in read(first_pal_client, STATE + page)


@pytest.mark.req("PL-12")
def test_themes_say_which_have_no_commitment_and_why(first_pal_client: Client) -> None:
    shown = read(first_pal_client, STATE)
    assert shown.count("No tiene compromiso.") == 3
    assert "Compromisos fuera de toda temática aprobada" in shown
    Exercise.objects.get(slug="edomex-2019-2021").themes.update(reason_without_commitment="")
    publish_plan(ActionPlan.objects.get(code="PAL1"), by=None, at=AT)
    assert read(first_pal_client, STATE).count("Ningún documento dice por qué.") == 3


def test_a_closed_exercise_says_it_is_over_and_an_open_one_who_answers(first_pal_client: Client) -> None:
    assert "El ejercicio ya concluyó." in read(first_pal_client, STATE)
    shown = read(first_pal_client, OPEN)
    assert "El ejercicio ya concluyó." not in shown
    assert "Quién responde" in shown


def test_an_exercise_without_plan_says_so(first_pal_client: Client) -> None:
    ActionPlan.objects.filter(code="PAL1").update(state="draft")
    assert "todavía no publica su plan" in read(first_pal_client, STATE)
    assert first_pal_client.get(STATE + "plan/").status_code == 404


def test_the_plan_has_every_chapter_and_says_which_are_empty(first_pal_client: Client) -> None:
    shown = read(first_pal_client, STATE + "plan/")
    assert "SEGUIMIENTO Y EVALUACIÓN DE LOS COMPROMISOS página 50" in shown
    assert shown.count("El documento trae solo el título de este capítulo.") == 2
    assert "Vigencia no declarada" in shown
    assert "El documento trae solo el título" not in read(first_pal_client, TOWN + "plan/")


def test_the_plan_names_its_edition(first_pal_client: Client) -> None:
    edition = current(EDITION_KIND, "PAL1")
    assert edition
    page = first_pal_client.get(STATE + "plan/").content.decode()
    assert edition.sha256[:32] in page
    assert f"{Finding.objects.filter(plan__code='PAL1').count()} lugares" in page


def test_a_file_of_an_edition_is_served_for_ever(first_pal_client: Client) -> None:
    edition = current(EDITION_KIND, "PAL1")
    assert edition
    file = attach(edition, "pal.pdf", b"%PDF-1.7", media_type="application/pdf", at=AT)
    assert "plan/pal.pdf?edicion=1" in first_pal_client.get(STATE + "plan/").content.decode()
    frozen = first_pal_client.get(STATE + "plan/pal.pdf?edicion=1")
    assert b"".join(frozen.streaming_content) == b"%PDF-1.7"
    assert "immutable" in frozen["Cache-Control"]
    asked = first_pal_client.get(STATE + "plan/pal.pdf", headers={"if-none-match": f'"{file.sha256}"'})
    assert asked.status_code == 304
    assert "immutable" not in asked["Cache-Control"]
    assert first_pal_client.get(STATE + "plan/otro.pdf").status_code == 404
    for edition_asked in ("2", "0", "uno"):
        assert first_pal_client.get(f"{STATE}plan/pal.pdf?edicion={edition_asked}").status_code == 404


def test_inconsistencies_are_filtered_and_counted(first_pal_client: Client) -> None:
    everything = Finding.objects.filter(plan__code="PAL1")
    some = everything.filter(kind="placeholder", commitment__number=3).count()
    shown = read(first_pal_client, f"{STATE}plan/inconsistencias/?tipo=placeholder&compromiso=3")
    assert f"Se muestran {some} de {everything.count()} lugares" in shown
    assert first_pal_client.get(f"{STATE}plan/inconsistencias/").content.decode().count("<b>") == everything.count()


def test_a_plan_without_inconsistencies_says_which_rules_ran(first_pal_client: Client) -> None:
    Finding.objects.all().delete()
    shown = read(first_pal_client, TOWN + "plan/inconsistencias/")
    assert "Nuestras reglas no encontraron inconsistencias" in shown
    assert "Capítulos con título y sin contenido" in shown


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("plan/inconsistencias/?tipo=otro&compromiso=1", "otro"),
        ("plan/inconsistencias/?compromiso=9", "9"),
        ("compromisos/1/?evidencia=con", "con"),
    ],
)
def test_an_unknown_filter_is_named_and_can_be_removed(first_pal_client: Client, address: str, value: str) -> None:
    assert f"no tiene la opción «{value}»" in read(first_pal_client, STATE + address, status=400)


@pytest.mark.req("DX-06")
def test_trees_are_drawn_and_the_empty_one_is_told(first_pal_client: Client) -> None:
    empty, *drawn = [read(first_pal_client, f"{STATE}arboles/{key}/") for key in TREES]
    assert "No publicado." in empty
    assert "Lo que quedó de la plantilla" in empty
    assert all("Efectos" in page and "No publicado." not in page for page in drawn)
    assert first_pal_client.get(f"{STATE}arboles/otro/").status_code == 404


def test_the_list_of_commitments_leads_to_the_exercise(first_pal_client: Client) -> None:
    assert first_pal_client.get(STATE + "compromisos/")["Location"] == STATE + "#compromisos"
