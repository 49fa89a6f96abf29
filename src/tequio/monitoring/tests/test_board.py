"""The dashboard says what the filters leave, with its denominator, in few queries whatever there is to show."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree
from icalendar import Calendar
from tests.volume import DAY

from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise
from tequio.monitoring.models import CommitmentStanding
from tequio.monitoring.queries.board import board, counted
from tequio.monitoring.queries.narrowing import Narrowing, choices

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CLOSED = Narrowing(exercise="edomex-2019-2021")
RUNNING = Narrowing(exercise="tonalli-2023-2025")
HEAVIEST_EMBED = 30_000
HEAVIEST_IMAGE = 60_000


@pytest.mark.req("MO-01")
def test_a_closed_plan_without_evidence_says_so_and_never_runs_late(first_pal: None) -> None:
    summary = counted(CLOSED, viewer=None, today=DAY)
    assert summary.finding == "0 de 3 compromisos completos con evidencia validada"
    assert summary.also == ("no consta evidencia en 3 de 3 compromisos ya concluidos",)
    assert summary.cut == "el documento no declara corte"
    assert (summary.late, summary.running) == (0, 0)
    entries = board(CLOSED, sheet=1, viewer=None, today=DAY).entries
    assert [entry.code for entry in entries] == ["PAL1-01", "PAL1-02", "PAL1-03"]
    assert {entry.lateness for entry in entries} == {""}
    assert {entry.evidence_says for entry in entries} == {"No consta"}


@pytest.mark.req("MO-01")
def test_lateness_of_a_running_plan_is_computed_from_the_day_it_is_asked(first_pal: None) -> None:
    due = CommitmentStanding.objects.get(commitment__code="TON1-01").next_due_on
    assert due is not None
    for day, said in ((due, ""), (due + dt.timedelta(days=1), "Atrasada (1 día)")):
        entries = board(RUNNING, sheet=1, viewer=None, today=day).entries
        assert entries[0].lateness == said
    late = Narrowing(exercise="tonalli-2023-2025", late=True)
    before = dt.date(2023, 1, 1)
    assert counted(late, viewer=None, today=before).total == 0
    assert counted(late, viewer=None, today=DAY).total == counted(RUNNING, viewer=None, today=DAY).late == 4


def test_the_level_that_is_counted_is_said(first_pal: None) -> None:
    summary = counted(CLOSED, viewer=None, today=DAY)
    assert "tabla" in summary.counted
    assert (summary.activities, summary.blank) == (6, 3)


def test_each_choice_of_each_filter_leaves_something_and_the_counts_are_its_own(first_pal: None) -> None:
    whole = counted(Narrowing(), viewer=None, today=DAY).total
    offered = choices(None)
    for field, options in (
        ("institution", offered.institutions),
        ("theme", offered.themes),
        ("goal", offered.goals),
        ("place", offered.places),
        ("exercise", offered.exercises),
    ):
        totals = [counted(Narrowing(**{field: each.value}), viewer=None, today=DAY).total for each in options]
        assert totals, field
        assert all(0 < total < whole for total in totals), field
        if field in {"institution", "place", "exercise"}:
            assert sum(totals) == whole


def test_a_draft_is_nowhere(first_pal_client: Client) -> None:
    Exercise.objects.filter(slug="tonalli-2023-2025").update(state=ExerciseState.DRAFT)
    assert "TON1" not in first_pal_client.get("/tablero/").content.decode()
    assert first_pal_client.get("/tablero/?ejercicio=tonalli-2023-2025").status_code == 400
    gone = ("ejercicios/tonalli-2023-2025/atom.xml", "embed/compromisos/TON1-01/", "og/TON1-01.png")
    assert [first_pal_client.get(f"/{path}").status_code for path in gone] == [404, 404, 404]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("estado=nada", "no tiene la opción «nada»"),
        ("color=rojo", "no existe el filtro «color»"),
        ("hoja=0", "no es un número de hoja"),
        ("hoja=9", "la hoja 9 no existe"),
        ("hoja=99999999999999999999", "no es un número de hoja"),
        ("institucion=%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_understood_is_told_with_a_way_out(first_pal_client: Client, query: str, said: str) -> None:
    answer = first_pal_client.get(f"/tablero/?{query}&ods=16")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert said.lower() in text.lower()
    assert 'href="/tablero/?ods=16"' in text
    assert "<script>" not in text


def test_what_networks_add_to_a_link_does_not_break_it(first_pal_client: Client) -> None:
    assert first_pal_client.get("/tablero/?fbclid=abc&utm_source=x&atajos=no").status_code == 200


def test_an_active_filter_is_a_link_that_takes_it_away(first_pal_client: Client) -> None:
    text = first_pal_client.get("/tablero/?lugar=tonalli&atraso=si&vista=tabla").content.decode()
    assert 'href="/tablero/?atraso=si&amp;vista=tabla"' in text
    codes = "TON1-01,TON1-02,TON1-03,TON1-04"
    assert f'href="/api/v1/compromisos.csv?codigo__en={codes}"' in text
    assert first_pal_client.get(f"/api/v1/compromisos.csv?codigo__en={codes}").status_code == 200
    empty = first_pal_client.get("/tablero/?lugar=edomex&atraso=si").content.decode()
    assert "Ningún compromiso es así" in empty


def test_news_are_atom_with_lasting_identities(first_pal_client: Client) -> None:
    for path in ("/tablero/", "/ejercicios/tonalli-2023-2025/", "/ejercicios/tonalli-2023-2025/compromisos/1/"):
        feed = ElementTree.fromstring(first_pal_client.get(f"{path}atom.xml").content)
        identities = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(identities) == len(set(identities)) > 5
        days = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.iter(f"{ATOM}entry")]
        assert days == sorted(days, reverse=True)


@pytest.mark.usefixtures("plain_static_files")
def test_an_exercise_without_a_plan_tells_its_own_acts(client: Client, exercise: Exercise) -> None:
    page = client.get(exercise.get_absolute_url()).content.decode()
    address = f"{exercise.get_absolute_url()}atom.xml"
    assert f'href="{address}"' in page
    (entry,) = ElementTree.fromstring(client.get(address).content).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Se firmó la declaración conjunta"
    assert client.get("/ejercicios/ninguno/atom.xml").status_code == 404


def test_deadlines_are_a_calendar_of_whole_days(first_pal_client: Client) -> None:
    made = Calendar.from_ical(first_pal_client.get("/tablero/plazos.ics?ejercicio=edomex-2019-2021").content.decode())
    starts = {str(event["uid"]).split("/")[0]: event.decoded("dtstart") for event in made.walk("vevent")}
    assert starts["PAL1-02-A1"] == dt.date(2021, 4, 30)
    assert "PAL1-02-A3" not in starts


def test_what_is_embedded_may_be_framed_and_nothing_else_may(first_pal_client: Client) -> None:
    for path in ("/embed/tablero/?lugar=tonalli", "/embed/compromisos/ton1-02/"):
        answer = first_pal_client.get(path)
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert not answer.has_header("X-Frame-Options")
        assert not answer.cookies
        assert len(answer.content) <= HEAVIEST_EMBED
        assert "Abrir completo" in answer.content.decode()
    assert "frame-ancestors 'none'" in first_pal_client.get("/tablero/")["Content-Security-Policy"]


def test_images_for_chats_are_light(first_pal_client: Client) -> None:
    for path in ("/og/tablero.png", "/og/PAL1-02.png"):
        answer = first_pal_client.get(path)
        assert answer["Content-Type"] == "image/png"
        assert len(answer.content) <= HEAVIEST_IMAGE
