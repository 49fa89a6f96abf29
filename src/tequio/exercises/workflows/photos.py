"""Photographs of an event: made anew, so that nothing hidden in the file is published, and taken away if asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tequio.exercises.enums import EventState
from tequio.exercises.models import Event, EventPhoto
from tequio.exercises.queries.events import photo_path
from tequio.exercises.workflows.events import EVENTS, held_row, permitted
from tequio.kernel.attachments import JPEG, PHOTOGRAPHS, drawn, recognised, upright
from tequio.kernel.canonical import sha256
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

MOST: Final = 6
"""Photographs of an event: more would make its page heavier than a phone on prepaid data bears."""
LARGE: Final = 1280
SMALL: Final = 320


@transaction.atomic
def add_photo(
    event: Event, data: bytes, *, text: str, has_consent: bool, by: User | AnonymousUser, at: datetime
) -> EventPhoto:
    """Publish a photograph whose recognisable people consent, as somebody declares; the same again is the one kept."""
    row = held_row(event)
    person = permitted(row, by)
    if row.state != EventState.HELD:
        raise Refused("Las fotos se publican cuando el evento ya se dio por realizado.")
    if not has_consent:
        raise Refused("Sin el consentimiento de quienes se reconocen en la foto no se puede publicar.")
    text = " ".join(text.split())[:200]
    if not text:
        raise Refused("Describe qué se ve en la foto, para quien no puede verla.")
    seen = upright(data, recognised(data, PHOTOGRAPHS))
    large, small = drawn(seen, JPEG, LARGE, quality=80), drawn(seen, JPEG, SMALL, quality=60)
    digest = sha256(large.content)
    if (kept := row.photos.filter(sha256=digest).first()) is not None:
        return kept
    if row.photos.count() >= MOST:
        raise Refused(f"Un evento tiene {MOST} fotos como máximo. Retira una para poner otra.")
    for path, made in ((photo_path(digest), large), (photo_path(digest, is_small=True), small)):
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(made.content))
    width, height = large.size
    photo = row.photos.create(sha256=digest, text=text, width=width, height=height, consent_by=person, consent_at=at)
    record("exercises.event_photo_published", EVENTS.subject(row), {"photo": digest}, by=None, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    return photo


@transaction.atomic
def remove_photo(photo: EventPhoto, *, by: User | AnonymousUser, at: datetime) -> None:
    """Take a photograph away, with its file: somebody in it no longer consents, or it should not have been there."""
    row = held_row(photo.event)
    permitted(row, by)
    removed, _ = EventPhoto.objects.filter(pk=photo.pk).delete()
    if not removed:
        return
    record("exercises.event_photo_removed", EVENTS.subject(row), {"photo": photo.sha256}, by=None, at=at)
    announce(CHANGED, subject=EVENTS.subject(row))
    if not EventPhoto.objects.filter(sha256=photo.sha256).exists():
        for is_small in (False, True):
            path = photo_path(photo.sha256, is_small=is_small)
            transaction.on_commit(partial(default_storage.delete, path))
