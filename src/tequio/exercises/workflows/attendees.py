"""Registering for an event without an account, leaving it, being reminded of it, and being forgotten."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from tequio.accounts.enums import Sector, Sex
from tequio.accounts.models import User
from tequio.accounts.queries import address_of
from tequio.accounts.workflows import give_consent, hash_of
from tequio.exercises.enums import AccessNeed, AttendeeState, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.notices.events import tell_again, tell_everyone, tell_registered
from tequio.exercises.queries.events import attendee_of, guest_of
from tequio.exercises.workflows.events import EVENTS, held_row
from tequio.exercises.workflows.places import fill_places, has_room, promote
from tequio.kernel.clock import day_of, midnight
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.jobs import enqueue
from tequio.kernel.mail import plain_address
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import PrivacyNotice

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a code is drawn from: no sign that can be read as another."""
CODE_LENGTH: Final = 8
NEEDS_KEPT: Final = timedelta(days=1)
PEOPLE_KEPT: Final = timedelta(days=30)
"""How long after an event the data of who registered are kept; the notice at the form says so."""
FORGOTTEN: Final[dict[str, Any]] = {
    "email": "", "name": "", "code": "", "needs": [], "group": "", "institution": "", "mark": "",
}  # fmt: skip
"""What goes when somebody leaves, or when their time is over."""
NOT_OPEN: Final = "Este evento no recibe registros: todavía no se anuncia, se canceló o ya terminó."


@dataclass(frozen=True, kw_only=True)
class AttendeeDetails:
    """What a person says of themselves to attend: as little as may be."""

    sector: str = ""
    email: str = ""
    name: str = ""
    sex: str = Sex.UNSAID
    needs: tuple[str, ...] = ()
    group: str = ""
    institution: str = ""
    notice: PrivacyNotice | None = None
    invitation: str = ""
    """The secret of who was invited first, if they came by it."""


@transaction.atomic
def register_for_event(event: Event, details: AttendeeDetails, *, by: User | AnonymousUser, at: datetime) -> Attendee:
    """Give whoever reads an address a place, or a turn to wait for one; asked again, it is the same registration."""
    row = held_row(event)
    if not row.takes_registrations(at) or not Event.objects.visible_to(by).filter(pk=row.pk).exists():
        raise Refused(NOT_OPEN)
    attendee = drafted(row, details)
    if not attendee.email:
        raise Refused("Escribe tu correo: ahí te llega tu lugar.")
    if details.notice is None:
        raise Refused("Para registrarte, acepta el aviso de privacidad.")
    is_theirs = isinstance(by, User) and address_of(by).casefold() == attendee.email
    who = by if is_theirs else AnonymousUser()
    # Of the day only: the instant would join a registration with a log.
    give_consent(details.notice, address=attendee.email, by=who, at=midnight(day_of(at)))
    if row.kept_until:
        fill_places(row, at=at)  # what was kept until now goes first to who waited for it
    is_kept = row.keeps_places(at)
    may_have_one = has_room(row) and (not is_kept or _is_invited(row, attendee.email, details.invitation))
    if (known := row.attendees.filter(email=attendee.email).first()) is not None:
        known.event = row
        if is_kept and may_have_one and known.state == AttendeeState.WAITING:
            promote(known, at=at)
        else:
            tell_again(known, at=at)
        return known
    attendee.state = AttendeeState.CONFIRMED if may_have_one else AttendeeState.WAITING
    attendee.save(force_insert=True)
    tell_registered(attendee, at=at)
    if attendee.state == AttendeeState.CONFIRMED and not has_room(row):
        announce(CHANGED, subject=EVENTS.subject(row))
    return attendee


def _is_invited(event: Event, address: str, invitation: str) -> bool:
    """Say whether an invitation is to this event and was sent to this address: one link gives one place."""
    guest = guest_of(event, invitation) if invitation else None
    return guest is not None and guest.email == address


@transaction.atomic
def cancel_registration(event: Event, token: str, *, at: datetime) -> None:
    """Give up a place by its personal link: the data of who does so go at once, and the place passes on."""
    row = held_row(event)
    attendee = attendee_of(row, token)
    if attendee is None:
        return  # cancelled already, or forgotten: what was asked for is so
    if attendee.arrived_at or not row.takes_registrations(at):
        raise Refused("El evento ya pasó o ya registramos tu llegada: no se puede cancelar.")
    _leave(row, attendee, at=at)


