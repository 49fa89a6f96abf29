"""Keeps the search entries equal to what the rooms declare: the only writer of their table."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from tequio.kernel.declarations import declared
from tequio.kernel.models import SearchEntry
from tequio.kernel.search import Entry, Findable
from tequio.kernel.spanish import ANALYSER, document_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

BATCH: Final = 500
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
KEPT: Final = [
    "kind",
    "title",
    "text",
    "url",
    "title_terms",
    "terms",
    "title_size",
    "size",
    "digest",
    "updated_at",
]


@dataclass(frozen=True)
class Rebuilt:
    """How many entries a rebuild wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def findables() -> list[Findable]:
    """Return what every installed room lets people find."""
    return list(declared("findable", "FINDABLE", Findable))


@transaction.atomic
def rebuild(*, at: datetime, sources: Iterable[Findable] | None = None) -> Rebuilt:
    """Write the entries that changed and remove those no longer published, of every room unless `sources`."""
    kept = dict(SearchEntry.objects.values_list("key", "digest"))
    seen: set[str] = set()
    changed = _changed(findables() if sources is None else sources, kept, seen)
    written = 0
    while batch := [_analysed(kind, entry, at) for kind, entry in islice(changed, BATCH)]:
        SearchEntry.objects.bulk_create(batch, update_conflicts=True, unique_fields=["key"], update_fields=KEPT)
        written += len(batch)
    gone = sorted(kept.keys() - seen)
    for start in range(0, len(gone), BATCH):
        SearchEntry.objects.filter(key__in=gone[start : start + BATCH]).delete()
    if connection.vendor == "sqlite":
        _copy_words(at)
    return Rebuilt(written=written, unchanged=len(seen) - written, removed=len(gone))


def _changed(sources: Iterable[Findable], kept: dict[str, str], seen: set[str]) -> Iterator[tuple[str, Entry]]:
    """Yield the published entries whose kept digest is another, noting in `seen` every published key."""
    for source in sources:
        for entry in source.entries():
            if not entry.published:
                continue
            if entry.key in seen:
                raise ValueError(f"Two findable things have the key {entry.key!r}.")
            seen.add(entry.key)
            if kept.get(entry.key) != digest(source.kind, entry):
                yield source.kind, entry


def digest(kind: str, entry: Entry) -> str:
    """Return the fingerprint of all that an entry's row depends on, the analyser's rules included."""
    parts = (ANALYSER, kind, entry.title, entry.text, entry.url)
    return hashlib.blake2b(repr(parts).encode(errors="backslashreplace"), digest_size=16).hexdigest()


def _analysed(kind: str, entry: Entry, at: datetime) -> SearchEntry:
    """Return an entry's row, its words analysed; what not every database can hold (NUL) is a space."""
    title, text = (UNSTORABLE.sub(" ", part) for part in (entry.title, entry.text))
    title_terms = document_terms(title)
    terms = title_terms | document_terms(text)
    return SearchEntry(
        key=entry.key,
        kind=kind,
        title=title[:500],
        text=text,
        url=entry.url,
        title_terms=" ".join(sorted(title_terms)),
        terms=" ".join(sorted(terms)),
        title_size=len(title_terms),
        size=len(terms),
        digest=digest(kind, entry),
        updated_at=at,
    )


def _copy_words(at: datetime) -> None:
    """Bring SQLite's word table up to the rows written at this instant; drop the words of rows gone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_searchentry_words WHERE rowid NOT IN (SELECT id FROM kernel_searchentry)")
        cursor.execute(
            "REPLACE INTO kernel_searchentry_words(rowid, title_terms, terms)"
            " SELECT id, title_terms, terms FROM kernel_searchentry WHERE updated_at = %s",
            [connection.ops.adapt_datetimefield_value(at)],
        )
