"""Finds public things of every room: each room declares them in its `findable.py`, here they are looked up.

The words are analysed by us (spanish.py) and each engine only intersects them, so every engine gives the same
hits in the same order: those whose title answers first, then the shortest.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection

from tequio.kernel.models import SearchEntry
from tequio.kernel.spanish import LONGEST_TEXT, WORD, question_terms, word_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_HITS: Final = 1_000  # a question that more things answer is told so and asked for another word
LONGEST_PAGE: Final = 100
SNIPPET: Final = 240  # characters
UNTITLED: Final = 1_000_000_000  # more words than any title has: what answers by its text alone comes after


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One public thing that can be found; `key` is unique over all rooms («plans.commitment:…»)."""

    key: str
    title: str
    text: str
    url: str
    published: bool = True


@dataclass(frozen=True)
class Findable:
    """What a room lets people find: a kind, its label in Spanish, and a way to read all its entries."""

    kind: str
    label: str
    entries: Callable[[], Iterable[Entry]]


class Segment(NamedTuple):
    """A stretch of plain text and whether it answers the question; templates escape it and mark it."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Hit:
    """One thing found, with its title and the part of its text that answers."""

    key: str
    kind: str
    url: str
    title: list[Segment]
    snippet: list[Segment]


@dataclass(frozen=True)
class Results:
    """A page of hits; `total` counts up to MOST_HITS and `has_more` says that there are more than those."""

    total: int
    has_more: bool
    hits: list[Hit]


NOTHING: Final = Results(total=0, has_more=False, hits=[])

# Each engine answers with the same two bounded sets of rows; what follows them is the same for both. Each row brings
# its weight, so that none is read twice, and where titles alone are too many the texts are not looked at.
FOUND: Final = {
    "postgresql": """
        WITH titled AS (
            SELECT id, key, title_size AS weight FROM kernel_searchentry
            WHERE title_vector @@ %(words)s::tsquery AND (%(kinds)s::jsonb IS NULL OR %(kinds)s::jsonb ? kind)
            LIMIT %(most)s + 1
        ), anywhere AS (
            SELECT id, key, size + %(untitled)s AS weight FROM kernel_searchentry
            WHERE vector @@ %(words)s::tsquery AND (%(kinds)s::jsonb IS NULL OR %(kinds)s::jsonb ? kind)
              AND (SELECT count(*) FROM titled) <= %(most)s
            LIMIT %(most)s + 1
        )""",
    "sqlite": """
        WITH titled AS MATERIALIZED (
            SELECT e.id, e.key, e.title_size AS weight
            FROM kernel_searchentry_words w JOIN kernel_searchentry e ON e.id = w.rowid
            WHERE w.title_terms MATCH %(words)s
              AND (%(kinds)s IS NULL OR e.kind IN (SELECT value FROM json_each(%(kinds)s)))
            LIMIT %(most)s + 1
        ), anywhere AS (
            SELECT e.id, e.key, e.size + %(untitled)s AS weight
            FROM kernel_searchentry_words w JOIN kernel_searchentry e ON e.id = w.rowid
            WHERE w.terms MATCH %(words)s
              AND (%(kinds)s IS NULL OR e.kind IN (SELECT value FROM json_each(%(kinds)s)))
              AND (SELECT count(*) FROM titled) <= %(most)s
            LIMIT %(most)s + 1
        )""",
}
RANKED: Final = """, found AS (
            SELECT id, key, min(weight) AS weight
            FROM (SELECT * FROM titled UNION ALL SELECT * FROM anywhere) AS either
            GROUP BY id, key
        ), ranked AS (
            SELECT id, row_number() OVER (ORDER BY weight, key) AS place FROM found
        )
        SELECT ranked.id, counted.total FROM (SELECT count(*) AS total FROM found) AS counted
        LEFT JOIN ranked ON place > %(offset)s AND place <= %(offset)s + %(limit)s ORDER BY place"""
AND_OR_QUOTE: Final = {"postgresql": ("&", "|", "'"), "sqlite": (" AND ", " OR ", '"')}


def search(question: str, *, kinds: Sequence[str] | None = None, limit: int = 20, offset: int = 0) -> Results:
    """Return the things that answer every word of a question, at most two queries, whatever is typed."""
    asked = question_terms(question)
    limit, offset = min(max(limit, 0), LONGEST_PAGE), max(offset, 0)
    if not asked or not limit or offset >= MOST_HITS or (kinds is not None and not kinds):
        return NOTHING
    ids, counted = _matching(asked, kinds, limit, offset)
    rows = SearchEntry.objects.only("key", "kind", "url", "title", "text").in_bulk(ids)
    terms = frozenset[str]().union(*asked)
    return Results(
        total=min(counted, MOST_HITS),
        has_more=counted > MOST_HITS,
        hits=[_hit(rows[pk], terms) for pk in ids if pk in rows],
    )


def _matching(
    asked: list[frozenset[str]], kinds: Sequence[str] | None, limit: int, offset: int
) -> tuple[list[int], int]:
    """Return the ids of one page and how many answer; at most 2,002 rows are ever ranked or counted."""
    both, either, quote = AND_OR_QUOTE[connection.vendor]
    words = (either.join(f"{quote}{term}{quote}" for term in sorted(word)) for word in asked)
    parameters = {
        "words": both.join(f"({word})" for word in words),
        "kinds": json.dumps(list(kinds)) if kinds else None,
        "most": MOST_HITS,
        "untitled": UNTITLED,
        "limit": min(limit, MOST_HITS - offset),
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor] + RANKED, parameters)
        rows = cursor.fetchall()
    return [pk for pk, _ in rows if pk is not None], rows[0][1]


def _hit(row: SearchEntry, terms: frozenset[str]) -> Hit:
    """Return a row with what answers marked in it."""
    return Hit(
        key=row.key,
        kind=row.kind,
        url=row.url,
        title=marked(row.title, terms),
        snippet=marked(_part(row.text, terms), terms),
    )


def marked(text: str, terms: frozenset[str]) -> list[Segment]:
    """Return a text in segments, those whose word has one of the terms marked as matches."""
    text = unicodedata.normalize("NFC", text)
    shouted, end, segments = text.isupper(), 0, list[Segment]()
    for word in WORD.finditer(text):
        if word_terms(word.group(), shouted=shouted) & terms:
            segments += [
                Segment(text[end : word.start()], is_match=False),
                Segment(word.group(), is_match=True),
            ]
            end = word.end()
    segments.append(Segment(text[end:], is_match=False))
    return [segment for segment in segments if segment.text]


def _part(text: str, terms: frozenset[str]) -> str:
    """Return about SNIPPET characters of a text around its first match, from its start where it has none."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    shouted = text.isupper()
    found = (word.start() for word in WORD.finditer(text) if word_terms(word.group(), shouted=shouted) & terms)
    first = next(found, 0)
    start = 0 if first < SNIPPET // 2 else text.rfind(" ", 0, first - SNIPPET // 4) + 1
    end = len(text) if len(text) <= start + SNIPPET else max(text.rfind(" ", 0, start + SNIPPET), first + 1)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