@transaction.atomic
def end_attendances(address_hash: str, *, at: datetime) -> int:
    """Forget whoever had an address and took their consent back: their places pass on; return how many registrations.

    Who came, or registered for what is over, is no longer told anything and stays counted.
    """
    known = Attendee.objects.exclude(email="").values_list("pk", "email").iterator()
    theirs = [number for number, email in known if hash_of(email) == address_hash]
    for attendee in Attendee.objects.filter(pk__in=theirs).select_related("event").order_by("event"):
        row = held_row(attendee.event)
        attendee.refresh_from_db()
        if attendee.arrived_at or not row.takes_registrations(at):
            Attendee.objects.filter(pk=attendee.pk).update(**FORGOTTEN)
        else:
            _leave(row, attendee, at=at)
    return len(theirs)


def _leave(row: Event, attendee: Attendee, *, at: datetime) -> None:
    """Erase the data of who leaves an event, whose row is held, and pass their place on."""
    was_full = not has_room(row)
    Attendee.objects.filter(pk=attendee.pk).update(state=AttendeeState.CANCELLED, sex=Sex.UNSAID, **FORGOTTEN)
    fill_places(row, at=at)
    if was_full and has_room(row):
        announce(CHANGED, subject=EVENTS.subject(row))


def remind_attendees(*, at: datetime) -> int:
    """Queue the reminder of each event that is tomorrow; return how many events."""
    tomorrow = day_of(at) + timedelta(days=1)
    events = Event.objects.filter(state=EventState.PUBLISHED, starts_on=tomorrow)
    for event in events:
        key = f"event:{event.pk}:reminder:{event.revision}"
        enqueue(tell_everyone, event.pk, "reminder", at.isoformat(), key=key)
    return len(events)


@transaction.atomic
def forget_attendees(*, at: datetime) -> int:
    """Erase the personal data of events that ended 30 days ago, what was needed to take part on the next day.

    What stays is what is counted. The instant of arrival becomes that of the beginning: that they came stays.
    Return how many events were forgotten.
    """
    Attendee.objects.filter(event__ends_at__lte=at - NEEDS_KEPT).exclude(needs=[]).update(needs=[])
    over = Event.objects.select_for_update(no_key=True).filter(
        ends_at__lte=at - PEOPLE_KEPT, people_forgotten_at__isnull=True
    )
    events = list(over)
    for event in events:
        event.attendees.update(**FORGOTTEN)
        event.attendees.filter(arrived_at__isnull=False).update(arrived_at=event.starts_at)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(people_forgotten_at=at)
    return len(events)


def drafted(event: Event, details: AttendeeDetails) -> Attendee:
    """Return a registration as it would be written, checked."""
    group = next((group for group in event.groups if group["key"] == details.group), None)
    if event.groups and group is None:
        raise Refused("Elige de dónde vienes.")
    sector = group["sector"] if group else details.sector
    if sector not in Sector.values:
        raise Refused("Elige de qué sector vienes.")
    if details.sex not in Sex.values or not set(details.needs) <= set(AccessNeed.values):
        raise Refused("Revisa tus respuestas: hay una que la página no ofrece.")
    return Attendee(
        event=event,
        code=new_code(),
        email=mail_address(details.email),
        name=" ".join(details.name.split())[:120],
        sector=sector,
        group=group["key"] if group else "",
        institution=" ".join(details.institution.split())[:120] if group else "",
        sex=details.sex,
        needs=sorted(set(details.needs)),
    )


def mail_address(email: str) -> str:
    """Return an address as it is kept and compared; nothing for nothing."""
    email = email.strip().casefold()
    if not email:
        return ""
    try:
        validate_email(email)
        return plain_address(email)
    except (ValidationError, ValueError) as wrong:
        raise Refused("Escribe un correo completo, como nombre@ejemplo.mx.") from wrong


def new_code() -> str:
    """Return a code that says nothing and is nobody's."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not Attendee.objects.filter(Q(code=code)).exists():
            return code
