"""What a person accepts when they answer a call or register for an event, and what ends when they take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, account, again

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import Consent
from tequio.accounts.workflows import close_account, hash_of, withdraw_consent
from tequio.exercises.enums import ApplicationState, AttendeeState, CallKind
from tequio.exercises.models import Application, Attendee, Registration
from tequio.exercises.queries.calls import candidates_of
from tequio.exercises.tasks import end_what_was_consented
from tequio.exercises.tests.answering import (
    CANDIDATE,
    CITIZEN,
    applied,
    drawing,
    pictures,
    published,
    upload,
)
from tequio.exercises.tests.happenings import START, announced, registered
from tequio.exercises.workflows import accept_application, check_in, hide_application, withdraw_application
from tequio.kernel.clock import day_of, midnight
from tequio.kernel.models import JobRecord, LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tequio.accounts.models import User
    from tequio.exercises.models import Call, Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices", "plain_static_files"), pytest.mark.req("SI-04")]


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison)


@pytest.fixture
def candidacies(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison, CallKind.FACILITATOR)


def take_back(person: User) -> None:
    """Take back every consent of a person, and do what their end asks."""
    for consent in Consent.objects.of(person).standing():
        withdraw_consent(consent, by=person, at=NOW)
        end_what_was_consented.call(consent.notice.key, person.pk, hash_of(person.email))


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_an_answer_is_a_consent_that_its_person_sees_and_can_take_back(call: Call, client: Client) -> None:
    ana = account("ana")
    application = applied(call, ana)
    [consent] = Consent.objects.of(ana)
    assert (consent.notice.key, consent.notice.version) == (NoticeKey.REGISTRATION, 1)
    client.force_login(ana)
    assert "se retiran tus solicitudes que esperan respuesta" in client.get("/cuenta/mis-datos/").text
    take_back(ana)
    fresh = Application.objects.get()
    assert (fresh.pk, fresh.state, fresh.person_name) == (application.pk, ApplicationState.WITHDRAWN, "")
    assert OutboxMessage.objects.filter(key__startswith="application_withdrawn:").count() == 1
    take_back(ana)


def test_the_end_of_a_consent_is_a_job_that_nobody_loses(
    call: Call, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ana = account("ana")
    applied(call, ana)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(Consent.objects.of(ana).get(), by=ana, at=NOW)
    assert JobRecord.objects.filter(key=f"consent:registro:{ana.pk}").exists()


def test_a_member_stays_and_its_picture_goes(call: Call, liaison: User) -> None:
    ana = account("ana")
    application = accept_application(applied(call, ana, picture=upload(drawing())), by=again(liaison), at=NOW)
    take_back(ana)
    assert state_of(application) == ApplicationState.ACCEPTED
    member = Registration.objects.get()
    assert (member.published_name, member.picture) == ("Red de Niebla, A.C.", None)
    assert not pictures().exists()


@pytest.mark.req("EX-04")
def test_an_accepted_candidacy_is_taken_back_by_its_person(candidacies: Call, liaison: User, client: Client) -> None:
    carla = account("carla")
    chosen = accept_application(applied(candidacies, carla, CANDIDATE), by=again(liaison), at=NOW)
    assert list(candidates_of(candidacies)) == [chosen]
    client.force_login(carla)
    assert "Retirar tu candidatura" in client.get(chosen.get_absolute_url()).text
    client.post(f"{chosen.get_absolute_url()}retirar/")
    assert state_of(chosen) == ApplicationState.WITHDRAWN
    assert not candidates_of(candidacies).exists()
    assert "Carla Sol" not in "".join(entry.line() for entry in LedgerEntry.objects.all())
    assert applied(candidacies, carla, CANDIDATE).state == ApplicationState.SUBMITTED


def test_who_closes_their_account_withdraws_what_is_open(
    call: Call, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    beto = account("beto")
    application = applied(call, beto, CITIZEN)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(beto, by=beto, at=NOW)
    end_what_was_consented.call(NoticeKey.REGISTRATION, beto.pk, "")
    assert state_of(application) == ApplicationState.WITHDRAWN


def test_another_hides_nothing(call: Call, liaison: User) -> None:
    application = applied(call, picture=upload(drawing()))
    with pytest.raises(Refused, match="no es de tu cuenta"):
        hide_application(application, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no es de tu cuenta"):
        withdraw_application(application, by=again(liaison), at=NOW)
    assert pictures().exists()


@pytest.mark.req("EX-09")
def test_who_registers_accepts_by_their_address_and_on_a_day(
    exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    event = announced(exercise, liaison)
    registered(event, "ana", visitor)
    registered(event, "ana", visitor)
    [consent] = Consent.objects.all()
    assert (consent.account, consent.address_hash) == (None, hash_of("ana@example.mx"))
    assert consent.given_at == midnight(day_of(NOW))
    with pytest.raises(Refused, match="acepta el aviso"):
        registered(event, "beto", visitor, notice=None)
    assert event.attendees.count() == 1


@pytest.mark.req("EX-09")
def test_who_takes_their_consent_back_leaves_what_is_to_come_and_is_forgotten_in_what_was(
    exercise: Exercise, liaison: User, visitor: AnonymousUser, call: Call
) -> None:
    ana = account("ana")
    applied(call, ana, CITIZEN)
    coming = announced(exercise, liaison, capacity=1)
    now = announced(exercise, liaison, name="Taller")
    mine = registered(coming, "ana", again(ana))
    next_one = registered(coming, "beto", visitor)
    came = registered(now, "ana", again(ana), needs=("captions",))
    check_in(now, came.code, by=again(liaison), at=START)
    assert {consent.notice.key for consent in Consent.objects.of(ana)} == {NoticeKey.REGISTRATION, NoticeKey.EVENT}
    take_back(ana)
    for row in (mine, next_one, came):
        row.refresh_from_db()
    assert (mine.state, mine.email) == (AttendeeState.CANCELLED, "")
    assert (next_one.state, next_one.email) == (AttendeeState.CONFIRMED, "beto@example.mx")
    assert (came.state, came.email, came.code, came.needs, came.arrived_at) == ("confirmed", "", "", [], START)
    assert not Attendee.objects.filter(email="ana@example.mx").exists()


@pytest.mark.req("EX-09")
def test_an_address_that_is_not_the_accounts_own_is_accepted_as_an_address(
    exercise: Exercise, liaison: User, stranger: User
) -> None:
    registered(announced(exercise, liaison), "madre", stranger)
    assert not Consent.objects.of(stranger).exists()
    assert Consent.objects.get().address_hash == hash_of("madre@example.mx")
