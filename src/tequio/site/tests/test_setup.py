"""The steps by which a municipality sets up its exercise: as they stand, skipped and resumed, dated, and for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOW, again, sign

from tequio.exercises.enums import SetupStep
from tequio.exercises.models import Exercise, SkippedStep
from tequio.exercises.queries import timetable
from tequio.exercises.queries.setup import SATURDAY
from tequio.exercises.workflows import open_exercise, skip_step
from tequio.governance.enums import BodyKind
from tequio.governance.forms.bodies import MechanismForm, ProgrammeForm
from tequio.governance.models import Body
from tequio.governance.queries.model_texts import model_programme, model_year
from tequio.governance.tests.bodies import secretariat
from tequio.governance.tests.voters import members
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused
from tequio.site.queries.setup import exercise_to_set_up, setup_steps

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from pytest_django import DjangoAssertNumQueries
    from tests.cast import Land

    from tequio.accounts.models import Jurisdiction, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-02")]
TODAY = day_of(NOW)
FAR = TODAY + timedelta(days=90)


def entered(person: User) -> Client:
    """Return a browser in which a person has entered."""
    client = Client()
    client.force_login(person)
    return client


def done(place: Jurisdiction) -> list[SetupStep]:
    """Return the steps of a place that are done."""
    return [each.step for each in setup_steps(place, exercise_to_set_up(place, TODAY), TODAY) if each.is_done]


@pytest.fixture
def draft(liaison: User, land: Land) -> Exercise:
    """The first municipality's exercise, just opened."""
    at = {"by": again(liaison), "at": NOW}
    return open_exercise(land.town, name="Ejercicio nuestro", first_year=2031, last_year=2032, **at)


def test_nothing_is_done_before_there_is_an_exercise(land: Land, liaison: User) -> None:
    steps = setup_steps(land.town, None, TODAY)
    assert {tuple(each.lacks) for each in steps} == {("Falta abrir el ejercicio.",)}
    assert {each.address for each in steps} == {f"/abrir-ejercicio/?lugar={land.town.slug}"}
    page = entered(liaison).get(f"/municipios/{land.town.slug}/alta/").content.decode()
    assert "0 de 7 pasos hechos" in page
    assert "Sigue: municipio y contacto" in page


def test_each_step_is_done_once_its_rows_say_so(draft: Exercise, land: Land, liaison: User) -> None:
    assert done(land.town) == [SetupStep.PLACE]
    sign(draft, by=again(liaison))
    assert done(land.town) == [SetupStep.PLACE, SetupStep.DECLARATION]
    members(draft, 3)
    members(draft, 1, sector="public_bodies")
    election = setup_steps(land.town, draft, TODAY)[3]
    assert election.lacks == [
        "Falta que la sociedad civil elija a quien la representa: con una elección aquí o en una reunión con acta."
    ]
    assert election.address == f"/ejercicios/{draft.slug}/trabajo/elecciones/"
    secretariat(draft, liaison)
    assert done(land.town) == [SetupStep.PLACE, SetupStep.DECLARATION, SetupStep.ELECTION]


def test_a_step_leads_to_where_what_it_lacks_is_done(draft: Exercise, land: Land) -> None:
    election = setup_steps(land.town, draft, TODAY)[3]
    assert election.lacks[0].startswith("Falta inscribir")
    assert election.address == f"/ejercicios/{draft.slug}/convocatorias/"


def test_a_step_is_skipped_with_its_reason_and_taken_up_again(draft: Exercise, land: Land, liaison: User) -> None:
    client, wizard = entered(liaison), f"/municipios/{land.town.slug}/alta/"
    skipping = f"/ejercicios/{draft.slug}/trabajo/alta/{SetupStep.CALL}/saltar/"
    assert client.post(skipping, {"reason": ""}).status_code == 200
    assert not SkippedStep.objects.exists()
    assert client.post(skipping, {"reason": "Se publicó en papel"})["Location"] == wizard
    assert "Saltado: Se publicó en papel" in client.get(wizard).content.decode()
    client.post(skipping, {"resume": "1"})
    assert not SkippedStep.objects.exists()


def test_steps_that_were_skipped_are_not_called_done(draft: Exercise, land: Land, liaison: User) -> None:
    sign(draft, by=again(liaison))
    for step in (SetupStep.CALL, SetupStep.ELECTION, SetupStep.SECRETARIAT, SetupStep.RULES):
        skip_step(draft, step, reason="En papel", by=again(liaison), at=NOW)
    page = entered(liaison).get(f"/municipios/{land.town.slug}/alta/").content.decode()
    assert "3 de 7 pasos hechos. Lo que falta está saltado" in page
    assert "Lo que sigue" not in page


