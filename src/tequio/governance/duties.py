"""What whoever sits in a body or conducts it has to do now: come, speak, remark, approve, convene, fulfil."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from tequio.governance.enums import (
    ELECTIONS,
    LONGEST_SILENCE,
    SECRETARIAT,
    BodyKind,
    Outcome,
    SeatRole,
    SessionState,
)
from tequio.governance.models import Agreement, Delegation, Election, SeatTerm, Session
from tequio.governance.queries.delegations import answering
from tequio.governance.queries.elections import elections_asking, elections_to_vote, second_rounds_to_call
from tequio.governance.queries.pages import pending_agreements, session_days
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, capacity, duties, read_in_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.governance.models import Body


COMING: Final = (SessionState.CONVENED, SessionState.OPEN)
WARNING: Final = 30
"""Days before six months of silence at which whoever facilitates is told."""


@read_in_one
def asked_of(person: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """Return the rows from which the duties below follow; a suspended account acts in nothing."""
    if not person.is_active:
        return {"terms": SeatTerm.objects.none(), "elections": Election.objects.none()}
    return {"terms": terms_acting(person, at), "elections": elections_asking(person, at)}


def terms_acting(person: User, at: datetime) -> QuerySet[SeatTerm]:
    """Return the terms by which a person acts in seats, their bodies with what waits in them.

    A body's `alive` are its sessions to come, under way or without approved minutes; `pending`, its agreements.
    """
    alive = Q(state__in=COMING) | Q(record__isnull=False, record__approved_at=None)
    found = SeatTerm.objects.held_on(day_of(at)).filter(account=person, seat__body__exercise__archived_on=None)
    last = Subquery(session_days(OuterRef("seat__body__exercise"))[:1])
    hung = ("confirmations", "presences", "record__remarks", "proposals__positions")
    return (
        found.annotate(last_session_on=last)
        .select_related("seat__body__exercise")
        .prefetch_related(
            answering(day_of(at)),
            Prefetch("seat__body__sessions", Session.objects.filter(alive), to_attr="alive"),
            Prefetch("seat__body__agreements", pending_agreements(Agreement.objects.all()), to_attr="pending"),
            *(f"seat__body__sessions__{each}" for each in hung),
        )
    )


def seats_held(person: User, at: datetime) -> list[SeatTerm]:
    """Return the terms by which a person acts in seats."""
    return asked_of(person, at)["terms"]


def sessions_alive(held: list[SeatTerm]) -> list[Session]:
    """Return the sessions that ask something of those who sit in their bodies, each once."""
    return list({session.pk: session for term in held for session in vars(term.body)["alive"]}.values())


def delegations_of(person: User, at: datetime) -> list[Delegation]:
    """Return for which days the person, as titular, has left their seats to their substitutes."""
    titular = [term for term in seats_held(person, at) if term.seat.role == SeatRole.TITULAR]
    return [each for term in titular for each in vars(term)["answered"]]


def seats_answered(person: User, at: datetime, *, on: date | None = None) -> list[SeatTerm]:
    """Return the terms by which a person answers on a day, today if none is named: not those left to a substitute."""
    away = {each.term_id for each in delegations_of(person, at) if each.covers(on or day_of(at))}
    return [term for term in seats_held(person, at) if term.pk not in away]


@capacity
def seats_in_words(person: User, at: datetime) -> Iterator[str]:
    """Yield the seats that the person holds."""
    for term in seats_held(person, at):
        yield f"{term.seat}, {term.seat.body.short_name}"


@duties
def confirm_attendance(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each session convened for which the person has not said whether they will come."""
    held = seats_held(person, at)
    mine = {term.pk for term in held}
    for session in sessions_alive(held):
        said = any(each.term_id in mine for each in session.confirmations.all())
        if said or session.state != SessionState.CONVENED or not (session.starts_at and session.starts_at > at):
            continue
        answered = seats_answered(person, at, on=session.starts_on)
        if all(term.seat.body_id != session.body_id for term in answered):
            continue
        yield Duty(
            key=f"governance.confirm_attendance:{session.key}",
            topic=SECRETARIAT,
            verb="Confirma",
            thing=f"si asistirás: {session.name}",
            why="Si no puedes, tu suplente se entera a tiempo y no falta el quórum.",
            address=live(session),
            button="Confirmar",
            where=session.body.short_name,
            due_at=session.starts_at,
        )


