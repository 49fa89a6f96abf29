"""Letting in who comes to an event: by code, by name, or without having registered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.exercises.enums import AttendeeState, DoorAnswer, EventState
from tequio.exercises.workflows.attendees import drafted, mail_address
from tequio.exercises.workflows.events import held_row, permitted
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Attendee, Event
    from tequio.exercises.workflows.attendees import AttendeeDetails

OPENS_BEFORE: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the door answers, and about whom."""

    answer: DoorAnswer
    attendee: Attendee | None = None


@transaction.atomic
def check_in(event: Event, code: str, *, is_let_in: bool = False, by: User | AnonymousUser, at: datetime) -> Arrival:
    """Note that who holds a code came; who waits for a place comes in only if the door lets them, while one is free."""
    row = _open_door(event, by=by, at=at)
    code = code.strip().upper()
    attendee = row.attendees.filter(code=code).first() if code else None
    if attendee is None:
        return Arrival(DoorAnswer.NOT_THERE)
    if attendee.arrived_at:
        return Arrival(DoorAnswer.ALREADY, attendee)
    if attendee.state == AttendeeState.WAITING:
        if not is_let_in:
            return Arrival(DoorAnswer.WAITING, attendee)
        _check_room(row)
    attendee.state, attendee.arrived_at = AttendeeState.CONFIRMED, at
    attendee.save(update_fields=["state", "arrived_at"])
    return Arrival(DoorAnswer.COME_IN, attendee)


@transaction.atomic
def admit_walk_in(event: Event, details: AttendeeDetails, *, by: User | AnonymousUser, at: datetime) -> Arrival:
    """Let in somebody who did not register; if their address did, it is their registration that is noted."""
    row = _open_door(event, by=by, at=at)
    address = mail_address(details.email)
    if address and (known := row.attendees.filter(email=address).first()) is not None:
        return check_in(row, known.code, by=by, at=at)
    _check_room(row)
    attendee = drafted(row, replace(details, needs=()))
    attendee.state, attendee.arrived_at, attendee.is_walk_in = AttendeeState.CONFIRMED, at, True
    attendee.save(force_insert=True)
    return Arrival(DoorAnswer.COME_IN, attendee)


def _open_door(event: Event, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Return the event, locked, if who asks may note arrivals now."""
    row = held_row(event)
    permitted(row, by)
    if row.state not in {EventState.PUBLISHED, EventState.HELD} or row.starts_at is None:
        raise Refused("Este evento no está anunciado o se canceló: no se registran llegadas.")
    if at < row.starts_at - OPENS_BEFORE:
        raise Refused("Las llegadas se registran desde 12 horas antes de que empiece el evento.")
    if row.people_forgotten_at or row.reported_at:
        raise Refused("La relatoría ya se publicó o los datos ya se borraron: las llegadas están cerradas.")
    return row


def _check_room(event: Event) -> None:
    """Refuse one more than the place holds, counting who is inside: who registered and does not come leaves room."""
    inside = event.attendees.arrived().count()
    if event.capacity is not None and inside >= event.capacity:
        raise Refused(f"El lugar está lleno: ya entraron {inside} de {event.capacity} personas.")
