"""What the log asks of whom: of whoever accompanies a municipality, and of all the staff where nobody does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, Land, account, again

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import ACCOMPANIMENT, ContactKind
from tequio.exercises.workflows import Told, ask_for_help, assign_companion, log_contact, settle_next_step
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-14", "SI-05")]
TODAY = day_of(NOW)


def owed(person: User) -> list[str]:
    """Return what the log asks of a person, as the next request would."""
    return [str(duty.thing) for duty in owed_by(again(person), NOW).duties if duty.topic == ACCOMPANIMENT]


def contact_in(land: Land, by: User, number: int = 1) -> Contact:
    step = {"next_step": f"Llamar {number}", "next_step_on": TODAY + timedelta(days=number)}
    told = Told(kind=ContactKind.CALL, held_on=TODAY, with_whom="Secretaría", agreed="Firmar.", **step)
    return log_contact(land.town, told, by=again(by), at=NOW)


def test_the_staff_owe_answers_and_steps_until_they_are_done(cast: dict[str, User], land: Land) -> None:
    staff, liaison = cast["guarantor_staff"], cast["liaison"]
    contact = contact_in(land, staff)
    asked = ask_for_help(land.town, about="Modelos", by=liaison, at=NOW)
    both = ["el siguiente paso con Niebla 1: Llamar 1", "la petición de ayuda de Niebla 1"]
    assert sorted(owed(staff)) == both
    assert not any(owed(person) for part, person in cast.items() if part != "guarantor_staff")
    settle_next_step(contact, outcome="Hecho.", by=again(staff), at=NOW)
    told = Told(kind=ContactKind.MAIL, held_on=TODAY, with_whom="Secretaría", agreed="Enviados.")
    log_contact(land.town, told, answers=asked, by=again(staff), at=NOW)
    assert owed(staff) == []


def test_the_companion_alone_owes_what_is_theirs(guarantor_staff: User, operator: User, land: Land) -> None:
    colleague = account("colega")
    grant_role(colleague, Post(RoleKind.GUARANTOR_STAFF, land.guarantor), by=operator, at=NOW)
    contact_in(land, guarantor_staff)
    assert owed(guarantor_staff) == owed(colleague) != []
    assign_companion(land.town, again(colleague), by=again(guarantor_staff), at=NOW)
    assert (len(owed(colleague)), owed(guarantor_staff)) == (1, [])


def test_duties_are_asked_the_same_however_many(
    guarantor_staff: User, land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 2, 3):
        contact_in(land, guarantor_staff, number)
        person = again(guarantor_staff)
        with django_assert_num_queries(99, exact=False) as asked:
            owed_by(person, NOW)
        counts.append(len(asked))
    assert counts[0] == counts[2]
    assert len(owed(guarantor_staff)) == 3
