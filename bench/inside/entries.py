"""Adds 100,000 texts of 40 words to what can be found, some words common and most rare, through the indexer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils import timezone

from bench.words import words
from tequio.kernel.search import Entry, Findable
from tequio.kernel.searchindex import findables, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND: Final = "bench"
ENTRIES: Final = 100_000
TITLE, TEXT = 6, 40  # words


def measure() -> dict[str, int]:
    """Write the entries; return how many."""
    rebuilt = rebuild(at=timezone.now(), sources=[*findables(), Findable(KIND, "Medición", entries)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_searchentry")
    return {"entries": rebuilt.written}


def entries() -> Iterator[Entry]:
    """Yield the same entries each time."""
    draw, told = random.Random(1), words(92_000, seed=2)
    for number in range(ENTRIES):
        start = draw.randrange(len(told) - TITLE - TEXT)
        middle, end = start + TITLE, start + TITLE + TEXT
        title, text = " ".join(told[start:middle]), " ".join(told[middle:end])
        yield Entry(key=f"{KIND}:{number}", title=title, text=text, url=f"/{number}/")