@duties
def take_position(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each text under deliberation on which the person's seat has not spoken, if they are in the session."""
    for term in seats_answered(person, at):
        if term.seat.role == SeatRole.FACILITATOR:
            continue
        seat = term.seat.substitute_of_id or term.seat_id
        there = [session for session in sessions_alive([term]) if is_in(session, term)]
        for proposal in (each for session in there for each in session.proposals.all()):
            if proposal.outcome != Outcome.OPEN or any(each.seat_id == seat for each in proposal.positions.all()):
                continue
            yield Duty(
                key=f"governance.take_position:{proposal.session.key}/{proposal.order}",
                topic=SECRETARIAT,
                verb="Pronúnciate",
                thing=f"sobre la propuesta {proposal.order}",
                why="Está en deliberación y tu asiento todavía no dice su posición.",
                address=live(proposal.session),
                button="Leer y decidir",
                where=proposal.session.body.short_name,
                due_on=day_of(at),
            )


def is_in(session: Session, term: SeatTerm) -> bool:
    """Say whether whoever acts by a term is in a session now."""
    return any(each.term_id == term.pk and each.left_at is None for each in session.presences.all())


@duties
def send_remarks(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the minutes that wait, of the sessions where the person was and of which they have said nothing."""
    held = seats_held(person, at)
    mine = {term.pk for term in held}
    for session in filter(waits_for_approval, sessions_alive(held)):
        was_there = any(each.term_id in mine for each in session.presences.all())
        if not was_there or any(each.term_id in mine for each in session.record.remarks.all()):
            continue
        yield Duty(
            key=f"governance.send_remarks:{session.key}",
            topic=SECRETARIAT,
            verb="Revisa",
            thing=f"el proyecto de acta: {session.name}",
            why="Estuviste en la sesión; la próxima aprueba el acta y ya no se corrige.",
            address=reverse("governance:draft", args=[session.exercise.slug, session.number]),
            button="Leer el acta",
            where=session.body.short_name,
        )


def waits_for_approval(session: Session) -> bool:
    """Say whether the minutes of a session are drawn up and not approved."""
    record = getattr(session, "record", None)
    return record is not None and record.approved_at is None


@duties
def fulfil_agreements(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the agreements that wait and for which a seat of the person answers."""
    for term in seats_answered(person, at):
        seat = term.seat.substitute_of_id or term.seat_id
        for agreement in (each for each in vars(term.body)["pending"] if each.proposal.owner_id == seat):
            yield Duty(
                key=f"governance.fulfil_agreement:{agreement.reference}",
                topic=SECRETARIAT,
                verb="Cumple",
                thing=f"el {str(agreement).lower()}",
                why=f"Tu asiento responde por él: «{agreement.proposal.text[:120]}»",
                address=reverse("governance:fulfil", args=[agreement.exercise.slug, agreement.code]),
                button="Dar por cumplido",
                where=agreement.body.short_name,
                due_on=agreement.proposal.due_on,
            )


@duties
def approve_minutes(person: User, at: datetime) -> Iterator[Duty]:
    """Yield, to whoever facilitates, the minutes that no session has approved: the next must be convened."""
    led = [term for term in seats_held(person, at) if term.seat.role == SeatRole.FACILITATOR]
    for session in filter(waits_for_approval, sessions_alive([term for term in led if not has_session(term.body)])):
        yield Duty(
            key=f"governance.approve_minutes:{session.key}",
            topic=SECRETARIAT,
            verb="Convoca",
            thing=f"la sesión que apruebe el acta: {session.name}",
            why="El acta espera la aprobación de otra sesión y no hay una convocada.",
            address=reverse("governance:convene", args=[session.exercise.slug, session.body.word]),
            button="Convocar",
            where=session.body.short_name,
        )


def has_session(body: Body) -> bool:
    """Say whether a session of a body is convened or under way."""
    return any(session.state in COMING for session in vars(body)["alive"])


@duties
def convene_in_time(person: User, at: datetime) -> Iterator[Duty]:
    """Yield, to whoever facilitates a secretariat, the session that must come before six months of silence."""
    for term in seats_held(person, at):
        body = term.seat.body
        if term.seat.role != SeatRole.FACILITATOR or body.kind != BodyKind.SECRETARIAT:
            continue
        last = vars(term)["last_session_on"]
        due = last + timedelta(days=LONGEST_SILENCE) if last else None
        if due and due - timedelta(days=WARNING) <= day_of(at) and not has_session(body):
            yield Duty(
                key=f"governance.convene_in_time:{body.exercise.slug}/{body.word}/{due:%Y-%m-%d}",
                topic=SECRETARIAT,
                verb="Convoca",
                thing="la siguiente sesión del secretariado",
                why="Debe sesionar al menos una vez cada seis meses.",
                address=reverse("governance:convene", args=[body.exercise.slug, body.word]),
                button="Convocar",
                where=body.short_name,
                due_on=due,
            )


def live(session: Session) -> str:
    """Return the page of a session under way."""
    return reverse("governance:live", args=[session.exercise.slug, session.number])


@duties
def vote_in_elections(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each election in which the person may vote now and has not."""
    for election in elections_to_vote(asked_of(person, at)["elections"]):
        yield Duty(
            key=f"governance.vote:{election.code}",
            topic=ELECTIONS,
            verb="Vota",
            thing=f"en «{election.question}»",
            why="Estás en el padrón. Tu voto es secreto y después del cierre ya no se puede votar.",
            address=reverse("governance:ballot", args=[election.exercise.slug, election.number]),
            button="Votar",
            where=election.exercise.name,
            due_at=election.closes_at,
        )


@duties
def call_second_rounds(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each second round that a count asked for and nobody has called."""
    for election in second_rounds_to_call(asked_of(person, at)["elections"], person):
        yield Duty(
            key=f"governance.call_second_round:{election.code}",
            topic=ELECTIONS,
            verb="Convoca",
            thing=f"«{election.question}»",
            why="La cuenta quedó empatada, o nadie tuvo más de la mitad, y el sector espera la fecha.",
            address=reverse("governance:election_work", args=[election.exercise.slug, election.number]),
            button="Revisar y convocar",
            where=election.exercise.name,
        )
