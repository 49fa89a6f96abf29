"""Photographs of an event: made anew, so that nothing hidden in the file is published, and taken away if asked."""

from __future__ import annotations

import warnings
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from tequio.exercises.enums import EventState
from tequio.exercises.models import Event, EventPhoto
from tequio.exercises.queries.events import photo_path
from tequio.exercises.workflows.events import EVENTS, held_row, permitted
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
HEAVIEST: Final = 10_000_000  # bytes
MOST_PIXELS: Final = 50_000_000
LARGE: Final = 1280
SMALL: Final = 320
FORMATS: Final = ("JPEG", "PNG", "WEBP")


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
    large, small, size = remade(data)
    digest = sha256(large)
    if (kept := row.photos.filter(sha256=digest).first()) is not None:
        return kept
    if row.photos.count() >= MOST:
        raise Refused(f"Un evento tiene {MOST} fotos como máximo. Retira una para poner otra.")
    for path, made in ((photo_path(digest), large), (photo_path(digest, is_small=True), small)):
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(made))
    photo = row.photos.create(sha256=digest, text=text, width=size[0], height=size[1], consent_by=person, consent_at=at)
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


def remade(data: bytes) -> tuple[bytes, bytes, tuple[int, int]]:
    """Return a picture large, small and its size, drawn anew: without place, device or anything but what is seen."""
    if len(data) > HEAVIEST:
        raise Refused("La foto pesa más de 10 MB. Elige una más ligera.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of pictures that would fill the memory
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused("La foto mide más de 50 megapíxeles. Elige una más pequeña.")
                seen = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as wrong:
        raise Refused("Ese archivo no es una foto que se pueda abrir. Usa JPG, PNG o WEBP.") from wrong
    large = _shrunk(seen, LARGE)
    return _encoded(large, 80), _encoded(_shrunk(seen, SMALL), 60), large.size


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    """Return a picture whose longer side is at most so many pixels."""
    smaller = picture.copy()
    smaller.thumbnail((longest, longest))
    return smaller


def _encoded(picture: Image.Image, quality: int) -> bytes:
    """Return the pixels of a picture as a file, and nothing else of it."""
    made = BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    bare.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()
