"""Convening a session, changing how it meets, and opening and closing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.exercises.models import Exercise
from tequio.governance.enums import (
    CONVENE_SESSION,
    MINIMUM,
    RUN_SESSION,
    Mode,
    Outcome,
    SeatRole,
    SessionKind,
    SessionState,
)
from tequio.governance.models import AgendaItem, Session, SessionChange
from tequio.governance.notices import tell_changed, tell_convened, tell_not_held
from tequio.governance.queries.quorum import holders, places_in, quorum_of, rules_of
from tequio.governance.workflows.attendance import everybody_leaves
from tequio.governance.workflows.locking import allow, lock_session, tell
from tequio.governance.workflows.minutes import draw_up_minutes
from tequio.kernel.clock import day_of
from tequio.kernel.models import DatePrecision
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import moment, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import Body, Minutes

EARLY: Final = timedelta(minutes=30)
"""How long before its hour a session may be opened, once everybody is there."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how a body meets."""

    starts_at: datetime
    mode: Mode
    place: str = ""
    link: str = ""

    @property
    def sentence(self) -> str:
        """Say it in a line; the link, which only members receive, stays out."""
        return f"{moment(self.starts_at)}. {self.mode.label}{f', {self.place}' if self.place else ''}."


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the order of the day."""

    text: str
    starts_at: time | None = field(default=None)


@transaction.atomic
def convene_session(
    body: Body,
    kind: SessionKind,
    meeting: Meeting,
    points: Sequence[Point],
    *,
    by: User | AnonymousUser,
    at: datetime,
) -> Session:
    """Convene a session of a body with its order of the day, and send the notice to whoever acts in its seats."""
    allow(by, CONVENE_SESSION, body, "convocar a este órgano")
    Exercise.objects.select_for_update(no_key=True).get(pk=body.exercise_id)
    _check_meeting(meeting)
    _check_composition(body, at=at)
    _check_notice(body, kind, meeting, at=at)
    if not points:
        raise Refused("Escribe al menos un punto del orden del día.")
    everywhere = Session.objects.filter(body__exercise=body.exercise_id)
    session = Session.objects.create(
        body=body,
        order=(body.sessions.aggregate(last=Max("order"))["last"] or 0) + 1,
        number=(everywhere.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        name=_name(body, kind),
        state=SessionState.CONVENED,
        mode=meeting.mode,
        place=meeting.place.strip(),
        link=meeting.link.strip(),
        starts_at=meeting.starts_at,
        starts_on=day_of(meeting.starts_at),
        starts_precision=DatePrecision.DAY,
        convened_at=at,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, order=order, text=point.text, starts_at=point.starts_at)
        for order, point in enumerate(points, 1)
    )
    facts = {"kind": kind.value, "mode": meeting.mode.value, "starts_at": meeting.starts_at.isoformat()}
    tell("governance.session_convened", session.reference, facts, at=at)
    tell_convened(session, at=at)
    return session


@transaction.atomic
def change_session(
    session: Session, meeting: Meeting, *, reason: str, by: User | AnonymousUser, at: datetime
) -> Session:
    """Change how, where or when a session meets; confirmations, attendance and what was decided stay (EX-11)."""
    session = lock_session(session, SessionState.CONVENED, SessionState.OPEN)
    allow(by, CONVENE_SESSION, session, "cambiar esta sesión")
    _check_meeting(meeting)
    if not reason.strip():
        raise Refused("Escribe por qué cambia; se lo diremos a quienes integran el órgano.")
    if session.starts_at is None or (session.state == SessionState.OPEN and meeting.starts_at != session.starts_at):
        raise Refused("La sesión ya empezó: su hora no cambia. Puedes cambiar cómo y dónde se reúnen.")
    if meeting.starts_at != session.starts_at and meeting.starts_at <= at:
        raise Refused("La nueva hora ya pasó. Elige otra.")
    before = Meeting(session.starts_at, Mode(session.mode), session.place, session.link)
    if before == meeting:
        return session
    session.mode, session.place, session.link = meeting.mode, meeting.place.strip(), meeting.link.strip()
    session.starts_at, session.starts_on = meeting.starts_at, day_of(meeting.starts_at)
    session.save(update_fields=["mode", "place", "link", "starts_at", "starts_on"])
    SessionChange.objects.create(
        session=session, changed_at=at, before=before.sentence, after=meeting.sentence, reason=reason.strip()
    )
    facts = {"mode": meeting.mode.value, "starts_at": meeting.starts_at.isoformat()}
    tell("governance.session_changed", session.reference, facts, at=at)
    tell_changed(session, at=at)
    return session


@transaction.atomic
def open_session(session: Session, *, by: User | AnonymousUser, at: datetime) -> Session:
    """Open a session, if those present make the quorum."""
    session = lock_session(session, SessionState.CONVENED)
    allow(by, RUN_SESSION, session, "abrir esta sesión")
    if session.starts_at and at < session.starts_at - EARLY:
        raise Refused(f"La sesión empieza el {moment(session.starts_at)}. Se abre desde media hora antes.")
    quorum = quorum_of(rules_of(session.body), places_in(session))
    if not quorum.holds:
        raise Refused(f"{quorum.sentence} Espera a que lleguen, o declara que no se celebró.")
    session.state, session.opened_at = SessionState.OPEN, at
    session.save(update_fields=["state", "opened_at"])
    facts = {"seats": quorum.seats, "present": quorum.present, "needed": quorum.needed}
    tell("governance.session_opened", session.reference, facts, at=at)
    return session


@transaction.atomic
def declare_not_held(session: Session, *, reason: str, by: User | AnonymousUser, at: datetime) -> Session:
    """Say that a session that was convened is not held, and why."""
    session = lock_session(session, SessionState.CONVENED)
    allow(by, RUN_SESSION, session, "declarar que esta sesión no se celebró")
    if not reason.strip():
        raise Refused("Escribe por qué no se celebra; es público.")
    session.state, session.not_held_reason = SessionState.NOT_HELD, reason.strip()
    session.save(update_fields=["state", "not_held_reason"])
    everybody_leaves(session.presences.all(), at=at)
    tell("governance.session_not_held", session.reference, {}, at=at)
    tell_not_held(session, at=at)
    return session


@transaction.atomic
def close_session(session: Session, *, by: User | AnonymousUser, at: datetime) -> Minutes:
    """Close a session; its minutes are drawn up from what was noted, and wait for remarks."""
    session = lock_session(session, SessionState.OPEN)
    allow(by, RUN_SESSION, session, "cerrar esta sesión")
    if session.proposals.filter(outcome=Outcome.OPEN).exists():
        raise Refused("Hay una propuesta en deliberación. Resuélvela o retírala antes de cerrar.")
    ended = everybody_leaves(session.presences.all(), at=max(at, session.opened_at or at))
    session.state, session.closed_at = SessionState.CLOSED, ended
    session.save(update_fields=["state", "closed_at"])
    tell("governance.session_closed", session.reference, {}, at=at)
    return draw_up_minutes(session, at=at)


@transaction.atomic
def save_notes(session: Session, text: str, *, version: int, by: User | AnonymousUser, at: datetime) -> Session:
    """Keep what is being written of a session; whoever writes over an older version is told, and loses nothing."""
    session = lock_session(session, SessionState.CONVENED, SessionState.OPEN, SessionState.CLOSED)
    allow(by, RUN_SESSION, session, "escribir las notas de esta sesión")
    text = text.replace("\r\n", "\n")
    if text == session.notes:
        return session
    if version != session.notes_version:
        raise Refused("Otra persona guardó las notas antes. Abajo están las suyas y las tuyas: júntalas y guarda.")
    if hasattr(session, "record") and session.record.approved_at:
        raise Refused("El acta ya está aprobada: sus notas no cambian.")
    session.notes, session.notes_version, session.notes_saved_at = text, version + 1, at
    session.save(update_fields=["notes", "notes_version", "notes_saved_at"])
    return session


@transaction.atomic
def publish_recording(session: Session, url: str, *, by: User | AnonymousUser, at: datetime) -> Session:
    """Say where the recording of a session is."""
    session = lock_session(session, SessionState.OPEN, SessionState.CLOSED)
    allow(by, RUN_SESSION, session, "publicar la grabación de esta sesión")
    session.recording_url = url.strip()
    session.save(update_fields=["recording_url"])
    tell("governance.recording_published", session.reference, {"url": session.recording_url}, at=at)
    return session


def _name(body: Body, kind: SessionKind) -> str:
    """Return how a session is called: its kind and, but for an installation, its number among those convened here."""
    before = body.sessions.convened_here().filter(kind=kind).count()
    return str(kind.label) if kind == SessionKind.INSTALLATION and not before else f"{kind.label} {before + 1}"


def _check_meeting(meeting: Meeting) -> None:
    """Refuse a meeting that lacks where to go."""
    if meeting.mode != Mode.REMOTE and not meeting.place.strip():
        raise Refused("Escribe el lugar: habrá quien llegue en persona.")
    if meeting.mode != Mode.IN_PERSON and not meeting.link.strip():
        raise Refused("Escribe la liga: habrá quien se conecte a distancia.")


def _check_composition(body: Body, *, at: datetime) -> None:
    """Refuse a body that lacks its minimum composition today."""
    filled = {term.seat.sector for term in holders(body, day_of(at)).values() if term.seat.role == SeatRole.TITULAR}
    if missing := [str(sector.label) for sector in MINIMUM.get(body.kind, ()) if sector not in filled]:
        raise Refused(f"Antes de convocar, di quién ocupa el asiento titular de: {', '.join(missing)}.")


def _check_notice(body: Body, kind: SessionKind, meeting: Meeting, *, at: datetime) -> None:
    """Refuse an hour that passed, or one that comes sooner than the mechanism allows."""
    if meeting.starts_at <= at:
        raise Refused("Esa hora ya pasó. Elige otra.")
    rules = rules_of(body)
    days = {SessionKind.INSTALLATION: 0, SessionKind.EXTRAORDINARY: rules.short_notice_days}.get(
        kind, rules.notice_days
    )
    earliest = day_of(at) + timedelta(days=days)
    if day_of(meeting.starts_at) < earliest:
        raise Refused(f"Se convoca con al menos {days} días. Elige una fecha desde el {short_date(earliest)}.")
