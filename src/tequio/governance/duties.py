"""What whoever sits in a body or conducts it has to do now: come, speak, remark, approve, convene, fulfil."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from tequio.governance.enums import (
    ELECTIONS,
    LONGEST_SILENCE,
    SECRETARIAT,
    AgreementStatus,
    BodyKind,
    Outcome,
    SeatRole,
    SessionState,
)
from tequio.governance.models import Agreement, Delegation, Minutes, Proposal, SeatTerm, Session
from tequio.governance.queries.elections import elections_to_vote, second_rounds_to_call
from tequio.governance.queries.pages import last_session_day
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, asked_once, capacity, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from tequio.accounts.models import User


WARNING: Final = 30
"""Days before six months of silence at which whoever facilitates is told."""


@asked_once
def seats_held(person: User, at: datetime) -> list[SeatTerm]:
    """Return the terms by which a person acts in seats, with their bodies."""
    found = SeatTerm.objects.held_on(day_of(at)).filter(account=person, seat__body__exercise__archived_on=None)
    return list(found.select_related("seat__body__exercise"))


@asked_once
def delegations_of(person: User, at: datetime) -> list[Delegation]:
    """Return for which days the person, as titular, has left their seats to their substitutes."""
    titular = [term for term in seats_held(person, at) if term.seat.role == SeatRole.TITULAR]
    return list(Delegation.objects.answered(day_of(at)).filter(term__in=titular)) if titular else []


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
    mine = {term.seat.body_id: term for term in seats_held(person, at)}
    waiting = Session.objects.filter(body__in=mine, state=SessionState.CONVENED, starts_at__gt=at)
    said = waiting.filter(confirmations__term__in=mine.values())
    for session in waiting.exclude(pk__in=said).select_related("body__exercise"):
        if mine[session.body_id] not in seats_answered(person, at, on=session.starts_on):
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
        asked = Proposal.objects.filter(
            outcome=Outcome.OPEN, session__presences__term=term, session__presences__left_at=None
        )
        seat = term.seat.substitute_of_id or term.seat_id
        for proposal in asked.exclude(positions__seat=seat).select_related("session__body__exercise"):
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


@duties
def send_remarks(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the minutes that wait, of the sessions where the person was and of which they have said nothing."""
    held = seats_held(person, at)
    waiting = Minutes.objects.filter(approved_at=None, session__presences__term__in=held)
    for minutes in waiting.exclude(remarks__term__in=held).select_related("session__body__exercise").distinct():
        yield Duty(
            key=f"governance.send_remarks:{minutes.session.key}",
            topic=SECRETARIAT,
            verb="Revisa",
            thing=f"el proyecto de acta: {minutes.session.name}",
            why="Estuviste en la sesión; la próxima aprueba el acta y ya no se corrige.",
            address=reverse("governance:draft", args=[minutes.session.exercise.slug, minutes.session.number]),
            button="Leer el acta",
            where=minutes.session.body.short_name,
        )


@duties
def fulfil_agreements(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the agreements that wait and for which a seat of the person answers."""
    held = seats_answered(person, at)
    owned = {term.seat.substitute_of_id or term.seat_id for term in held}
    waiting = Agreement.objects.filter(status=AgreementStatus.PENDING, proposal__owner__in=owned)
    for agreement in waiting.select_related("body__exercise", "proposal"):
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
    led = [term.seat.body_id for term in seats_held(person, at) if term.seat.role == SeatRole.FACILITATOR]
    coming = Session.objects.filter(body__in=led, state__in=(SessionState.CONVENED, SessionState.OPEN))
    waiting = Minutes.objects.filter(approved_at=None, session__body__in=led)
    for minutes in waiting.exclude(session__body__sessions__in=coming).select_related("session__body__exercise"):
        body = minutes.session.body
        yield Duty(
            key=f"governance.approve_minutes:{minutes.session.key}",
            topic=SECRETARIAT,
            verb="Convoca",
            thing=f"la sesión que apruebe el acta: {minutes.session.name}",
            why="El acta espera la aprobación de otra sesión y no hay una convocada.",
            address=reverse("governance:convene", args=[body.exercise.slug, body.word]),
            button="Convocar",
            where=body.short_name,
        )


@duties
def convene_in_time(person: User, at: datetime) -> Iterator[Duty]:
    """Yield, to whoever facilitates a secretariat, the session that must come before six months of silence."""
    for term in seats_held(person, at):
        body = term.seat.body
        if term.seat.role != SeatRole.FACILITATOR or body.kind != BodyKind.SECRETARIAT:
            continue
        last = last_session_day(body.exercise)
        due = last + timedelta(days=LONGEST_SILENCE) if last else None
        coming = body.sessions.filter(state__in=(SessionState.CONVENED, SessionState.OPEN))
        if due and due - timedelta(days=WARNING) <= day_of(at) and not coming.exists():
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
    for election in elections_to_vote(person, at):
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
    for election in second_rounds_to_call(person, at):
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
