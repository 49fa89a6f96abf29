"""Seconds and memory, as a process sees its own."""

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 3


def seconds(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def peak_mb() -> float:
    """Return the most memory that this process, or one that it started, has held, in MB (ru_maxrss is in kB)."""
    each = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(which).ru_maxrss for which in each) / 1024
