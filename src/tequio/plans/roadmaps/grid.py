"""A file's cells as its program kept them, before anybody says what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from tequio.plans.roadmaps.faults import Caution, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS: Final = 60_000
MOST_MERGES: Final = 5_000
MOST_HIDDEN: Final = 100_000
WIDEST: Final = 16_384
LAST_ROW: Final = 1_048_576
REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class Held(Enum):
    """How a cell keeps what it shows."""

    TEXT = auto()
    NUMBER = auto()
    PERCENT = auto()
    DAY = auto()
    """Its text is ISO 8601, with the hour where there is one."""
    ERROR = auto()
    UNKNOWN = auto()
    """A formula whose result was not kept."""


class Cell(NamedTuple):
    """A cell that has something."""

    text: str
    held: Held = Held.TEXT
    is_formula: bool = False
    is_reversible: bool = False
    """Whether it is a date in a format that a program set to the United States writes month first."""


class Merge(NamedTuple):
    """A block of merged cells: only the first one has a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """A sheet: rows and columns are numbered from 1."""

    name: str
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """Ranges: the first and the last."""
    count: int = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell, unless there are more than any roadmap has."""
        self.count += 1
        if self.count > MOST_CELLS:
            raise Unfit(
                f"{f'la hoja «{self.name}» ' if self.name else ''}tiene más de {MOST_CELLS} celdas llenas",
                "una hoja de ruta",
                "Copia en un libro nuevo solo sus filas y envíalo.",
            )
        self.cells.setdefault(row, {})[column] = cell

    def filled(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield the rows that have something, in their order."""
        yield from sorted(self.cells.items())


@dataclass(frozen=True)
class Book:
    """What a file holds."""

    grids: tuple[Grid, ...]
    version: str = ""
    """The template's edition, where the file is of the template."""
    cautions: tuple[Caution, ...] = ()


def letters(column: int) -> str:
    """Return a column's letters: 1 is A, 28 is AB."""
    found = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        found = chr(65 + place) + found
    return found


def place(reference: str) -> tuple[int, int] | None:
    """Return the row and the column of «AB7», or nothing where it is no place of a sheet."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= LAST_ROW and column <= WIDEST else None
