"""Two at once in the log of a municipality, on PostgreSQL: one row, and a plain sentence for who came second."""

from __future__ import annotations

from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.cast import NOW, account, again

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post, User
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import ContactKind
from tequio.exercises.models import Accompaniment, Contact, HelpRequest
from tequio.exercises.workflows import (
    Told,
    ask_for_help,
    assign_companion,
    log_contact,
    settle_next_step,
    withdraw_help,
)
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Land

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("EX-14")]
TODAY = day_of(NOW)
ROUNDS = 5


def at_once(*attempts: Callable[[], object]) -> list[str]:
    """Run each attempt in its own connection, all from the same instant, and return what each was told."""
    barrier, outcomes = Barrier(len(attempts)), []

    def run(attempt: Callable[[], object]) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            attempt()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[attempt]) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(attempts)
    return sorted(outcomes)


def told(number: int) -> Told:
    words = {"with_whom": "Secretaría", "agreed": f"Acuerdo {number}.", "next_step": "Llamar", "next_step_on": TODAY}
    return Told(kind=ContactKind.CALL, held_on=TODAY, **words)


def test_a_double_tap_writes_one_contact(guarantor_staff: User, land: Land) -> None:
    for number in range(ROUNDS):
        write = partial(log_contact, land.town, told(number), by=again(guarantor_staff), at=NOW)
        assert at_once(write, write, write) == ["done"] * 3
    assert Contact.objects.count() == ROUNDS


def test_of_two_outcomes_one_stays(guarantor_staff: User, land: Land) -> None:
    for number in range(ROUNDS):
        contact = log_contact(land.town, told(number), by=guarantor_staff, at=NOW)
        settle = partial(settle_next_step, contact, by=again(guarantor_staff), at=NOW)
        answers = at_once(partial(settle, outcome="Hecho."), partial(settle, outcome="No se hizo."))
        assert answers == ["Este paso ya tiene resultado. Si cambió algo, registre otro contacto.", "done"]


def test_two_companions_at_once_leave_one(guarantor_staff: User, operator: User, land: Land) -> None:
    colleague = account("colega")
    grant_role(colleague, Post(RoleKind.GUARANTOR_STAFF, land.guarantor), by=operator, at=NOW)
    for _ in range(ROUNDS):
        assign = partial(assign_companion, land.town, by=again(guarantor_staff), at=NOW)
        pair = [partial(assign, again(person)) for person in (guarantor_staff, colleague)]
        assert at_once(*pair) == ["done", "done"]
        assert Accompaniment.objects.filter(ends_on__isnull=True).count() == 1
        assign_companion(land.town, None, by=again(guarantor_staff), at=NOW)


def test_help_is_asked_once_and_closed_once(guarantor_staff: User, liaison: User, land: Land) -> None:
    for number in range(ROUNDS):
        ask = partial(ask_for_help, land.town, by=again(liaison), at=NOW)
        pair = [partial(ask, about=f"{number}{letter}") for letter in "ab"]
        second = "Tu municipio ya tiene una petición sin respuesta. Retírala si quieres pedir otra cosa."
        assert at_once(*pair) == [second, "done"]
        asked = HelpRequest.objects.get(closed_at__isnull=True)
        answer = partial(log_contact, land.town, told(number), answers=asked, by=again(guarantor_staff), at=NOW)
        at_once(answer, partial(withdraw_help, asked, by=again(liaison), at=NOW))
        asked.refresh_from_db()
        assert asked.closed_at == NOW
        assert Contact.objects.filter(agreed=told(number).agreed).exists() == bool(asked.answered_with)
