"""Letting in who comes to an event: by code or without having registered; at the staff's door or at a post."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction

from tequio.exercises.enums import AttendeeState, DoorAnswer, EventState
from tequio.exercises.models import DoorPost
from tequio.exercises.workflows.attendees import drafted, mail_address
from tequio.exercises.workflows.events import held_row, permitted
from tequio.kernel.canonical import sha256
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Attendee, Event
    from tequio.exercises.workflows.attendees import AttendeeDetails

    Keeper = User | AnonymousUser | DoorPost

MOST_POSTS: Final = 30
"""Posts that are open at once; a door of more is one that forgot to close them."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the door answers, and about whom; `is_beyond` where they were inside before anybody saw that it is full."""

    answer: DoorAnswer
    attendee: Attendee | None = None
    is_beyond: bool = False


class Opened(NamedTuple):
    """A post just opened, and its key, which is shown once."""

    post: DoorPost
    key: str


@transaction.atomic
def open_post(event: Event, *, by: User | AnonymousUser, at: datetime) -> Opened:
    """Open a post at the door of an announced event; whoever is given its key keeps it, without an account."""
    row = held_row(event)
    permitted(row, by)
    if not row.has_door:
        raise Refused("Este evento no está anunciado, se canceló o su relatoría ya se publicó: no abre puestos.")
    numbers = list(row.posts.values_list("number", "closed_at"))
    if sum(closed_at is None for _, closed_at in numbers) >= MOST_POSTS:
        raise Refused(f"Ya hay {MOST_POSTS} puestos abiertos. Cierra los que no se usan para abrir otro.")
    key = secrets.token_urlsafe(24)
    number = max((number for number, _ in numbers), default=0) + 1
    post = row.posts.create(number=number, key_sha256=sha256(key.encode()), opened_at=at)
    return Opened(post, key)


@transaction.atomic
def close_post(post: DoorPost, *, by: User | AnonymousUser, at: datetime) -> None:
    """Close a post: its key opens nothing any more, and phones that ask wipe their list; closed twice is closed."""
    row = held_row(post.event)
    permitted(row, by)
    row.posts.filter(pk=post.pk, closed_at__isnull=True).update(closed_at=at)


@transaction.atomic
def check_in(event: Event, code: str, *, is_let_in: bool = False, by: Keeper, at: datetime) -> Arrival:
    """Note that who holds a code came; who waits for a place comes in only if the door lets them, while one is free."""
    row = open_door(event, by=by, at=at)
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
def admit_walk_in(event: Event, details: AttendeeDetails, *, by: Keeper, at: datetime) -> Arrival:
    """Let in somebody who did not register; if their address did, it is their registration that is noted."""
    row = open_door(event, by=by, at=at)
    address = mail_address(details.email)
    if address and (known := row.attendees.filter(email=address).first()) is not None:
        return check_in(row, known.code, by=by, at=at)
    _check_room(row)
    attendee = drafted(row, replace(details, needs=()))
    attendee.state, attendee.arrived_at, attendee.is_walk_in = AttendeeState.CONFIRMED, at, True
    attendee.save(force_insert=True)
    return Arrival(DoorAnswer.COME_IN, attendee)


def open_door(event: Event, *, by: Keeper, at: datetime) -> Event:
    """Return the event, locked, if who asks may note arrivals now: who runs it, or who keeps an open post of it."""
    row = held_row(event)
    if not isinstance(by, DoorPost):
        permitted(row, by)
    elif not row.posts.filter(pk=by.pk, closed_at__isnull=True).exists():
        raise Refused("Este puesto ya se cerró. Pide otra liga a quien organiza.")
    if row.state not in {EventState.PUBLISHED, EventState.HELD} or row.door_opens_at is None:
        raise Refused("Este evento no está anunciado o se canceló: no se registran llegadas.")
    if at < row.door_opens_at:
        raise Refused("Las llegadas se registran desde 12 horas antes de que empiece el evento.")
    if not row.has_door:
        raise Refused("La relatoría ya se publicó o los datos ya se borraron: las llegadas están cerradas.")
    return row


def _check_room(event: Event) -> None:
    """Refuse one more than the place holds, counting who is inside: who registered and does not come leaves room."""
    inside = event.attendees.arrived().count()
    if event.capacity is not None and inside >= event.capacity:
        raise Refused(f"El lugar está lleno: ya entraron {inside} de {event.capacity} personas.")
