"""The publishing primitive: freeze a version, find the current one, tell two apart, attach its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tequio.kernel.canonical import canonical, digest, sha256
from tequio.kernel.facts import FILE_ATTACHED, PUBLISHED, announce
from tequio.kernel.ledger import record
from tequio.kernel.locks import RECORD, take_turn
from tequio.kernel.models.editions import Edition, EditionFile, stored_path
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

IDENTITIES = ("code", "key")
"""The fields by which the items of a list are recognised when two contents are compared."""


@dataclass(frozen=True)
class Change:
    """A place of the content that is not the same; None stands for what is not there."""

    path: str
    before: Any
    after: Any


def current(kind: str, subject: str) -> Edition | None:
    """Return the newest edition of a subject, or None."""
    return Edition.objects.of(kind, subject).first()


@transaction.atomic
def publish(
    kind: str, subject: str, content: dict[str, Any], *, by: str | None, at: datetime, note: str = ""
) -> Edition:
    """Freeze a content as the next edition; the same again returns the current one and writes nothing."""
    take_turn(RECORD)
    previous = current(kind, subject)
    fingerprint = digest(content)
    if previous and previous.sha256 == fingerprint:
        return previous
    edition = Edition.objects.create(
        kind=kind,
        subject=subject,
        number=previous.number + 1 if previous else 1,
        published_at=at,
        published_by=by or "",
        content=content,
        sha256=fingerprint,
        note=note,
        previous=previous,
    )
    facts = {"number": edition.number, "sha256": fingerprint, "note": note}
    record(f"{kind}_published", subject, facts, by=by, at=at)
    announce(PUBLISHED, kind=kind, subject=subject, number=edition.number)
    return edition


@transaction.atomic
def attach(edition: Edition, name: str, data: bytes, *, media_type: str, at: datetime) -> EditionFile:
    """Keep a file made from an edition; the same again returns the one kept, another by its name is refused."""
    take_turn(RECORD)
    fingerprint = sha256(data)
    kept = edition.files.filter(name=name).first()
    if kept and kept.sha256 != fingerprint:
        raise Refused(f"La edición {edition.number} ya tiene otro archivo llamado «{name}».")
    _store(fingerprint, data)
    if kept:
        return kept
    file = EditionFile.objects.create(
        edition=edition, name=name, media_type=media_type, sha256=fingerprint, size=len(data), attached_at=at
    )
    facts = {"number": edition.number, "name": name, "sha256": fingerprint, "size": len(data)}
    record(f"{edition.kind}_file_attached", edition.subject, facts, by=None, at=at)
    announce(FILE_ATTACHED, kind=edition.kind, subject=edition.subject, number=edition.number, name=name)
    return file


def difference(old: Any, new: Any, path: str = "") -> Iterator[Change]:
    """Yield the places where two contents differ, as «commitments[C2].name»; none only if they are equal."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _difference_by_key(old, new, path, "{0}.{1}" if path else "{1}")
    elif isinstance(old, list) and isinstance(new, list):
        before, after = _by_identity(old), _by_identity(new)
        if before is None or after is None:
            before, after = dict(enumerate(old, 1)), dict(enumerate(new, 1))
        yield from _difference_by_key(before, after, path, "{0}[{1}]")
        if before.keys() == after.keys() and list(before) != list(after):
            yield Change(path, list(before), list(after))
    elif canonical(old) != canonical(new):
        yield Change(path, old, new)


def _difference_by_key(old: dict[Any, Any], new: dict[Any, Any], path: str, form: str) -> Iterator[Change]:
    """Yield the differences under each key of either side, in the order of the newer one."""
    for key in [*new, *(key for key in old if key not in new)]:
        inner = form.format(path, key)
        if key in old and key in new:
            yield from difference(old[key], new[key], inner)
        else:
            yield Change(inner, old.get(key), new.get(key))


def _by_identity(items: list[Any]) -> dict[Any, Any] | None:
    """Return a list's items by their code or key, if all have one and none repeats."""
    for identity in IDENTITIES:
        found = [item.get(identity) for item in items if isinstance(item, dict)]
        if all(isinstance(value, str) for value in found) and len(set(found)) == len(items):
            return dict(zip(found, items, strict=True))
    return None


def _store(fingerprint: str, data: bytes) -> None:
    """Write bytes under their own hash, unless they are there whole (one that was cut short is made again)."""
    path = stored_path(fingerprint)
    if default_storage.exists(path):
        with default_storage.open(path) as file:
            if sha256(file.read()) == fingerprint:
                return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))
