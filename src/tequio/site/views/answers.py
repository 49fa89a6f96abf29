"""What several pages answer alike."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Return what was asked for, or answer that there is no such page."""
    if thing is None:
        raise Http404
    return thing
