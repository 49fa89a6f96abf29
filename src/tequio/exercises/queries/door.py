"""The posts at the door of an event: who holds their key, and the list that each keeps on its device."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from tequio.accounts.enums import Sector, Sex
from tequio.exercises.models import Attendee, DoorPost
from tequio.exercises.queries.events import registered_in
from tequio.kernel.canonical import digest, sha256

if TYPE_CHECKING:
    from tequio.exercises.models import Event

KEPT_AFTER: Final = timedelta(hours=12)
"""How long after an event a device wipes its list by itself, if nobody wiped it before."""
signer: Final = Signer(salt="exercises.door_post", sep=".")


def post_of(key: str) -> DoorPost | None:
    """Return the post that a key opens, or opened; or nothing."""
    posts = DoorPost.objects.select_related("event__exercise")
    return posts.filter(key_sha256=sha256(key.encode(errors="replace"))).first()


def pass_of(post: DoorPost) -> str:
    """Return what a browser keeps of a post that it opened: it acts there, and opens nothing that is kept sealed."""
    return signer.sign(str(post.pk))


def post_of_pass(kept: str) -> DoorPost | None:
    """Return the post that a browser opened, if it is still open; or nothing."""
    try:
        number = int(signer.unsign(kept))
    except (BadSignature, ValueError):
        return None
    post = DoorPost.objects.select_related("event__exercise").filter(pk=number).first()
    return None if post is None or post.is_over else post


def attendee_at_any_door(code: str) -> Attendee | None:
    """Return who holds a code, with their event; or nothing."""
    found = Attendee.objects.exclude(code="").filter(code=code.strip().upper())
    return found.select_related("event__exercise").first()


def door_list(event: Event) -> dict[str, Any]:
    """Return what a post keeps of an event: who has a place or waits, by code, name and origin; never an address."""
    groups = {group["key"]: group["name"] for group in event.groups}
    people = [
        [
            person.code,
            person.name,
            groups.get(person.group) or str(person.get_sector_display()),
            person.state,
            f"{timezone.localtime(person.arrived_at):%H:%M}" if person.arrived_at else "",
        ]
        for person in registered_in(event)
    ]
    told = {
        "name": event.name,
        "capacity": event.capacity,
        "until": (event.ends_at + KEPT_AFTER).isoformat() if event.ends_at else None,
        "origins": list(groups.items()) if groups else [[value, str(label)] for value, label in Sector.choices],
        "asks_institution": bool(groups),
        "sexes": [[value, str(label)] for value, label in Sex.choices],
        "people": people,
    }
    return {"seal": digest(told)[:16], **told}
