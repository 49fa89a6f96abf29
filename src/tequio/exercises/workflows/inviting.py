"""Inviting first who came to an earlier event: until an instant the places of another are theirs, then everybody's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.exercises.enums import AttendeeState, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.notices.events import tell_invited
from tequio.exercises.queries.events import guest_of, those_to_invite
from tequio.exercises.workflows.attendees import FORGOTTEN, PEOPLE_KEPT
from tequio.exercises.workflows.events import EVENTS, held_row, permitted, publish_event
from tequio.exercises.workflows.places import fill_places
from tequio.kernel.clock import day_of, midnight
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.jobs import enqueue
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


@transaction.atomic
def invite_first(event: Event, before: Event, until: date, *, by: User | AnonymousUser, at: datetime) -> Event:
    """Keep the places of an event until the end of a day for who came to an earlier one, and invite them by mail.

    An event in preparation is announced in the same act, so that nobody comes in between.
    """
    row = held_row(event)
    permitted(row, by)
    if before.exercise_id != row.exercise_id or before.pk == row.pk:
        raise Refused("Se invita primero a quienes vinieron a otro evento del mismo ejercicio.")
    if row.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise Refused("Este evento ya se realizó o se canceló: no hay a qué invitar.")
    instant = _instant(row, before, until, at=at)
    if row.state == EventState.DRAFT:
        publish_event(row, by=by, at=at)
        row = held_row(event)
    row.kept_until = instant
    row.save(update_fields=["kept_until"])
    record("exercises.places_kept", EVENTS.subject(row), {"until": instant.isoformat()}, by=None, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    enqueue(tell_invited, row.pk, before.pk, at.isoformat(), key=f"event:{row.pk}:invited")
    return row


def _instant(event: Event, before: Event, until: date, *, at: datetime) -> datetime:
    """Return until when places are kept, or refuse what could not be kept."""
    if event.kept_until:
        raise Refused(f"Ya se invitó: los lugares se apartan hasta el {day_of(event.kept_until):%d/%m/%Y} a las 00:00.")
    if event.capacity is None:
        raise Refused("Sin cupo caben todas las personas y no hay lugares que apartar. Ponle un cupo y vuelve.")
    if not those_to_invite(before).exists():
        raise Refused("No queda a quién escribir: los correos ya se borraron, o nadie dejó el suyo.")
    instant = midnight(until + timedelta(days=1))
    if instant <= at:
        raise Refused("Ese día ya pasó. Elige uno que venga.")
    if event.starts_at is None or instant > event.starts_at:
        raise Refused("Los lugares se apartan, a lo más, hasta el día anterior al evento.")
    if before.ends_at and instant > before.ends_at + PEOPLE_KEPT:
        last = day_of(before.ends_at + PEOPLE_KEPT) - timedelta(days=1)
        raise Refused(f"Los correos de quienes vinieron se borran: apártalos hasta el {last:%d/%m/%Y} a lo más.")
    return instant


def give_kept_places(*, at: datetime) -> int:
    """Give the places that are no longer kept to who waits for them; return how many."""
    over = Event.objects.filter(
        state=EventState.PUBLISHED, kept_until__lte=at, ends_at__gt=at, attendees__state=AttendeeState.WAITING
    )
    given = 0
    for event in over.distinct():
        with transaction.atomic():
            row = held_row(event)
            if promoted := fill_places(row, at=at):
                announce(CHANGED, subject=EVENTS.subject(row))
            given += promoted
    return given


@transaction.atomic
def stop_inviting(event: Event, token: str, *, at: datetime) -> bool:
    """Forget, by their invitation, who came to an earlier event and wants no more messages; they stay counted."""
    guest = guest_of(event, token)
    if guest is None:
        return False
    row = held_row(guest.event)
    if row.takes_registrations(at):
        raise Refused("Ese evento todavía no termina. Abre la liga de tu registro para cancelarlo.")
    return bool(Attendee.objects.filter(pk=guest.pk).update(**FORGOTTEN))
