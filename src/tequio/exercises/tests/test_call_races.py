"""Two at once, on PostgreSQL: one answer per account and name, one member, and a close that nobody slips past."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from tests.cast import account, again, read_notice

from tequio.accounts.enums import NoticeKey
from tequio.accounts.tests.test_role_races import at_once
from tequio.exercises.models import Application, Call, Registration
from tequio.exercises.tests.answering import CITIZEN, ORGANIZATION, accepting, applied, published
from tequio.exercises.workflows import accept_application, close_call, submit_application, withdraw_application
from tequio.kernel.clock import database_now
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("EX-03")]
ROUNDS = 2


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    read_notice(NoticeKey.REGISTRATION)
    return published(exercise, liaison)


def test_a_double_tap_is_one_answer(call: Call, stranger: User) -> None:
    for number in range(ROUNDS):
        person = account(f"p{number}")
        answer = replace(ORGANIZATION, name=f"Red {number}")

        def send(person: User = person, answer: object = answer) -> str:
            return submit_application(call, accepting(answer), by=again(person), at=database_now()).folio

        assert at_once(send, send, send) == [Application.objects.get(account=person).folio] * 3
    assert not stranger.applications.exists()
    assert list(verify(ledger_lines())) == []


def test_of_two_who_bring_one_organization_one_is_told(call: Call) -> None:
    for number in range(ROUNDS):
        people = [account(f"p{number}{letter}") for letter in "ab"]
        names = (f"Colectivo {number} A.C.", f"COLECTIVO {number}")

        def send(person: User, name: str) -> str:
            answer = replace(ORGANIZATION, name=name)
            return "1" if submit_application(call, accepting(answer), by=again(person), at=database_now()) else ""

        told = at_once(*(partial(send, *pair) for pair in zip(people, names, strict=True)))
        assert told[0] == "1"
        assert "ya tiene una solicitud" in told[1]
    assert Application.objects.count() == ROUNDS


def test_accepted_twice_at_once_it_is_one_member(call: Call, liaison: User, guarantor_staff: User) -> None:
    for number in range(ROUNDS):
        application = applied(call, account(f"p{number}"), name=f"Red {number}")

        def accept(by: User, application: Application = application) -> str:
            return str(accept_application(application, by=again(by), at=database_now()).pk)

        told = at_once(partial(accept, liaison), partial(accept, guarantor_staff))
        assert told == [str(application.pk), "No se puede «Aceptar»: el estado cambió. Actualiza la página."]
    assert sorted(Registration.objects.values_list("order", flat=True)) == [1, 2]


def test_different_answers_accepted_at_once_get_different_places(call: Call, liaison: User) -> None:
    answers = [applied(call, account(f"p{number}"), name=f"Red {number}") for number in range(4)]
    at_once(*(partial(accept_application, each, by=again(liaison), at=database_now()) for each in answers))
    assert sorted(Registration.objects.values_list("order", flat=True)) == [1, 2, 3, 4]


def test_accepted_and_withdrawn_at_once_it_is_one_of_both(call: Call, liaison: User) -> None:
    for number in range(ROUNDS):
        person = account(f"p{number}")
        application = applied(call, person, name=f"Red {number}")
        told = at_once(
            partial(accept_application, application, by=again(liaison), at=database_now()),
            partial(withdraw_application, application, by=again(person), at=database_now()),
        )
        assert sum("el estado cambió" in each or "Ya formas parte" in each for each in told) == 1
        fresh = Application.objects.get(pk=application.pk)
        assert bool(fresh.registration) is (fresh.state == "accepted") is bool(fresh.person_name)


def test_nobody_slips_past_the_closing_instant(call: Call) -> None:
    """Four answer around the close; the database's clock, not this machine's, says who came in time."""
    people = [account(f"p{number}") for number in range(4)]
    EmailAddress.objects.all().delete()
    closes_at = database_now() + timedelta(seconds=1)
    Call.objects.filter(pk=call.pk).update(closes_at=closes_at)
    came: dict[int, bool] = {}

    def send(number: int) -> str:
        time.sleep(number * 0.5)
        at = database_now()
        try:
            submit_application(call, accepting(CITIZEN), by=again(people[number]), at=at)
        except Refused as refused:
            came[number] = False
            return str(refused)
        came[number] = True
        return str(at < closes_at)

    told = at_once(*(partial(send, number) for number in range(4)))
    assert set(told) == {"True", "Esta convocatoria ya cerró y no recibe más solicitudes."}
    assert {True, False} == set(came.values())
    assert not Application.objects.filter(submitted_at__gte=closes_at).exists()
    assert Application.objects.count() == sum(came.values())


def test_ended_by_hand_while_others_answer_it_takes_none_after(call: Call, liaison: User) -> None:
    people = [account(f"p{number}") for number in range(3)]

    def send(number: int) -> str:
        return str(
            submit_application(call, accepting(CITIZEN), by=again(people[number]), at=database_now()).submitted_at
        )

    def end() -> str:
        return close_call(call, outcome="Fin.", by=again(liaison), at=database_now()).outcome

    at_once(end, *(partial(send, number) for number in range(3)))
    with pytest.raises(Refused, match="ya cerró"):
        submit_application(call, accepting(CITIZEN), by=account("tarde"), at=database_now())
    assert Call.objects.get().state == "closed"
