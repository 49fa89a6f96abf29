"""What each seat says, what results, and the agreements that are followed until done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.governance.enums import AgreementStatus, Choice, DecisionWay, Majority, Outcome, QuorumKind
from tequio.governance.models import Agreement, Mechanism, Position
from tequio.governance.queries.quorum import rules_of
from tequio.governance.workflows import (
    Holder,
    Rules,
    amend_proposal,
    cancel_agreement,
    close_session,
    decide,
    fill_seat,
    fulfil_agreement,
    leave,
    put_to_decision,
    send_remark,
    take_position,
    withdraw_proposal,
    write_mechanism,
    write_programme,
)
from tequio.governance.workflows.decisions import Asked
from tequio.kernel.models import LedgerEntry, StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.governance.models import Proposal, Session
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-08")]
ALL = ("guarantor", "public_bodies", "civil_society")


@pytest.fixture
def session(stm: Secretariat) -> Session:
    """A session with the three titulars and a substitute."""
    return stm.opened(*ALL, "civil_society-2")


def test_consensus_needs_each_seat_present_and_no_block(stm: Secretariat, session: Session) -> None:
    proposal = stm.put(session)
    stm.say(proposal, "guarantor")
    stm.say(proposal, "public_bodies", Choice.RESERVATIONS, "Falta presupuesto")
    with pytest.raises(Refused, match="Falta que se pronuncie: Titular · Sociedad civil"):
        stm.settle(proposal)
    stm.say(proposal, "civil_society", Choice.BLOCK, "No se consultó")
    assert stm.settle(proposal).outcome == Outcome.REJECTED
    proposal.refresh_from_db()
    assert proposal.reason == "No hubo consenso: 1 de 3 asientos presentes bloquearon."
    assert not Agreement.objects.exists()
    with pytest.raises(Refused, match="ya está resuelta: No aprobado"):
        stm.settle(proposal)


def test_one_position_per_seat_and_the_titular_prevails(stm: Secretariat, session: Session) -> None:
    leave(session, stm.terms["civil_society"], by=again(stm.runner), at=NOW)
    proposal = stm.put(session)
    stm.say(proposal, "civil_society-2", Choice.RESERVATIONS)
    stm.arrive(session, "civil_society", at=NOW)
    with pytest.raises(Refused, match="La persona titular está presente"):
        stm.say(proposal, "civil_society-2", Choice.BLOCK, "Tarde")
    stm.say(proposal, "civil_society")
    position = Position.objects.get(proposal=proposal)
    assert (position.term, position.choice) == (stm.terms["civil_society"], Choice.FAVOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(
            proposal=proposal, seat=position.seat, term=position.term, choice=Choice.FAVOUR, taken_at=NOW
        )


def test_nobody_speaks_for_another_seat(stm: Secretariat, session: Session, stranger: User) -> None:
    proposal = stm.put(session)
    term = stm.terms["guarantor"]
    for person in (stranger, stm.holder("public_bodies"), again(stm.runner)):
        with pytest.raises(Refused, match="Solo quien ocupa el asiento"):
            take_position(proposal, term, Choice.FAVOUR, version=1, by=person, at=NOW)
    with pytest.raises(Refused, match="No consta que esté en la sesión"):
        stm.say(proposal, "guarantor-2")
    with pytest.raises(Refused, match="no corresponde a la forma"):
        stm.say(proposal, "guarantor", Choice.ABSTAIN)


def test_who_has_no_account_speaks_aloud(stm: Secretariat, session: Session) -> None:
    seat = stm.seat(Sector.GUARANTOR)
    stm.terms["aloud"] = fill_seat(seat, Holder("Sin cuenta"), act="Oficio", by=again(stm.runner), at=NOW)
    stm.arrive(session, "aloud", at=NOW)
    proposal = stm.put(session)
    for person in (stm.holder("public_bodies"),):
        with pytest.raises(Refused, match="Solo quien ocupa el asiento"):
            take_position(proposal, stm.terms["aloud"], Choice.FAVOUR, version=1, by=person, at=NOW)
    said = take_position(proposal, stm.terms["aloud"], Choice.FAVOUR, version=1, by=again(stm.runner), at=NOW)
    assert said.is_spoken


def test_another_wording_sets_positions_aside(stm: Secretariat, session: Session) -> None:
    proposal = stm.put(session)
    stm.say(proposal, "guarantor")
    amend_proposal(proposal, "Se aprueba, con reservas.", by=again(stm.runner), at=NOW)
    assert not proposal.positions.exists()
    with pytest.raises(Refused, match="El texto cambió mientras lo leías"):
        stm.say(proposal, "guarantor")
    with pytest.raises(Refused, match="Hay otra propuesta en deliberación"):
        stm.put(session, "Otra")
    with pytest.raises(Refused, match="Hay una propuesta en deliberación"):
        close_session(session, by=again(stm.runner), at=NOW)
    withdraw_proposal(proposal, reason="Se pospone.", by=again(stm.runner), at=NOW)
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.reason) == (Outcome.WITHDRAWN, "Se pospone.")


def test_quorum_is_asked_again_when_it_is_resolved(stm: Secretariat, session: Session) -> None:
    proposal = stm.put(session)
    for name in ALL:
        stm.say(proposal, name)
    for name in ("public_bodies", "civil_society", "civil_society-2"):
        leave(session, stm.terms[name], by=again(stm.runner), at=NOW)
    assert stm.settle(proposal).outcome == Outcome.NO_QUORUM
    assert not Agreement.objects.exists()
    kinds = LedgerEntry.objects.filter(kind="governance.proposal_decided").values_list("payload", flat=True)
    assert [(facts["outcome"], facts["present"], facts["needed"]) for facts in kinds] == [("no_quorum", 1, 2)]


def test_a_vote_is_won_by_the_rule_of_the_mechanism(stm: Secretariat, session: Session) -> None:
    text = "Quórum y mayoría."
    rules = Rules(QuorumKind.ALL, way=DecisionWay.VOTE, majority=Majority.TWO_THIRDS, notice_days=5)
    mechanism = write_mechanism(stm.body, text, rules, by=again(stm.runner), at=NOW)
    assert rules_of(stm.body).pk is None
    adopted = stm.adopt(session, *ALL, text="Se adopta el mecanismo.", mechanism=mechanism)
    assert rules_of(stm.body) == Mechanism.objects.get(agreement=adopted.agreement)
    proposal = stm.put(session, way=DecisionWay.VOTE)
    for name, choice in zip(ALL, (Choice.FAVOUR, Choice.AGAINST, Choice.ABSTAIN), strict=True):
        stm.say(proposal, name, choice)
    assert stm.settle(proposal).outcome == Outcome.REJECTED
    with pytest.raises(Refused, match="ya está aprobado"):
        stm.put(session, mechanism=Mechanism.objects.get())
    again_written = write_mechanism(stm.body, text, rules, by=again(stm.runner), at=NOW)
    assert again_written.version == 2


@pytest.mark.req("EX-07")
def test_the_yearly_agenda_is_adopted_by_agreement(stm: Secretariat, session: Session, stranger: User) -> None:
    day = NOW.date()
    with pytest.raises(Refused, match="fecha fuera de"):
        write_programme(stm.body, day.year + 1, [(day, "Sesión")], by=again(stm.runner), at=NOW)
    with pytest.raises(Refused, match="no puede escribir la agenda"):
        write_programme(stm.body, day.year, [(day, "Sesión")], by=stranger, at=NOW)
    for text in ("Primera", "Primera sesión"):
        programme = write_programme(stm.body, day.year, [(day, text)], by=again(stm.runner), at=NOW)
    assert (programme.version, programme.items.get().text) == (1, "Primera sesión")
    adopted = stm.adopt(session, *ALL, text="Se adopta la agenda.", programme=programme)
    programme.refresh_from_db()
    assert programme.agreement == adopted.agreement


def agreed(stm: Secretariat, session: Session, text: str, **asked: object) -> Agreement:
    found: Agreement = stm.adopt(session, *ALL, text=text, **asked).agreement
    return found


def test_an_agreement_is_followed_until_done(stm: Secretariat, session: Session, stranger: User) -> None:
    owner = stm.seat(Sector.CIVIL_SOCIETY)
    agreement = agreed(stm, session, "Se invita a más organizaciones.", owner=owner, due_on=NOW.date())
    for person in (stranger, stm.holder("guarantor")):
        with pytest.raises(Refused, match="no puede dar por cumplido"):
            fulfil_agreement(agreement, how="Hecho", by=person, at=NOW)
    with pytest.raises(Refused, match="Escribe cómo se cumplió"):
        fulfil_agreement(agreement, how=" ", by=stm.holder("civil_society"), at=NOW)
    fulfil_agreement(agreement, how="Se enviaron 12 oficios.", by=stm.holder("civil_society-2"), at=NOW)
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.DONE
    assert StatusChange.objects.get(subject=f"governance.Agreement:{agreement.reference}").after == "done"
    with pytest.raises(Refused, match="el estado cambió"):
        fulfil_agreement(agreement, how="Otra vez", by=stm.holder("civil_society"), at=NOW)
    agreement.refresh_from_db()
    assert agreement.how_done == "Se enviaron 12 oficios."


def test_an_agreement_is_cancelled_by_a_later_one(stm: Secretariat, session: Session) -> None:
    first = agreed(stm, session, "Se compra equipo.")
    second = stm.put(session, "Se cancela la compra.")
    for name in ALL:
        stm.say(second, name)
    later = decide(second, by=again(stm.runner), at=second.put_at + timedelta(minutes=1)).agreement
    with pytest.raises(Refused, match="Lo cancela un acuerdo posterior"):
        cancel_agreement(later, first, by=again(stm.runner), at=NOW)
    with pytest.raises(Refused, match="no puede cancelar"):
        cancel_agreement(first, later, by=stm.holder("guarantor"), at=NOW)
    cancel_agreement(first, later, by=again(stm.runner), at=NOW)
    first.refresh_from_db()
    assert (first.status, first.cancelled_by) == (AgreementStatus.CANCELLED, later)


def test_minutes_are_not_approved_by_their_own_session_nor_with_remarks_waiting(
    stm: Secretariat, session: Session
) -> None:
    at = session.starts_at
    assert at
    minutes = close_session(session, by=again(stm.runner), at=at)
    send_remark(minutes, stm.terms["guarantor"], "Falta un nombre.", by=stm.holder("guarantor"), at=at)
    following = stm.opened(*ALL, at=at)
    with pytest.raises(Refused, match="Observaciones al acta sin respuesta: 1"):
        stm.put(following, minutes=minutes)
    own = close_session(following, by=again(stm.runner), at=at + timedelta(days=5))
    with pytest.raises(Refused, match="La sesión está «Terminada»"):
        put_to_decision(following, Asked("Se aprueba.", minutes=own), by=again(stm.runner), at=at)


def refused_proposal(stm: Secretariat, session: Session) -> Proposal:
    for name in (*ALL, "civil_society-2"):
        leave(session, stm.terms[name], by=again(stm.runner), at=NOW)
    return stm.put(session)


def test_a_refused_proposal_stays_and_is_not_reopened(stm: Secretariat, session: Session) -> None:
    proposal = refused_proposal(stm, session)
    assert (proposal.outcome, proposal.present, proposal.seats, proposal.needed) == (Outcome.NO_QUORUM, 0, 3, 2)
    with pytest.raises(Refused, match="ya está resuelta"):
        stm.say(proposal, "guarantor")
