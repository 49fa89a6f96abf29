"""Who has a place in an event and who waits: written under the event's lock, so that the last place is given once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.enums import AttendeeState
from tequio.exercises.notices.events import tell_promoted

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.exercises.models import Attendee, Event


def has_room(event: Event) -> bool:
    """Say whether an event, locked by the caller, has a place for one more."""
    return event.capacity is None or event.attendees.confirmed().count() < event.capacity


def fill_places(event: Event, *, at: datetime) -> int:
    """Give the free places of a locked event to those who wait, first come first, and tell them; return how many.

    While its places are kept nobody is promoted: who waits gets theirs at that instant.
    """
    if not event.takes_registrations(at) or event.keeps_places(at):
        return 0
    waiting = event.attendees.waiting()
    if event.capacity is not None:
        waiting = waiting[: max(event.capacity - event.attendees.confirmed().count(), 0)]
    promoted = list(waiting)
    for attendee in promoted:
        attendee.event = event
        promote(attendee, at=at)
    return len(promoted)


def promote(attendee: Attendee, *, at: datetime) -> None:
    """Give a place to somebody who waits, and tell them; the caller holds the event."""
    attendee.state = AttendeeState.CONFIRMED
    attendee.save(update_fields=["state"])
    tell_promoted(attendee, at=at)
