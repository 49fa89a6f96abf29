"""What somebody who registered for an event is told by mail.

A key names the event and the fact, never the row of a person: after their data are forgotten no receipt of the
outbox leads to what they answered.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from tequio.exercises.enums import AttendeeState, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.queries.events import invitation_of, those_to_invite, token_of
from tequio.kernel.calendar import Hour, calendar_attachment
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.figures.qr import qr_image
from tequio.kernel.mail import Attachment, post

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECTS: Final = {
    "place": "Tienes lugar",
    "again": "Ya tenías un registro",
    "promoted": "Se liberó un lugar para ti",
    "changed": "Cambió la fecha o el lugar",
    "cancelled": "Se canceló",
    "reminder": "Es mañana",
    "report": "Ya está la relatoría",
    "invited": "Tu lugar está apartado",
}


def hours_of(event: Event) -> Hour:
    """Return an event as a calendar keeps it."""
    if event.starts_at is None or event.ends_at is None:
        raise ValueError(f"{event.code} has no hours: only a document tells it")
    return Hour(
        identity=f"{event.exercise.slug}/evento/{event.slug}",
        title=event.name,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        text=f"{event.get_kind_display()}. {event.exercise.name}.",
        place=event.place if event.is_at_a_place else "En línea",
        address=settings.SITE_ADDRESS + event.get_absolute_url(),
        version=event.revision,
        is_cancelled=event.state == EventState.CANCELLED,
    )


def door_address(attendee: Attendee) -> str:
    """Return what a person's code opens: the door, to whoever keeps it; to others, that they show it there."""
    return settings.SITE_ADDRESS + reverse("exercises:code", args=[attendee.code])


def tell_registered(attendee: Attendee, *, at: datetime) -> None:
    """Tell somebody who registered that they have a place, or that they wait for one."""
    key = f"place:{sha256(attendee.code.encode())[:16]}"
    _tell(attendee, "place", key, at=at, urgent=True)


def tell_again(attendee: Attendee, *, at: datetime) -> None:
    """Send their link once more to somebody who registers twice, once a day at most."""
    _tell(attendee, "again", f"again:{day_of(at):%Y-%m-%d}", at=at, urgent=True)


def tell_promoted(attendee: Attendee, *, at: datetime) -> None:
    """Tell somebody who waited that they have a place."""
    _tell(attendee, "promoted", f"promoted:{sha256(attendee.code.encode())[:16]}", at=at, urgent=True)


@task()
def tell_everyone(event: int, what: str, at: str) -> int:
    """Tell everybody whom a fact about an event concerns; asked twice, nobody is told twice. Return how many."""
    row = Event.objects.select_related("exercise").get(pk=event)
    told = 0
    for attendee in concerned(row, what):
        attendee.event = row
        told += _tell(attendee, what, f"{what}:{row.revision}", at=datetime.fromisoformat(at))
    return told


@task()
def tell_invited(event: int, before: int, at: str) -> int:
    """Invite who came to an earlier event and has no registration in this one; asked twice, nobody is told twice."""
    row = Event.objects.select_related("exercise").get(pk=event)
    instant = datetime.fromisoformat(at)
    earlier = Event.objects.get(pk=before)
    if not row.keeps_places(instant):
        return 0
    told = 0
    for guest in those_to_invite(earlier).exclude(email__in=row.attendees.reachable().values("email")):
        path = reverse("exercises:invitation", args=[row.exercise.slug, row.slug, invitation_of(row, guest)])
        words = {
            "event": row,
            "before": earlier,
            "has_place": False,
            "public_page": settings.SITE_ADDRESS + row.get_absolute_url(),
            "own_page": settings.SITE_ADDRESS + path,
            "site_name": settings.SITE_NAME,
        }
        body = render_to_string("exercises/email/event_invited.txt", words)
        told += post(f"event:{row.pk}:invited", guest.email, f"{SUBJECTS['invited']}: {row.name}", body, at=instant)
    return told


def concerned(event: Event, what: str) -> Iterable[Attendee]:
    """Return whom a fact concerns: its report, who came; the reminder, who has a place; the rest, who registered."""
    reachable = event.attendees.reachable()
    if what == "report":
        return reachable.arrived()
    return reachable.confirmed() if what == "reminder" else reachable


def _tell(attendee: Attendee, what: str, key: str, *, at: datetime, urgent: bool = False) -> bool:
    """Post one message with its calendar file and, for who has a place and is to come, their code."""
    event = attendee.event
    has_place = attendee.state == AttendeeState.CONFIRMED
    title = SUBJECTS[what] if has_place or what not in {"place", "again"} else "En lista de espera"
    path = reverse("exercises:attendee", args=[event.exercise.slug, event.slug, token_of(attendee)])
    words = {
        "what": what,
        "attendee": attendee,
        "event": event,
        "has_place": has_place,
        "keeps_places": event.keeps_places(at),
        "public_page": settings.SITE_ADDRESS + event.get_absolute_url(),
        "own_page": settings.SITE_ADDRESS + path,
        "site_name": settings.SITE_NAME,
    }
    body = render_to_string(f"exercises/email/event_{what}.txt", words)
    files = _files(attendee, what, at=at) if has_place or what == "cancelled" else []
    subject = f"{title}: {event.name}"
    key = f"event:{event.pk}:{key}"
    return post(key, attendee.email, subject, body, at=at, urgent=urgent, attachments=files)


def _files(attendee: Attendee, what: str, *, at: datetime) -> list[Attachment]:
    """Return what travels with a message."""
    if what == "report":
        return []
    files = [calendar_attachment(hours_of(attendee.event), at=at)]
    if what != "cancelled" and attendee.event.is_at_a_place:
        files.append(Attachment("codigo-de-entrada.png", qr_image(door_address(attendee)), "image/png"))
    return files
