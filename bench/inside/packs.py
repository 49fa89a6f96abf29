"""Loads a data pack whole, and undoes it."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from django.db import transaction
from django.utils import timezone

from bench.inside.costs import ROUNDS, peak_mb, seconds
from tequio.kernel.packs import load_pack


def measure(folder: str) -> dict[str, float]:
    """Return the seconds that a pack takes to be read, checked and written, and the memory."""
    return {"seconds": median(seconds(lambda: load(Path(folder))) for _ in range(ROUNDS)), "peak_mb": peak_mb()}


def load(folder: Path) -> None:
    """Load a pack within a transaction that is taken back."""
    with transaction.atomic():
        load_pack(folder, by=None, at=timezone.now())
        transaction.set_rollback(True)
