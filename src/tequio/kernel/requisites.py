"""Requisites: what a phase of a method needs before it is done, declared by the room whose rows decide it.

A room declares each once, in its `conformity` module, under the key by which the packs' methods name it:

    declare(Requisite("declaracion-firmada", "La declaración conjunta está firmada", "Guía, paso 1", unsigned))

The check takes the subject (an exercise) and the day as of which it is asked, which in a replay is not today; it
returns, in a sentence, what is missing and how to mend it, or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Requisite:
    """What must be so, in which words, by which document, and how its absence is found.

    `address` returns the page where it is mended, of a subject; None where no page does.
    """

    key: str
    name: str
    source: str
    check: Callable[[Any, date], str | None]
    address: Callable[[Any], str] | None = None


_declared: dict[str, Requisite] = {}


def declare(requisite: Requisite) -> None:
    """Register a requisite; two of one key are a bug."""
    if _declared.setdefault(requisite.key, requisite) != requisite:
        raise ValueError(f"two requisites are called {requisite.key}")


def requisite(key: str) -> Requisite | None:
    """Return the requisite of a key, or None while no room decides it."""
    return _declared.get(key)
