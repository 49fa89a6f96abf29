"""The kit, by mail to who registered for its table: the key names the table and the version, never a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from tequio.cocreation.models import Table
from tequio.cocreation.queries.kits import published_kit, receipt_token
from tequio.exercises.enums import EventState
from tequio.kernel.mail import post
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from tequio.kernel.models import Edition


@task()
def tell_kit(table: int, number: int, at: str) -> int:
    """Send a version of a kit to everybody registered who has an address; asked twice, nobody gets it twice."""
    row = Table.objects.select_related("event__exercise").get(pk=table)
    edition = published_kit(row)
    if edition is None or edition.number != number or row.event.state != EventState.PUBLISHED:
        return 0  # a newer version tells of itself, and a table called off needs no reading
    return send_kit(row, edition, at=datetime.fromisoformat(at))


def send_kit(table: Table, edition: Edition, *, at: datetime) -> int:
    """Post the kit to who does not have this version yet; return to how many."""
    event = table.event
    key = f"kit:{event.pk}:{edition.number}"
    told = OutboxMessage.objects.filter(key=key).values("recipient")
    page = settings.SITE_ADDRESS + reverse("cocreation:kit", args=[event.exercise.slug, event.slug])
    sent = 0
    for attendee in event.attendees.reachable().exclude(email__in=told):
        path = reverse("cocreation:kit_receipt", args=[event.exercise.slug, event.slug, receipt_token(attendee)])
        words = {
            "event": event,
            "edition": edition,
            "page": page,
            "own_page": settings.SITE_ADDRESS + path,
            "site_name": settings.SITE_NAME,
        }
        body = render_to_string("cocreation/email/kit.txt", words)
        title = "El kit cambió" if edition.number > 1 else "El kit para prepararte"
        sent += post(key, attendee.email, f"{title}: {event.name}", body, at=at)
    return sent


def send_to_latecomers(*, at: datetime) -> int:
    """Send the published kit of each table to come to who registered after it was sent; return to how many."""
    coming = Table.objects.filter(
        event__state=EventState.PUBLISHED,
        event__starts_at__gt=at,
        event__starts_at__lte=at + timedelta(days=366),
        kit__published_at__isnull=False,
    )
    sent = 0
    for table in coming.select_related("event__exercise"):
        if (edition := published_kit(table)) is not None:
            sent += send_kit(table, edition, at=at)
    return sent
