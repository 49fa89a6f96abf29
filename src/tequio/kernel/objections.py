"""Objections: a verb of a lower room asks before it acts, and a higher one that would lose by it says so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_objections: defaultdict[str, list[Callable[..., Iterable[str]]]] = defaultdict(list)


def object_to(act: str, objection: Callable[..., Iterable[str]]) -> None:
    """Ask a function for its sentences before each act of this name, in apps.ready(); asking twice counts once."""
    if objection not in _objections[act]:
        _objections[act].append(objection)


def withdraw(act: str, objection: Callable[..., Iterable[str]]) -> None:
    """Stop asking a function."""
    _objections[act].remove(objection)


def hear_objections(act: str, **payload: object) -> None:
    """Refuse an act, in the words of those who object to it; one that fails stops the act too."""
    if said := [sentence for objection in _objections[act] for sentence in objection(**payload)]:
        raise Refused(" ".join(said))
