"""The overview of the guarantor's staff: every figure comes from verbs and agrees with an independent count."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOW, Land, again, sign

from tequio.accounts.enums import JurisdictionKind
from tequio.accounts.models import Jurisdiction
from tequio.exercises.enums import CallReason, ContactKind, ExerciseState, MethodKind, PhaseState
from tequio.exercises.models import Exercise, Method, MethodPhase
from tequio.exercises.queries import DECLARATION
from tequio.exercises.queries.accompaniment import followed
from tequio.exercises.queries.standing import Standing, Step
from tequio.exercises.workflows import (
    Told,
    ask_for_help,
    assign_companion,
    finish_phase,
    log_contact,
    open_exercise,
    plan_phase,
    set_quiet_days,
    settle_next_step,
)
from tequio.kernel.clock import day_of
from tequio.kernel.exports import BOM
from tequio.site.queries.overview import Wanted, overview

if TYPE_CHECKING:
    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-10", "EX-14")]
TODAY = day_of(NOW)
MOST_QUERIES = 9  # 8, and 1 for the list
STEPS = ("Arranque del ejercicio", "Sensibilización", "Integración del secretariado")


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def town(land: Land, number: int) -> Jurisdiction:
    kind = JurisdictionKind.MUNICIPALITY
    return Jurisdiction.objects.create(
        kind=kind, code=f"91{number:03}", name=f"Bruma del Río {number}", slug=f"rio-{number}", parent=land.state,
        tile_column=number % 16, tile_row=number // 16,
    )  # fmt: skip


def opened(place: Jurisdiction, by: User) -> Exercise:
    year = NOW.year
    return open_exercise(place, name=f"Ejercicio de {place}", first_year=year, last_year=year, by=by, at=NOW)


def guided(land: Land) -> None:
    """Write the methods of the land: three steps for its municipalities, and for the state itself."""
    for kind in JurisdictionKind:
        facts = {"kind": MethodKind.GUIDE, "state": land.state, "applies_to": kind}
        method = Method.objects.create(key=f"guia-{kind}", name=f"Guía {kind}", **facts)
        for order, name in enumerate(STEPS, 1):
            asked = [DECLARATION] if order == 1 else []
            MethodPhase.objects.create(method=method, order=order, name=name, requisites=asked)


def under_way(place: Jurisdiction, by: User, step: int, *, late: int = 0) -> Exercise:
    """Start an exercise and take it to a step, which should have ended some days ago if it is late."""
    exercise = opened(place, by)
    sign(exercise, by=again(by))
    for order in range(1, step):
        finish_phase(exercise.phases.standing().get(order=order), by=again(by), at=NOW)
    planned(exercise, by, step, late)
    exercise.refresh_from_db()
    return exercise


def planned(exercise: Exercise, by: User, step: int, late: int) -> None:
    for phase in exercise.phases.standing().filter(order__gte=step):
        due = TODAY - timedelta(days=late) if late and phase.order == step else TODAY + timedelta(days=30 * phase.order)
        plan_phase(phase, starts_on=due - timedelta(days=30), ends_on=due, by=again(by), at=NOW)


def told(days_ago: int, kind: ContactKind = ContactKind.CALL, step_in: int | None = None) -> Told:
    held = TODAY - timedelta(days=days_ago)
    step = {"next_step": "Enviar modelos", "next_step_on": held + timedelta(days=step_in)} if step_in else {}
    return Told(kind=kind, held_on=held, with_whom="Secretaría", agreed="Nada nuevo.", **step)


@pytest.fixture
def at_work(land: Land, guarantor_staff: User, liaison: User) -> Land:
    """Six municipalities, each in its own case, and the exercise of the state."""
    guided(land)
    towns = [town(land, number) for number in (10, 11, 12, 13)]
    staff = guarantor_staff
    under_way(land.town, staff, 2)
    log_contact(land.town, told(2, ContactKind.TRAINING), by=staff, at=NOW)
    log_contact(land.town, told(1, ContactKind.TRAINING), by=staff, at=NOW)
    ask_for_help(land.town, about="¿Quién firma?", by=liaison, at=NOW)
    opened(land.other_town, staff)
    overdue = log_contact(land.other_town, told(9, step_in=5), by=staff, at=NOW)
    settled = log_contact(land.other_town, told(9, ContactKind.VISIT, step_in=2), by=staff, at=NOW)
    settle_next_step(settled, outcome="Se hizo.", by=staff, at=NOW)
    assert overdue.next_step_on == TODAY - timedelta(days=4)
    under_way(towns[0], staff, 3, late=12)
    log_contact(towns[0], told(1), by=staff, at=NOW)
    assign_companion(towns[0], staff, by=staff, at=NOW)
    under_way(towns[1], staff, 3)
    log_contact(towns[1], told(31), by=staff, at=NOW)
    under_way(towns[2], staff, 1)
    under_way(land.state, staff, 1, late=3)
    return land


def test_each_figure_is_what_the_verbs_made(at_work: Land, guarantor_staff: User) -> None:
    whole = overview(again(guarantor_staff), TODAY)
    assert (whole.total, whole.alive, whole.late, whole.accompanied, whole.trainings) == (6, 5, 1, 1, 1)
    assert dict(whole.steps) == {
        "Sin ejercicio": 1,
        f"1. {STEPS[0]}": 2,  # one of them has not signed its declaration, which is this step
        f"2. {STEPS[1]}": 1,
        f"3. {STEPS[2]}": 2,
        "Todos sus pasos hechos, sin concluir": 0,
        "En preparación, sin método": 0,
        "En curso, sin paso señalado": 0,
        "Concluido": 0,
    }
    assert sum(count for _, count in whole.steps) == whole.total
    reasons = {CallReason.HELP: 1, CallReason.OVERDUE: 1, CallReason.LATE: 1, CallReason.QUIET: 2}
    assert dict(whole.reasons) == reasons
    assert {name: count for _, name, count in whole.companions} == {guarantor_staff.email: 1, "Nadie": 5}
    [state] = whole.states
    assert state.standing
    assert (state.standing.where, state.late) == (f"1. {STEPS[0]}", "Paso 1 atrasado 3 días")


def test_whom_to_call_follows_the_rule_on_the_page(at_work: Land, guarantor_staff: User) -> None:
    calls = overview(again(guarantor_staff), TODAY).calls
    assert [(row.name, row.reason and row.reason.said) for row in calls] == [
        ("Niebla 1", "Pidió ayuda hoy"),
        ("Niebla 2", "Su siguiente paso venció hace 4 días"),
        ("Bruma del Río 10", "Paso 3 atrasado 12 días"),
        ("Bruma del Río 12", "Todavía sin ningún contacto"),
        ("Bruma del Río 11", "Sin contacto desde hace 31 días"),
    ]


def test_the_rule_of_silence_is_the_states(at_work: Land, guarantor_staff: User) -> None:
    set_quiet_days(at_work.state, 31, by=guarantor_staff, at=NOW)
    quiet = Wanted(reason=CallReason.QUIET)
    assert [row.name for row in overview(again(guarantor_staff), TODAY).kept(quiet)] == ["Bruma del Río 12"]
    set_quiet_days(at_work.state, 1, by=guarantor_staff, at=NOW)
    assert len(overview(again(guarantor_staff), TODAY).kept(quiet)) == 3


def test_the_page_says_it_with_its_denominators(at_work: Land, guarantor_staff: User) -> None:
    page = inside(guarantor_staff).get("/garante/").text
    plain = " ".join(page.split())
    for said in ("5 de 6 municipios esperan una llamada", "2 de 6", "¿Quién firma?", "30 días (", "Paso 1 atrasado 3"):
        assert said in plain
    assert 'aria-label="En qué va cada municipio de Bruma 91"' in page
    assert "Bruma del Río 10: 3. Integración del secretariado. Paso 3 atrasado 12 días" in page
    assert page.count("h14v14z") == 1


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?q=rio 10", ["Bruma del Río 10"]),
        ("?paso=3-integracion-del-secretariado", ["Bruma del Río 10", "Bruma del Río 11"]),
        ("?motivo=atraso", ["Bruma del Río 10"]),
        ("?motivo=ayuda", ["Niebla 1"]),
        ("?acompana=garante", ["Bruma del Río 10"]),
        ("?paso=sin-ejercicio&orden=nombre", ["Bruma del Río 13"]),
        ("?paso=concluido", []),
        ("?acompana=nadie&motivo=silencio&orden=nombre", ["Bruma del Río 11", "Bruma del Río 12"]),
    ],
)
def test_page_and_file_show_the_same_rows(asked: str, names: list[str], at_work: Land, guarantor_staff: User) -> None:
    client = inside(guarantor_staff)
    answer = client.get(f"/garante/municipios.csv{asked}")
    rows = list(csv.DictReader(io.StringIO(answer.content.removeprefix(BOM).decode())))
    assert [row["municipio"] for row in rows] == names
    page = client.get(f"/garante/{asked}").text
    listed = page.partition('id="lista"')[2].partition("<tbody>")[2]
    assert [name for name in sorted(names) if f">{name}</a></th>" in listed] == sorted(names)
    assert listed.count("<tr>") == len(names)
    assert ("Ningún municipio es así." in page) == (not names)
    assert "no-store" in answer["Cache-Control"]


def test_the_file_has_dates_and_no_formula(at_work: Land, guarantor_staff: User, liaison: User) -> None:
    log_contact(at_work.town, told(0, step_in=3), by=guarantor_staff, at=NOW)
    Exercise.objects.filter(jurisdiction=at_work.town).update(name="=1+1")
    text = inside(guarantor_staff).get("/garante/municipios.csv?motivo=ayuda").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["ejercicio"], row["ultimo_contacto"]) == ("'=1+1", TODAY.isoformat())
    assert row["siguiente_paso_fecha"] == (TODAY + timedelta(days=3)).isoformat()
    assert (row["capacitaciones"], row["pasos_hechos"], row["pasos"]) == ("2", "1", "3")
    assert (row["enlace_municipal"], row["ayuda_pedida"]) == (liaison.email, "¿Quién firma?")


def test_staff_find_those_they_accompany(at_work: Land, guarantor_staff: User) -> None:
    page = inside(guarantor_staff).get("/garante/").text
    assert f'href="/garante/?acompana={guarantor_staff.username}#lista">Los que acompaño (1)' in page


@pytest.mark.parametrize("asked", ["?paso=nada", "?motivo=x", "?acompana=stranger", "?orden=x", "?otra=1"])
def test_an_address_that_means_nothing_is_explained(asked: str, land: Land, guarantor_staff: User) -> None:
    for path in ("/garante/", "/garante/municipios.csv"):
        assert inside(guarantor_staff).get(path + asked).status_code == 400


def test_only_the_staff_see_it_and_each_their_state(cast: dict[str, User], at_work: Land) -> None:
    for path in ("/garante/", "/garante/municipios.csv"):
        codes = {part: inside(person).get(path).status_code for part, person in cast.items()}
        assert {part for part, code in codes.items() if code == 200} == {"guarantor_staff", "far_staff"}
        assert Client().get(path).status_code == 302
        assert "Niebla 1" in inside(cast["guarantor_staff"]).get(path).content.decode()
        assert "Bruma del Río" not in inside(cast["far_staff"]).get(path).content.decode()


def test_a_land_without_municipalities_says_why(guarantor_staff: User, land: Land) -> None:
    Jurisdiction.objects.filter(parent=land.state).update(valid_to=TODAY)
    assert "no tiene municipios cargados" in inside(guarantor_staff).get("/garante/").text


def test_of_several_exercises_the_living_one_counts(land: Land, guarantor_staff: User) -> None:
    year = NOW.year
    for first, state in ((year - 4, ExerciseState.CLOSED), (year - 2, ExerciseState.OPEN), (year, ExerciseState.DRAFT)):
        made = open_exercise(land.town, name=str(first), first_year=first, last_year=first, by=guarantor_staff, at=NOW)
        Exercise.objects.filter(pk=made.pk).update(state=state)

    def counted() -> str:
        standing = followed(again(guarantor_staff), TODAY, land.town.slug)[0].standing
        return standing.name if standing else ""

    assert counted() == str(year - 2)
    Exercise.objects.filter(state=ExerciseState.OPEN).update(state=ExerciseState.CLOSED)
    assert counted() == str(year)
    Exercise.objects.filter(state=ExerciseState.DRAFT).delete()
    assert counted() == str(year - 2)


def test_125_exercises_are_asked_as_one_is(land: Land, guarantor_staff: User) -> None:
    Jurisdiction.objects.filter(parent=land.state).update(valid_to=TODAY)
    guided(land)
    client, counts = inside(guarantor_staff), []
    under_way(land.state, guarantor_staff, 1)
    under_way(town(land, 10), guarantor_staff, 2, late=3)
    made = 1
    for many in (1, 3, 125):
        for number in range(made, many):
            place = town(land, number + 10)
            planned(opened(place, guarantor_staff), guarantor_staff, 1, number % 5)
            log_contact(place, told(number % 40, step_in=number % 4), by=guarantor_staff, at=NOW)
        made = many
        for path in ("/garante/", "/garante/municipios.csv"):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            counts.append(len(asked))
            assert answer.status_code == 200
    assert len(set(counts)) == 1
    assert counts[0] <= MOST_QUERIES
    page = client.get("/garante/?hoja=2").text
    others = 2 + len(STEPS) + 5  # the heads of two tables, and the rows of the first
    assert ("125 de 125 municipios, al" in page, "hoja 2 de 5" in page) == (True, True)
    assert page.count("<tr><th") == 25 + others
    assert client.get("/garante/?vista=todo").text.count("<tr><th") == 125 + others
    assert client.get("/garante/?hoja=6").status_code == 400


def test_a_step_is_shown_also_where_nobody_stands(land: Land, guarantor_staff: User) -> None:
    guided(land)
    assert [name for name, _ in overview(again(guarantor_staff), TODAY).steps][1:4] == [
        f"{order}. {name}" for order, name in enumerate(STEPS, 1)
    ]


def test_an_exercise_whose_steps_are_all_done_says_so(land: Land, guarantor_staff: User) -> None:
    guided(land)
    exercise = under_way(land.town, guarantor_staff, 3)
    finish_phase(exercise.phases.standing().get(order=3), by=again(guarantor_staff), at=NOW)
    [row] = followed(again(guarantor_staff), TODAY, land.town.slug)
    assert row.where == "Todos sus pasos hechos, sin concluir"
    assert dict(overview(again(guarantor_staff), TODAY).steps)[row.where] == 1


STEP = st.builds(
    Step,
    order=st.integers(1, 6),
    name=st.just("Paso"),
    state=st.sampled_from([str(state) for state in PhaseState]),
    ends_on=st.none() | st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days)),
)


@given(steps=st.lists(STEP, max_size=6), state=st.sampled_from(list(ExerciseState)))
def test_late_is_never_what_ended_or_has_time(steps: list[Step], state: ExerciseState) -> None:
    late = Standing("x", "X", state, steps).late(TODAY)
    due = [step for step in steps if step.state in {"current", "pending"} and step.ends_on and step.ends_on < TODAY]
    if state == ExerciseState.CLOSED or not due:
        assert late is None
    else:
        assert late
        assert late[1] == max((TODAY - step.ends_on).days for step in due if step.ends_on)
        assert late[0] in due
