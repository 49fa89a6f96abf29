"""Where the text of a table comes from: the causes of the tree, and the alternatives that attend to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.cocreation.queries.reports import sheets_of

if TYPE_CHECKING:
    from tequio.cocreation.models import ClosedText, Table


@dataclass(frozen=True, slots=True)
class Proposed:
    """An alternative, and the number of the small table on whose sheet it stands."""

    text: str
    number: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """The causes that the small tables of a text attended to, each with their alternatives, and those without one."""

    causes: dict[str, list[Proposed]]
    others: list[Proposed]
    numbers: tuple[int, ...]


def origin_of(table: Table, text: ClosedText) -> Origin:
    """Return where a closed text comes from: only what its own small tables wrote counts."""
    causes: dict[str, list[Proposed]] = {}
    others: list[Proposed] = []
    for sheet in sheets_of(table):
        if sheet.number not in text.sources:
            continue
        for one in sheet.alternatives:
            proposed = Proposed(one.text, sheet.number, one.place)
            for cause in one.causes:
                causes.setdefault(cause, []).append(proposed)
            if not one.causes:
                others.append(proposed)
    return Origin(dict(sorted(causes.items())), others, tuple(text.sources))
