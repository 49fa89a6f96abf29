"""What each seat has to do, and what each phase still lacks: both follow from what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, account, again

from tequio.accounts.enums import Sector
from tequio.governance.enums import SeatRole, SessionKind
from tequio.governance.models import Session
from tequio.governance.tests.bodies import ACT
from tequio.governance.workflows import (
    Holder,
    Rules,
    close_session,
    confirm_attendance,
    fill_seat,
    fulfil_agreement,
    install_body,
    open_session,
    send_remark,
    vacate_seat,
    write_mechanism,
    write_programme,
)
from tequio.kernel.clock import day_of
from tequio.kernel.duties import capacities_of, owed_by
from tequio.kernel.requisites import requisite

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Agreement
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-08")]


def owed(person: User, at: datetime) -> list[str]:
    """Return what a person owes for their seats, each duty by its verb."""
    answer = owed_by(again(person), at)
    assert answer.is_whole
    return [duty.verb for duty in answer.duties if duty.key.startswith("governance.")]


def test_a_seat_is_asked_to_come_to_speak_to_remark_and_to_fulfil(stm: Secretariat, stranger: User) -> None:
    titular, at = stm.holder("civil_society"), NOW
    session = stm.convene()
    assert owed(titular, at) == ["Confirma"]
    confirm_attendance(session, stm.terms["civil_society"], will_come=True, by=titular, at=at)
    assert owed(titular, at) == []
    at = session.starts_at or at
    stm.arrive(session, "guarantor", "civil_society", at=at)
    open_session(session, by=again(stm.runner), at=at)
    proposal = stm.put(session, "Se invita a más.", owner=stm.seat(Sector.CIVIL_SOCIETY), due_on=at.date())
    assert owed(titular, at) == ["Pronúnciate"]
    for name in ("guarantor", "civil_society"):
        stm.say(proposal, name)
    assert owed(titular, at) == []
    agreement: Agreement = stm.settle(proposal).agreement
    assert owed(titular, at) == ["Cumple"]
    fulfil_agreement(agreement, how="Hecho.", by=again(titular), at=at)
    minutes = close_session(session, by=again(stm.runner), at=at + timedelta(hours=1))
    assert owed(titular, at) == ["Revisa"]
    send_remark(minutes, stm.terms["civil_society"], "Bien.", by=again(titular), at=at)
    assert owed(titular, at) == []
    assert owed(stm.holder("public_bodies"), at) == []
    assert owed(stranger, at) == []
    assert capacities_of(again(titular), at) == ["Titular · Sociedad civil, STM"]


def test_the_facilitator_is_asked_to_convene_who_approves(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    chosen = stm.adopt(session, "guarantor", "civil_society", text="Se elige a quien facilita.").agreement
    seat = stm.body.seats.get(role=SeatRole.FACILITATOR)
    person = account("facilita")
    fill_seat(seat, Holder("Facilita", account=person), act=ACT, agreement=chosen, by=again(stm.runner), at=NOW)
    at = session.starts_at or NOW
    close_session(session, by=again(stm.runner), at=at)
    assert owed(person, at) == ["Convoca"]
    assert owed(person, at + timedelta(days=160)) == ["Convoca"] * 2
    stm.convene(at, SessionKind.ORDINARY)
    assert owed(person, at) == ["Confirma"]


@pytest.mark.req("EX-08")
def test_a_secretariat_meets_every_six_months(stm: Secretariat) -> None:
    asked, exercise = requisite("sesion-cada-seis-meses"), stm.body.exercise
    assert asked
    assert asked.check(exercise, day_of(NOW)) == "El secretariado todavía no celebra una sesión."
    session = stm.opened("guarantor", "civil_society")
    assert asked.check(exercise, day_of(NOW)) is None
    for days, is_late in ((182, False), (183, True)):
        Session.objects.filter(pk=session.pk).update(starts_on=day_of(NOW) - timedelta(days=days))
        assert (asked.check(exercise, day_of(NOW)) is not None) == is_late
        assert asked.check(exercise, day_of(NOW) - timedelta(days=9)) is None  # a replay asks as of its own day


@pytest.mark.req("EX-05", "EX-07", "EX-12")
def test_a_phase_says_what_its_secretariat_lacks(stm: Secretariat, other_exercise: Exercise, liaison: User) -> None:
    keys = (
        *("integracion-minima", "sesion-de-instalacion", "facilitacion-elegida"),
        *("mecanismo-de-gobernanza", "agenda-anual"),
    )

    def lacking(exercise: Exercise) -> list[str]:
        found = [(key, requisite(key)) for key in keys]
        return [key for key, asked in found if asked is None or asked.check(exercise, day_of(NOW))]

    assert lacking(other_exercise) == list(keys)
    exercise = stm.body.exercise
    assert lacking(exercise) == list(keys[1:])
    session = stm.opened("guarantor", "civil_society")
    mechanism = write_mechanism(stm.body, "Reglas.", Rules(), by=again(liaison), at=NOW)
    programme = write_programme(stm.body, NOW.year, [(NOW.date(), "Sesión")], by=again(liaison), at=NOW)
    names = ("guarantor", "civil_society")
    stm.adopt(session, *names, text="Se adopta el mecanismo.", mechanism=mechanism)
    assert lacking(exercise) == ["facilitacion-elegida", "agenda-anual"]
    stm.adopt(session, *names, text="Se adopta la agenda.", programme=programme)
    chosen = stm.adopt(session, *names, text="Se elige a quien facilita.").agreement
    seat = stm.body.seats.get(role=SeatRole.FACILITATOR)
    fill_seat(seat, Holder("Facilita"), act=ACT, agreement=chosen, by=again(liaison), at=NOW)
    assert lacking(exercise) == []
    vacate_seat(stm.seat(Sector.GUARANTOR), act=ACT, by=again(liaison), at=NOW)
    asked = requisite("integracion-minima")
    assert asked
    assert asked.check(exercise, day_of(NOW)) == "Falta quien represente en el secretariado a: Órgano garante."
    assert install_body(exercise, stm.body.kind, name="Otro", by=again(liaison), at=NOW) == stm.body
