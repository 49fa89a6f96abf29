"""Two at once, on PostgreSQL: one position per seat, one person in one seat, and a decision by who was there."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, account, again

from tequio.accounts.enums import Sector
from tequio.accounts.tests.test_role_races import at_once
from tequio.governance.enums import Choice, Outcome, SeatRole, SessionKind
from tequio.governance.models import Agreement, Delegation, Position, SeatTerm, Session
from tequio.governance.tests.bodies import ACT
from tequio.governance.workflows import (
    Holder,
    close_session,
    decide,
    delegate_seat,
    fill_seat,
    leave,
    put_to_decision,
    save_notes,
    take_position,
    widen_sector,
)
from tequio.governance.workflows.decisions import Asked
from tequio.kernel.clock import day_of
from tequio.kernel.ledger import ledger_lines, verify

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.governance.models import Proposal
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("EX-05", "EX-08")]
ROUNDS = 5


def settled(proposal: Proposal, by: User) -> str:
    """Resolve a proposal and return what became of it."""
    return decide(proposal, by=again(by), at=NOW).outcome


def took(proposal: Proposal, term: SeatTerm, choice: Choice) -> str:
    """Take a position as the holder of a seat and return what was taken."""
    assert term.account
    take_position(proposal, term, choice, reason="Razón", version=1, by=again(term.account), at=NOW)
    return f"dicho: {choice.label}"


def test_titular_and_substitute_both_voting_leave_one_position(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society", "civil_society-2")
    for number in range(ROUNDS):
        proposal = stm.put(session, f"Acuerdo {number}")
        titular, substitute = stm.terms["civil_society"], stm.terms["civil_society-2"]
        told = at_once(
            partial(took, proposal, titular, Choice.FAVOUR),
            partial(took, proposal, substitute, Choice.BLOCK),
            partial(took, proposal, titular, Choice.FAVOUR),
        )
        assert told == ["La persona titular está presente: ella se pronuncia por el asiento.", *["dicho: A favor"] * 2]
        assert Position.objects.get(proposal=proposal).term == titular
        stm.say(proposal, "guarantor")
        stm.settle(proposal)


def test_a_vote_and_the_departure_that_breaks_quorum(stm: Secretariat) -> None:
    for number in range(ROUNDS):
        session = stm.opened("guarantor", "civil_society", kind=SessionKind.EXTRAORDINARY)
        proposal = stm.put(session, f"Acuerdo {number}")
        for name in ("guarantor", "civil_society"):
            stm.say(proposal, name)
        gone = stm.terms["civil_society"]

        def goes(session: Session = session, gone: SeatTerm = gone) -> str:
            leave(session, gone, by=again(stm.runner), at=NOW)
            return "salió"

        told = at_once(partial(settled, proposal, stm.runner), goes)
        proposal.refresh_from_db()
        assert "salió" in told
        if proposal.outcome == Outcome.ADOPTED:
            assert (proposal.present, Agreement.objects.filter(proposal=proposal).count()) == (2, 1)
        else:
            assert (proposal.outcome, proposal.present) == (Outcome.NO_QUORUM, 1)
            assert not Agreement.objects.filter(proposal=proposal).exists()


def test_closing_against_a_position_counts_it_or_refuses_it(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    for number in range(ROUNDS):
        proposal = stm.put(session, f"Acuerdo {number}")
        for name in ("guarantor", "civil_society"):
            stm.say(proposal, name)
        told = at_once(
            partial(settled, proposal, stm.runner),
            partial(took, proposal, stm.terms["civil_society"], Choice.BLOCK),
        )
        blocked = Position.objects.filter(proposal=proposal, choice=Choice.BLOCK).exists()
        assert told == (
            ["dicho: Bloqueo", "rejected"] if blocked else ["Esta propuesta ya está resuelta: Aprobado.", "adopted"]
        )


def test_agreements_resolved_twice_are_one_and_numbered_without_gaps(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    for number in range(1, ROUNDS + 1):
        proposal = stm.put(session, f"Acuerdo {number}")
        for name in ("guarantor", "civil_society"):
            stm.say(proposal, name)
        told = at_once(*[partial(settled, proposal, stm.runner)] * 2)
        assert told == ["Esta propuesta ya está resuelta: Aprobado.", "adopted"]
        assert list(Agreement.objects.values_list("number", flat=True)) == list(range(1, number + 1))
    assert list(verify(ledger_lines())) == []


def test_of_two_proposals_at_once_one_is_deliberated(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")

    def puts(text: str) -> str:
        return put_to_decision(session, Asked(text), by=again(stm.runner), at=NOW).outcome

    told = at_once(partial(puts, "Uno"), partial(puts, "Dos"))
    assert told == ["Hay otra propuesta en deliberación. Resuélvela o retírala primero.", "open"]


def test_one_person_is_given_two_seats_at_once_and_gets_one(stm: Secretariat) -> None:
    seats = [stm.seat(sector, SeatRole.SUBSTITUTE) for sector in (Sector.GUARANTOR, Sector.CIVIL_SOCIETY)]
    for number in range(ROUNDS):
        person = account(f"doble{number}")

        def fills(seat: int, person: User = person) -> str:
            holder = Holder("Doble", account=person)
            return fill_seat(seats[seat], holder, act=ACT, by=again(stm.runner), at=NOW).published_name

        told = at_once(partial(fills, 0), partial(fills, 1))
        assert told[0] == "Doble"
        assert told[1].startswith("Esa persona ya ocupa otro asiento de este órgano")
        assert SeatTerm.objects.filter(account=person, ends_on__isnull=True).count() == 1


def test_two_people_are_given_one_seat_at_once_and_one_holds_it(stm: Secretariat) -> None:
    seat = stm.seat(Sector.PUBLIC_BODIES)
    for number in range(ROUNDS):

        def fills(letter: str, number: int = number) -> str:
            holder = Holder(f"Persona {letter}", account=account(f"p{number}{letter}"))
            return fill_seat(seat, holder, act=ACT, by=again(stm.runner), at=NOW).published_name

        assert at_once(partial(fills, "a"), partial(fills, "b")) == ["Persona a", "Persona b"]
        assert SeatTerm.objects.filter(seat=seat, ends_on__isnull=True).count() == 1


def test_an_adoption_and_a_widening_wait_for_each_other_and_both_end(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")
    for number in range(ROUNDS):
        proposal = stm.put(session, f"Acuerdo {number}")
        for name in ("guarantor", "civil_society"):
            stm.say(proposal, name)

        def widens() -> str:
            widen_sector(stm.body, Sector.CITIZENS, act=ACT, by=again(stm.runner), at=NOW)
            return "ampliado"

        told = at_once(partial(settled, proposal, stm.runner), widens)
        assert told in (["adopted", "ampliado"], ["ampliado", "no_quorum"])
        stm.body.seats.filter(sector=Sector.CITIZENS).delete()


def test_of_two_who_save_notes_at_once_one_is_told(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")

    def saves(text: str) -> str:
        return save_notes(session, text, version=0, by=again(stm.runner), at=NOW).notes

    told = at_once(partial(saves, "Aa"), partial(saves, "Ab"))
    assert told[0] in {"Aa", "Ab"}
    assert told[1].startswith("Otra persona guardó las notas antes")


def test_a_session_closed_twice_has_one_record(stm: Secretariat) -> None:
    session = stm.opened("guarantor", "civil_society")

    def closes() -> str:
        return str(close_session(session, by=again(stm.runner), at=NOW))

    told = at_once(closes, closes)
    assert told[0] == f"Acta: {session}"
    assert told[1].startswith("La sesión está «Terminada»")


def left(term: SeatTerm, first: int, last: int) -> str:
    """Leave a seat to its substitute on some days, as its titular."""
    assert term.account
    days = {"starts_on": day_of(NOW) + timedelta(days=first), "last_on": day_of(NOW) + timedelta(days=last)}
    delegate_seat(term, **days, by=again(term.account), at=NOW)
    return f"del {first} al {last}"


def test_days_that_overlap_are_said_once(stm: Secretariat) -> None:
    term = stm.terms["civil_society"]
    told = at_once(partial(left, term, 0, 4), partial(left, term, 2, 6), partial(left, term, 0, 4))
    said = Delegation.objects.get(term=term, ended_at__isnull=True)
    assert f"del {(said.starts_on - day_of(NOW)).days} al {(said.last_on - day_of(NOW)).days}" in told
    assert any("Ya dijiste" in str(each) for each in told)
