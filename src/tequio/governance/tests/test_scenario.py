"""A titular leaves, the substitute takes over, quorum falls, the next agreement is refused and the minutes say so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import again

from tequio.governance.enums import Outcome, SessionKind
from tequio.governance.invariants import agreements_with_quorum, agreements_without_gaps, minutes_published
from tequio.governance.models import Agreement, Minutes, Proposal
from tequio.governance.queries.minutes import compile_minutes
from tequio.governance.workflows import close_session, leave
from tequio.kernel.editions import current
from tequio.kernel.models import LedgerEntry, OutboxMessage

if TYPE_CHECKING:
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-05", "EX-08")]


def test_a_titular_leaves_quorum_falls_and_the_minutes_say_so(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society", "civil_society-2")
    first = stm.adopt(session, "guarantor", "civil_society", text="Se instala el secretariado.")
    assert first.outcome == Outcome.ADOPTED
    assert session.starts_at
    leave(session, stm.terms["civil_society"], by=again(stm.runner), at=session.starts_at + timedelta(minutes=20))
    second = stm.adopt(session, "guarantor", "civil_society-2", text="Se aprueba el calendario.")
    assert second.outcome == Outcome.ADOPTED
    leave(session, stm.terms["civil_society-2"], by=again(stm.runner), at=session.starts_at + timedelta(minutes=40))
    third = stm.put(session, "Se aprueba el presupuesto.")
    assert third.outcome == Outcome.NO_QUORUM
    assert third.reason == "No hay quórum: 1 de 3 asientos con voto presentes; se piden 2."
    close_session(session, by=again(stm.runner), at=session.starts_at + timedelta(hours=1))
    session.refresh_from_db()
    told = compile_minutes(session)
    assert [(each["text"], each["outcome"]) for each in told["decisions"]] == [
        ("Se instala el secretariado.", "Aprobado"),
        ("Se aprueba el calendario.", "Aprobado"),
        ("Se aprueba el presupuesto.", "Rechazado por falta de quórum"),
    ]
    assert [position["name"] for position in told["decisions"][1]["positions"]] == [
        "Persona guarantor",
        "Persona civil_society-2",
    ]
    assert [(turn["what"].split(" (")[0], turn["present"], turn["holds"]) for turn in told["quorum"]] == [
        ("Llegó Persona guarantor", 1, False),
        ("Llegó Persona civil_society", 2, True),
        ("Llegó Persona civil_society-2", 2, True),
        ("Salió Persona civil_society", 2, True),
        ("Salió Persona civil_society-2", 1, False),
    ]
    assert list(Agreement.objects.values_list("number", flat=True)) == [1, 2]


def test_the_first_minutes_are_approved_by_the_next_session_and_frozen(stm: Secretariat) -> None:
    first = stm.opened("guarantor", "public_bodies", "civil_society")
    stm.adopt(first, "guarantor", "public_bodies", "civil_society", text="Se instala el secretariado.")
    assert first.starts_at
    minutes = close_session(first, by=again(stm.runner), at=first.starts_at + timedelta(hours=1))
    second = stm.opened("guarantor", "public_bodies", at=first.starts_at, kind=SessionKind.ORDINARY)
    approval = stm.adopt(second, "guarantor", "public_bodies", text="Se aprueba el acta.", minutes=minutes)
    minutes.refresh_from_db()
    assert minutes.agreement == approval.agreement
    edition = current("governance.minutes", first.key)
    assert edition
    assert edition.sha256 == minutes.sha256
    assert edition.content["approved_by"] == "Acuerdo STM 2/" + str(approval.agreement.year)
    kinds = set(LedgerEntry.objects.values_list("kind", flat=True))
    assert {"governance.minutes_published", "governance.agreement_adopted", "governance.session_closed"} <= kinds
    assert OutboxMessage.objects.filter(key=f"minutes:{first.key}").count() == 3


def test_the_invariants_hold_and_find_a_fault(stm: Secretariat) -> None:
    first = stm.opened("guarantor", "civil_society")
    stm.adopt(first, "guarantor", "civil_society", text="Se instala el secretariado.")
    assert first.starts_at
    minutes = close_session(first, by=again(stm.runner), at=first.starts_at + timedelta(hours=1))
    second = stm.opened("guarantor", "public_bodies", at=first.starts_at, kind=SessionKind.ORDINARY)
    stm.adopt(second, "guarantor", "public_bodies", text="Se aprueba el acta.", minutes=minutes)
    checks = (agreements_with_quorum, agreements_without_gaps, minutes_published)
    assert [list(check()) for check in checks] == [[], [], []]
    Agreement.objects.filter(number=2).update(number=3)
    Proposal.objects.filter(session=first).update(needed=3)
    Minutes.objects.update(sha256="0" * 64)
    assert [len(list(check())) for check in checks] == [1, 1, 1]
