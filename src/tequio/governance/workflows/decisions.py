"""Putting a text to the decision of a session, the position of each seat, and what results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from tequio.accounts.models import User
from tequio.governance.enums import (
    CHOICES,
    RUN_SESSION,
    SPEAK_FOR_SEAT,
    Choice,
    DecisionWay,
    Outcome,
    SeatRole,
    SessionState,
)
from tequio.governance.models import Position, Proposal
from tequio.governance.queries.quorum import outcome, places_in, quorum_of, rules_of
from tequio.governance.workflows.agreements import adopt
from tequio.governance.workflows.locking import allow, lock_body, lock_session, tell
from tequio.governance.workflows.minutes import check_approvable
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.governance.models import Mechanism, Minutes, Programme, Seat, SeatTerm, Session
    from tequio.governance.queries.quorum import Place, Quorum


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to a decision: the text, how, who will answer for it and by when, and what it puts in force."""

    text: str
    way: DecisionWay = DecisionWay.CONSENSUS
    owner: Seat | None = None
    due_on: date | None = None
    minutes: Minutes | None = None
    mechanism: Mechanism | None = None
    programme: Programme | None = None


@transaction.atomic
def put_to_decision(session: Session, asked: Asked, *, by: User | AnonymousUser, at: datetime) -> Proposal:
    """Put a text to the decision of a session; without quorum it is refused there and then, and the minutes say so."""
    session = lock_session(session, SessionState.OPEN)
    allow(by, RUN_SESSION, session, "someter un acuerdo en esta sesión")
    _check_asked(session, asked)
    if session.proposals.filter(outcome=Outcome.OPEN).exists():
        raise Refused("Hay otra propuesta en deliberación. Resuélvela o retírala primero.")
    quorum = quorum_of(rules_of(session.body), places_in(session))
    proposal = Proposal(
        session=session,
        order=(session.proposals.aggregate(last=Max("order"))["last"] or 0) + 1,
        text=asked.text.strip(),
        way=asked.way,
        owner=asked.owner,
        due_on=asked.due_on,
        put_at=at,
        minutes=asked.minutes,
        mechanism=asked.mechanism,
        programme=asked.programme,
    )
    if not quorum.holds:
        _settle(proposal, Outcome.NO_QUORUM, quorum.sentence, quorum, at=at)
    else:
        proposal.save(force_insert=True)
    return proposal


@transaction.atomic
def amend_proposal(proposal: Proposal, text: str, *, by: User | AnonymousUser, at: datetime) -> Proposal:
    """Change the text under deliberation; the positions on the former text are set aside."""
    proposal = _locked(proposal)
    allow(by, RUN_SESSION, proposal, f"cambiar este texto, sometido el {proposal.put_at:%d/%m/%Y}")
    if not text.strip():
        raise Refused("Escribe el texto del acuerdo.")
    if text.strip() != proposal.text:
        proposal.text, proposal.version, proposal.put_at = text.strip(), proposal.version + 1, at
        proposal.save(update_fields=["text", "version", "put_at"])
        proposal.positions.all().delete()
    return proposal


@transaction.atomic
def take_position(
    proposal: Proposal,
    term: SeatTerm,
    choice: Choice,
    *,
    reason: str = "",
    version: int,
    by: User | AnonymousUser,
    at: datetime,
) -> Position:
    """Take the position of a seat, one per seat: the titular's if present, otherwise the substitute's.

    Whoever conducts writes down what a person without an account says aloud; nobody speaks for one who has it.
    """
    proposal = _locked(proposal)
    is_spoken = term.account_id is None
    permission: tuple[str, object] = (RUN_SESSION, proposal) if is_spoken else (SPEAK_FOR_SEAT, term)
    if not isinstance(by, User) or not by.has_perm(*permission):
        raise Refused("Solo quien ocupa el asiento se pronuncia por él.")
    if version != proposal.version:
        raise Refused("El texto cambió mientras lo leías. Léelo otra vez y pronúnciate.")
    place = _place_of(proposal, term)
    if choice not in CHOICES[proposal.way]:
        raise Refused("Esa posición no corresponde a la forma en que se decide. Elige otra.")
    if choice == Choice.BLOCK and not reason.strip():
        raise Refused("Para bloquear, escribe la razón: es pública y ayuda a encontrar otra redacción.")
    said = {"term": term, "choice": choice, "reason": reason.strip()[:1000], "taken_at": at, "is_spoken": is_spoken}
    position, _ = Position.objects.update_or_create(proposal=proposal, seat=place.seat, defaults=said)
    return position


