"""A table's commitment becomes one of the plan, by its three verdicts, with the institution that answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Land, again

from tequio.cocreation.enums import Judgement
from tequio.cocreation.models import ProblemNode, Table
from tequio.cocreation.queries.origins import origin_of
from tequio.cocreation.tests.diagnosis import inside
from tequio.cocreation.tests.kits import plant
from tequio.cocreation.tests.reviews import closed_table, judged
from tequio.kernel.duties import owed_by
from tequio.kernel.refusal import Refused
from tequio.plans.enums import CommitmentKind, PlanKind, PlanState
from tequio.plans.models import ActionPlan, Commitment
from tequio.plans.workflows import Definition, define_commitment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-08")]
PROMISE = "Publicar cada semana cuánta basura se recoge."


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """A table that closed with a commitment."""
    return closed_table(exercise, liaison)


def defined(table: Table, by: User | AnonymousUser, land: Land, **other: object) -> Commitment:
    """Define a table's commitment as the next request would."""
    plain = {"name": "Basura a la vista", "promise": PROMISE, "responsible": land.group}
    return define_commitment(Table.objects.get(pk=table.pk), Definition(**{**plain, **other}), by=by, at=NOW)


def test_it_enters_a_draft_plan_that_nobody_else_sees(table: Table, liaison: User, land: Land) -> None:
    judged(table, liaison)
    made = defined(table, again(liaison), land, others=(land.guarantor, land.group), counterpart="Vecinas de la Niebla")
    plan = made.plan
    assert (plan.state, plan.kind, plan.document) == (PlanState.DRAFT, PlanKind.PAM, None)
    assert made.code == f"{plan.code}-01"
    assert (made.kind, made.table, made.theme) == (CommitmentKind.COCREATED, table, table.theme)
    assert made.proposal_text == "Publicar cada mes cuánta basura se recoge."
    assert [actor.text for actor in made.other_actors.all()] == [land.guarantor.name, "Vecinas de la Niebla"]
    assert not ActionPlan.objects.visible_to(None).exists()
    assert not Commitment.objects.visible_to(None).exists()
    with pytest.raises(Refused, match="ya se definió"):
        defined(table, again(liaison), land)


def test_it_waits_for_its_verdicts(table: Table, liaison: User, land: Land) -> None:
    with pytest.raises(Refused, match="Falta el dictamen"):
        defined(table, again(liaison), land)
    judged(table, liaison, legal=Judgement.NOT_VIABLE)
    with pytest.raises(Refused, match="No es viable por: Viabilidad jurídica"):
        defined(table, again(liaison), land)
    assert not ActionPlan.objects.exists()


def test_nobody_else_defines_it(
    table: Table, liaison: User, stranger: User, other_liaison: User, visitor: AnonymousUser, land: Land
) -> None:
    judged(table, liaison)
    for who in (stranger, other_liaison, visitor):
        with pytest.raises(Refused, match="no define compromisos"):
            defined(table, who, land)


@pytest.mark.parametrize(
    ("told", "why"),
    [({"name": " "}, "Escribe el nombre"), ({"promise": ""}, "Escribe el nombre"), ({"name": "x" * 301}, "300 letras")],
)
def test_an_empty_or_endless_definition_is_refused(
    table: Table, liaison: User, land: Land, told: dict[str, str], why: str
) -> None:
    judged(table, liaison)
    with pytest.raises(Refused, match=why):
        defined(table, again(liaison), land, **told)
    assert Table.objects.get(pk=table.pk).defined_at is None


def test_where_it_comes_from_is_told_by_cause(table: Table) -> None:
    plant(table)
    cause = ProblemNode.objects.get(kind="cause")
    small = table.small_tables.get(number=1)
    small.sheet["alternatives"][0]["causes"] = [cause.pk]
    small.save()
    origin = origin_of(table, table.closed_texts.get())
    assert {text: [one.text for one in each] for text, each in origin.causes.items()} == {
        cause.text: ["Un calendario a la vista"]
    }
    assert origin.others == []


def test_the_duty_to_define_comes_with_the_last_verdict_and_goes(table: Table, liaison: User, land: Land) -> None:
    def told() -> list[str]:
        return [duty.verb for duty in owed_by(again(liaison), NOW).duties if duty.key.startswith("plans.define")]

    assert told() == []
    judged(table, liaison)
    assert told() == ["Define"]
    defined(table, again(liaison), land)
    assert told() == []


@pytest.mark.usefixtures("plain_static_files", "notices")
def test_anybody_reads_the_whole_way(
    table: Table, exercise: Exercise, liaison: User, land: Land, client: Client
) -> None:
    address = f"/ejercicios/{exercise.slug}/compromisos-preliminares/"
    assert "Todavía no se pide su revisión" in client.get(address).text
    judged(table, liaison, time=Judgement.WITH_CHANGES)
    page = client.get(address).text
    assert "Viable con cambios." in page
    assert page.count("Tiene facultades por su reglamento") == 3
    assert "example.mx" not in page
    staff = inside(liaison)
    form = f"/ejercicios/{exercise.slug}/trabajo/compromisos/{table.event.slug}/definir/"
    assert "Publicar cada mes" in staff.get(form).text
    sent = {"title": "Basura a la vista", "promise": PROMISE, "responsible": land.group.pk}
    assert staff.post(form, sent).status_code == 302
    assert "Ya se definió" in staff.get(form).text
    page = client.get(address).text
    assert "Definido en el plan" in page
    assert "se agregó" in page
    assert "(PAM" in staff.get(f"/ejercicios/{exercise.slug}/trabajo/compromisos/").text


@pytest.mark.usefixtures("plain_static_files", "notices")
def test_its_pages_ask_the_same_of_one_table_and_of_four(
    table: Table, exercise: Exercise, liaison: User, client: Client
) -> None:
    staff = inside(liaison)
    pages = {
        f"/ejercicios/{exercise.slug}/compromisos-preliminares/": client,
        f"/ejercicios/{exercise.slug}/trabajo/compromisos/": staff,
        f"/ejercicios/{exercise.slug}/trabajo/compromisos/{table.event.slug}/definir/": staff,
        f"/ejercicios/{exercise.slug}/trabajo/mesas/{table.event.slug}/viabilidad/": staff,
    }

    def asked() -> list[int]:
        counts = []
        for page, who in pages.items():
            with CaptureQueriesContext(connection) as seen:
                assert who.get(page).status_code == 200
            counts.append(len(seen))
        return counts

    judged(table, liaison)
    before = asked()
    for _ in range(3):
        judged(closed_table(exercise, liaison, theme=table.theme), liaison)
    after = asked()
    assert after == before
    assert max(after) <= 8
