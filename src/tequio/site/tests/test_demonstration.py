"""The demonstration has somebody of each part, made once; elsewhere nobody, and no page to enter as them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from tests.cast import NOW, read_notice, settle

from tequio.accounts.enums import JurisdictionKind, NoticeKey
from tequio.accounts.models import Jurisdiction, Role, User
from tequio.cocreation.enums import TreeState
from tequio.cocreation.models import Table
from tequio.cocreation.queries.kits import published_kit
from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Application, Exercise
from tequio.kernel.models import LedgerEntry
from tequio.site.queries.demo import FACILITATOR, LIAISON, NEWCOMER, PARTS, REGISTRANT, STAFF, people_to_try
from tequio.site.workflows import seed_demo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
PAGE = "/demostracion/"
TONALLI = site.ROOT / "tests" / "packs" / "tonalli"


@pytest.fixture
def demo(settings: SettingsWrapper) -> None:
    settings.DEMO = True


@pytest.fixture(scope="module")
def seed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Seed once for the tests of the module, each of which undoes what it writes."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        whole = transaction.atomic()
        whole.__enter__()
        settle("91")
        for key in (NoticeKey.REGISTRATION, NoticeKey.EVENT):
            read_notice(key)
        assert seed_demo(at=NOW)
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def seeded(seed: None, demo: None, db: None) -> None:
    """The demonstration with its people."""


def enter(client: Client, key: str) -> str:
    """Enter as a part and return the page where they begin."""
    answer = client.post(PAGE, {"persona": key}, follow=True)
    assert answer.status_code == 200
    return answer.text


def test_everyone_who_can_be_tried_begins_at_a_page_that_answers(seeded: None, client: Client) -> None:
    shown = client.get(PAGE).text
    for part in PARTS:
        assert part.name in shown
        enter(client, part.key)
        assert client.session["_auth_user_id"] == str(User.objects.get(email=part.email).pk)
        assert part.email in client.get(PAGE).text


def test_sample_exercise_is_alive_and_says_that_it_is_a_sample(seeded: None, client: Client) -> None:
    exercise = Exercise.objects.get()
    assert exercise.state == ExerciseState.OPEN
    assert "de muestra" in exercise.name
    call = exercise.calls.get()
    assert "Inscr" in client.get(call.get_absolute_url()).text
    assert Application.objects.get().call == call
    assert exercise.events.get(kind="workshop").starts_at > NOW
    declaration = exercise.declaration
    assert declaration.document.media_type == "application/pdf"
    assert "Nadie lo firmó" in declaration.texts.get().text


def test_a_room_is_writing_and_each_of_its_screens_answers(seeded: None, client: Client) -> None:
    table = Table.objects.get()
    assert table.theme.agreement_id
    assert table.theme.problem_trees.get().state == TreeState.FINAL
    assert published_kit(table)
    assert table.event.attendees.arrived().count() == 30
    small = table.small_tables.get(number=1)
    screens = [f"/sala/{table.room_code}/", f"/sala/{table.room_code}/proyector/"]
    for address in (table.get_absolute_url(), *screens, f"{screens[0]}hoja/{small.key}/"):
        assert client.get(address).status_code == 200, address
    assert "Calendario del agua" in client.get(f"{screens[0]}hoja/{small.key}/").text
    assert "Formulación del compromiso" in enter(client, FACILITATOR.key)


def test_staff_acts_at_once_without_a_second_step(seeded: None, client: Client) -> None:
    enter(client, STAFF.key)
    assert client.get("/garante/").status_code == 200


def test_a_second_start_writes_nothing(seeded: None) -> None:
    before = (User.objects.count(), Role.objects.count(), Exercise.objects.count(), LedgerEntry.objects.count())
    with CaptureQueriesContext(connection) as asked:
        assert not seed_demo(at=NOW)
    assert len(asked) <= 3
    assert before == (
        User.objects.count(), Role.objects.count(), Exercise.objects.count(), LedgerEntry.objects.count()
    )  # fmt: skip


def test_nobody_enters_as_somebody_else(seeded: None, stranger: User, client: Client) -> None:
    for key in (stranger.username, "", "raiz"):
        assert client.post(PAGE, {"persona": key}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_no_longer_offered(seeded: None, client: Client) -> None:
    User.objects.filter(email=LIAISON.email).update(is_active=False)
    assert LIAISON.key not in {each.part.key for each in people_to_try()}
    assert client.post(PAGE, {"persona": LIAISON.key}).status_code == 404


def test_who_can_be_tried_costs_the_same_with_one_town_and_with_three(seeded: None, client: Client) -> None:
    with CaptureQueriesContext(connection) as before:
        client.get(PAGE)
    state = Jurisdiction.objects.get(kind=JurisdictionKind.STATE, code="91")
    for number in (7, 8, 9):
        Jurisdiction.objects.create(
            kind=JurisdictionKind.MUNICIPALITY, code=f"9190{number}", name=f"Bruma {number}",
            slug=f"bruma-{number}", parent=state,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as after:
        client.get(PAGE)
    assert len(before) == len(after) <= 8


def test_a_newcomer_finds_the_seven_steps_from_their_work(seeded: None, client: Client) -> None:
    assert "De cero a un secretariado" in enter(client, NEWCOMER.key)
    place = User.objects.get(email=NEWCOMER.email).roles.get().jurisdiction
    assert place in Jurisdiction.objects.municipalities()
    for page in ("/mi-trabajo/", "/mis-ejercicios/"):
        assert f'href="/municipios/{place.slug}/alta/"' in client.get(page).text


def test_who_registered_finds_the_application_from_their_work(seeded: None, client: Client) -> None:
    enter(client, REGISTRANT.key)
    sent = Application.objects.get()
    assert f'href="{sent.get_absolute_url()}"' in client.get("/mi-trabajo/").text
    enter(client, NEWCOMER.key)
    assert sent.get_absolute_url() not in client.get("/mi-trabajo/").text


def test_in_the_demo_nobody_is_asked_for_a_second_step(seeded: None, client: Client) -> None:
    enter(client, STAFF.key)
    assert "segundo paso" not in client.get("/mi-trabajo/").text


def test_the_exercise_leads_to_its_signed_declaration_and_to_its_call(seeded: None, client: Client) -> None:
    exercise = Exercise.objects.get()
    page = client.get(exercise.get_absolute_url()).text
    address = f"{exercise.get_absolute_url()}declaracion/"
    assert f'href="{address}"' in page
    assert client.get(address).status_code == 200
    call = exercise.calls.get()
    assert f'{call.get_absolute_url()}">{call.title}</a>' in page


def test_ones_own_acts_are_told_in_words(seeded: None, client: Client) -> None:
    enter(client, LIAISON.key)
    page = client.get("/cuenta/mis-datos/").text
    exercise = Exercise.objects.get()
    assert f"Ejercicio {exercise.slug}: En preparación → En curso" in page
    assert "exercises.Exercise" not in page
