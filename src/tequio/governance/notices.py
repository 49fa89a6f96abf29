"""What a body's members are told by mail, and in which words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.accounts.queries import address_of
from tequio.accounts.workflows import notify
from tequio.governance.enums import ELECTIONS, ElectionState, SessionState
from tequio.governance.queries.delegations import away_on
from tequio.governance.queries.quorum import holders
from tequio.kernel.calendar import Hour, calendar_attachment
from tequio.kernel.clock import day_of
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from tequio.governance.models import Election, Minutes, SeatTerm, Session
    from tequio.kernel.mail import Attachment

USUAL_LENGTH: Final = dt.timedelta(hours=2)
"""How long a calendar shows a session, whose end nobody sets."""


def tell_convened(session: Session, *, at: dt.datetime) -> int:
    """Send the notice of a session, with its calendar file, to titulars, substitutes and facilitator."""
    return _tell(session, "session", "Convocatoria", "governance/email/convened.txt", at=at)


def tell_changed(session: Session, *, at: dt.datetime) -> int:
    """Send what changed in a session, with the calendar file that takes the place of the former."""
    return _tell(session, f"session-changed-{session.changes.count()}", "Cambió", "governance/email/changed.txt", at=at)


def tell_not_held(session: Session, *, at: dt.datetime) -> int:
    """Tell that a session will not be held."""
    return _tell(session, "session-not-held", "No se celebra", "governance/email/not_held.txt", at=at)


def tell_minutes(minutes: Minutes, *, at: dt.datetime) -> int:
    """Tell whoever attended that the minutes wait for their remarks."""
    session = minutes.session
    there = {presence.term_id for presence in session.presences.all()}
    terms = [term for term in holders(session.body, day_of(at)).values() if term.pk in there]
    body = render_to_string("governance/email/minutes.txt", _words(session))
    return _send(terms, f"minutes:{session.exercise.slug}/{session.number}", f"Acta: {session.name}", body, at=at)


def calendar_entry(session: Session, *, link: str = "") -> Hour:
    """Return a session as a calendar holds it; one told later takes the place of one told before."""
    starts = session.starts_at or session.convened_at
    if starts is None:
        raise ValueError(f"{session} was not convened here")
    agenda = "\n".join(f"{item.order}. {item.text}" for item in session.items.all())
    cancelled = session.state == SessionState.NOT_HELD
    return Hour(
        identity=f"sesion-{session.exercise.slug}-{session.number}",
        title=f"{session.name}. {session.body.short_name}",
        text=f"{link}\n{agenda}".strip(),
        place=session.place or session.get_mode_display(),
        address=settings.SITE_ADDRESS + session.get_absolute_url(),
        version=session.changes.count() + cancelled,
        is_cancelled=cancelled,
        starts_at=starts,
        ends_at=starts + USUAL_LENGTH,
    )


def _tell(session: Session, key: str, word: str, template: str, *, at: dt.datetime) -> int:
    """Send a message about a session to whoever acts in its body on its day: not to who left it to a substitute."""
    body = render_to_string(template, _words(session))
    files = [calendar_attachment(calendar_entry(session, link=session.link), at=at)]
    away = away_on(session.body, session.starts_on, day=day_of(at))
    told = [term for term in holders(session.body, day_of(at)).values() if term.pk not in away]
    key = f"{key}:{session.exercise.slug}/{session.number}"
    return _send(told, key, f"{word}: {session.name}, {session.body.short_name}", body, files, at=at)


def _words(session: Session) -> dict[str, object]:
    return {
        "session": session,
        "items": session.items.all(),
        "change": session.changes.last(),
        "address": settings.SITE_ADDRESS + session.get_absolute_url(),
        "site_name": settings.SITE_NAME,
    }


def _send(
    terms: list[SeatTerm],
    key: str,
    subject: str,
    body: str,
    files: list[Attachment] | None = None,
    *,
    at: dt.datetime,
) -> int:
    """Post a message to the accounts of some seats; return how many were new."""
    reached = filter(None, (address_of(term.account) for term in terms if term.account))
    return sum(post(key, email, subject[:200], body, at=at, attachments=files or []) for email in reached)


def tell_seated(term: SeatTerm, email: str, token: str, *, at: dt.datetime) -> None:
    """Send the link by which whoever holds a seat acts in it."""
    address = settings.SITE_ADDRESS + reverse("governance:take_seat", args=[token])
    words = {"term": term, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("governance/email/seated.txt", words)
    key = f"seat:{term.seat.reference}:{term.order}:{at.isoformat()}"
    post(key[:200], email, f"Tu asiento: {term.seat}"[:200], body, at=at, urgent=True)


TOLD: Final = {
    ElectionState.CALLED.value: ("called", "Puedes votar", "Ver las candidaturas y votar"),
    ElectionState.CLOSED.value: ("result", "Resultado", "Ver el resultado"),
    ElectionState.ANNULLED.value: ("annulled", "Se anuló la elección", "Ver la elección"),
}


def tell_roll(election: Election, *, at: dt.datetime) -> None:
    """Tell the whole roll alike, whoever voted, how the election stands; who holds a code has no address here."""
    what, subject, button = TOLD[election.state]
    body = render_to_string(f"governance/email/election_{what}.txt", {"election": election}).strip()
    address = election.get_absolute_url()
    window = Hour(
        identity=f"eleccion/{election.code}",
        title=f"Votar: {election.question}",
        address=address,
        starts_at=election.opens_at,
        ends_at=election.closes_at,
    )
    for entry in election.roll.exclude(account__isnull=True).select_related("account"):
        if entry.account:
            notify(
                entry.account,
                ELECTIONS,
                f"election_{what}:{election.code}",
                f"{subject}: {election.question}",
                body,
                at=at,
                address=address,
                button=button,
                calendar=window if what == "called" else None,
            )
