"""What tests of events stand on: an event announced by the product's own verbs, and who registers for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.cast import NOW, again, read_notice

from tequio.accounts.enums import NoticeKey, Sector
from tequio.exercises.enums import EventKind, EventMode
from tequio.exercises.workflows import AttendeeDetails, EventDetails, plan_event, publish_event, register_for_event

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Attendee, Event, Exercise

START = (NOW + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
END = START + timedelta(hours=2)


def details(**other: Any) -> EventDetails:
    """Return what a liaison writes of a forum."""
    plain = {
        "kind": EventKind.FORUM,
        "name": "Foro de apertura",
        "starts_at": START,
        "ends_at": END,
        "mode": EventMode.IN_PERSON,
        "place": "Biblioteca, calle Uno 1",
    }
    return EventDetails(**{**plain, **other})


def draft(exercise: Exercise, by: User, **other: Any) -> Event:
    """Plan an event as the next request would."""
    return plan_event(exercise, details(**other), by=again(by), at=NOW)


def announced(exercise: Exercise, by: User, **other: Any) -> Event:
    """Plan an event and announce it."""
    return publish_event(draft(exercise, by, **other), by=again(by), at=NOW)


def registered(event: Event, who: str, by: AnonymousUser | User, /, *, at: datetime = NOW, **other: Any) -> Attendee:
    """Register somebody by their address."""
    notice = read_notice(NoticeKey.EVENT)
    told = AttendeeDetails(**{"sector": Sector.CITIZENS, "email": f"{who}@example.mx", "notice": notice, **other})
    return register_for_event(event, told, by=by, at=at)