@transaction.atomic
def decide(proposal: Proposal, *, by: User | AnonymousUser, at: datetime) -> Proposal:
    """Close the deliberation: what the positions of the seats present decide, if there still is quorum."""
    proposal = _locked(proposal)
    allow(by, RUN_SESSION, proposal, "resolver esta propuesta")
    lock_body(proposal.body)  # before the record's turn, as whoever fills seats does
    rules, places = rules_of(proposal.body), places_in(proposal.session)
    quorum = quorum_of(rules, places)
    present = {place.seat.pk for place in places if place.acting}
    said = {position.seat_id: position.choice for position in proposal.positions.all() if position.seat_id in present}
    silent = [str(place.seat) for place in places if place.acting and place.seat.pk not in said]
    if quorum.holds and proposal.way == DecisionWay.CONSENSUS and silent:
        raise Refused(f"Falta que se pronuncie: {', '.join(silent)}. Sin su palabra no hay consenso.")
    result, why = outcome(rules, proposal.way, said, quorum)
    _settle(proposal, result, why, quorum, at=at)
    if result == Outcome.ADOPTED:
        adopt(proposal, at=at)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, reason: str, by: User | AnonymousUser, at: datetime) -> Proposal:
    """Take a text away from the decision, and say why."""
    proposal = _locked(proposal)
    allow(by, RUN_SESSION, proposal, "retirar esta propuesta")
    if not reason.strip():
        raise Refused("Escribe por qué se retira; queda en el acta.")
    quorum = quorum_of(rules_of(proposal.body), places_in(proposal.session))
    _settle(proposal, Outcome.WITHDRAWN, reason.strip()[:500], quorum, at=at)
    return proposal


def _settle(proposal: Proposal, result: Outcome, why: str, quorum: Quorum, *, at: datetime) -> None:
    """Write what became of a proposal, with the quorum of that instant, and tell it."""
    proposal.outcome, proposal.reason, proposal.decided_at = result, why[:500], at
    proposal.seats, proposal.present, proposal.needed = quorum.seats, quorum.present, quorum.needed
    proposal.save()
    facts = {
        "order": proposal.order,
        "outcome": result.value,
        "seats": quorum.seats,
        "present": quorum.present,
        "needed": quorum.needed,
    }
    tell("governance.proposal_decided", proposal.session.reference, facts, at=at)


def _locked(proposal: Proposal) -> Proposal:
    """Return a proposal as it is now, under its session's turn, if it is still open."""
    session = lock_session(proposal.session, SessionState.OPEN)
    found = Proposal.objects.select_related("minutes", "mechanism", "programme").get(pk=proposal.pk)
    found.session = session
    if found.outcome != Outcome.OPEN:
        raise Refused(f"Esta propuesta ya está resuelta: {found.get_outcome_display()}.")
    return found


def _place_of(proposal: Proposal, term: SeatTerm) -> Place:
    """Return the representation for which somebody may speak now, or refuse in the words of the cause."""
    if term.seat.role == SeatRole.FACILITATOR:
        raise Refused("La facilitación tiene voz y no voto.")
    representation = term.seat.representation
    for place in places_in(proposal.session):
        if place.seat != representation:
            continue
        if place.acting == term:
            return place
        if term in {place.titular, place.substitute} and place.is_delegated:
            raise Refused("Estos días responde tu suplente, que está presente. Termina la suplencia para actuar tú.")
        if term in {place.titular, place.substitute}:
            raise Refused("La persona titular está presente: ella se pronuncia por el asiento.")
    raise Refused("No consta que esté en la sesión. Anota primero su llegada.")


def _check_asked(session: Session, asked: Asked) -> None:
    """Refuse a text that says nothing, or that names what is not this body's."""
    if not asked.text.strip():
        raise Refused("Escribe el texto del acuerdo.")
    if asked.owner and asked.owner.body.exercise_id != session.body.exercise_id:
        raise Refused("Quien responde por el acuerdo debe ocupar un asiento de este ejercicio.")
    for thing in (asked.mechanism, asked.programme):
        if thing and (thing.body_id != session.body_id or thing.agreement_id):
            raise Refused("Eso ya está aprobado, o es de otro órgano.")
    if asked.minutes:
        check_approvable(asked.minutes, session)
