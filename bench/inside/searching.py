"""Asks the search, without a page around it."""

from __future__ import annotations

from functools import partial

from bench.inside.costs import seconds
from bench.words import questions
from tequio.kernel.search import search


def measure() -> dict[str, float]:
    """Return how many questions a second one process answers, and the milliseconds of the slow ones."""
    asked = questions(320)
    for question in asked[:20]:
        search(question)
    taken = sorted(seconds(partial(search, question)) for question in asked[20:])
    return {"rate": len(taken) / sum(taken), "p95_ms": taken[len(taken) * 95 // 100] * 1000}