@pytest.mark.parametrize("step", [SetupStep.PLACE, SetupStep.DECLARATION, SetupStep.PUBLIC_PAGE])
def test_what_an_exercise_cannot_be_without_is_not_skipped(draft: Exercise, liaison: User, step: SetupStep) -> None:
    with pytest.raises(Refused, match="no se salta"):
        skip_step(draft, step, reason="No", by=again(liaison), at=NOW)


def test_a_stranger_and_a_visitor_skip_nothing(draft: Exercise, stranger: User, visitor: AnonymousUser) -> None:
    for person in (stranger, visitor):
        with pytest.raises(Refused, match="no puede saltar"):
            skip_step(draft, SetupStep.CALL, reason="No", by=person, at=NOW)


def test_who_opens_the_steps(
    draft: Exercise, land: Land, stranger: User, other_liaison: User, far_staff: User, guarantor_staff: User
) -> None:
    wizard = f"/municipios/{land.town.slug}/alta/"
    assert entered(stranger).get(wizard).status_code == 403
    assert entered(other_liaison).get(wizard).status_code == 404
    assert entered(far_staff).get(wizard).status_code == 404
    assert entered(guarantor_staff).get(wizard).status_code == 200
    assert Client().get(wizard)["Location"].startswith("/entrar/")


@given(st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_the_timetable_is_in_order_on_working_days_and_ends_when_asked(day: date) -> None:
    days = [moment.day for moment in timetable(day)]
    assert days == sorted(days)
    assert all(each.weekday() < SATURDAY for each in days)
    assert days[-1] == day or (days[-1].weekday() == SATURDAY - 1 and 0 < (day - days[-1]).days <= 2)


def test_the_days_are_dated_back_from_the_installation(draft: Exercise, land: Land, liaison: User) -> None:
    client, page = entered(liaison), f"/ejercicios/{draft.slug}/trabajo/alta/fechas/"
    soon = client.post(page, {"installs_on": (TODAY + timedelta(days=5)).isoformat()})
    assert "Elige una fecha más lejana" in soon.content.decode()
    assert client.get(f"{page}?installs_on=ayer").status_code == 200
    assert client.post(page, {"installs_on": FAR.isoformat()})["Location"] == f"/municipios/{land.town.slug}/alta/"


def test_the_model_rules_and_agenda_are_accepted_as_they_come(draft: Exercise, liaison: User) -> None:
    sign(draft, by=again(liaison))
    body = secretariat(draft, liaison).body
    client, page = entered(liaison), f"/ejercicios/{draft.slug}/organos/secretariado/"
    for name, form in (("mecanismo", MechanismForm(body)), ("agenda", ProgrammeForm())):
        shown = client.get(f"{page}{name}/").context["form"]
        sent = {key: shown[key].value() if shown[key].value() is not None else "" for key in form.fields}
        sent = {key: value for key, value in sent.items() if value is not False}
        assert client.post(f"{page}{name}/", sent).status_code == 302
    assert "Hay quórum cuando está presente más de la mitad" in body.mechanisms.get().text
    assert body.programmes.get().items.count() == 8


@given(st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_the_model_agenda_fits_its_year_on_working_days(day: date) -> None:
    days = [when for when, _ in model_programme(Body(kind=BodyKind.SECRETARIAT), day)]
    assert days == sorted(set(days))
    assert {each.year for each in days} == {model_year(day)}
    assert all(each > day and each.weekday() < SATURDAY for each in days)


def test_skipped_steps_and_signatories_cost_no_more_questions(
    draft: Exercise, land: Land, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, wizard = entered(liaison), f"/municipios/{land.town.slug}/alta/"
    skipped = [SetupStep.CALL, SetupStep.ELECTION, SetupStep.SECRETARIAT]
    skip_step(draft, skipped[0], reason="En papel", by=again(liaison), at=NOW)
    with CaptureQueriesContext(connection) as one:
        client.get(wizard)
    for step in skipped[1:]:
        skip_step(draft, step, reason="En papel", by=again(liaison), at=NOW)
    with django_assert_max_num_queries(len(one)):
        assert client.get(wizard).content.decode().count("Saltado: En papel") == len(skipped)
