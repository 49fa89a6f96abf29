"""Fills a database with a state of many plans, as the dashboard's bar asks: 8 commitments of 6 activities each."""

from __future__ import annotations

from django.utils import timezone
from tests.volume import fill

from tequio.kernel.searchindex import rebuild


def measure(plans: str) -> dict[str, int]:
    """Write this many plans and make them findable; return how many entries were written."""
    fill(plans=int(plans), commitments=8, activities=6)
    return {"entries": rebuild(at=timezone.now()).written}
