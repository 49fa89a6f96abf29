"""What is wrong with a roadmap's file, said so that its author can find it and mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.plans.roadmaps.roadmap import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tequio.plans.roadmaps.roadmap import Roadmap

MOST_QUOTED: Final = 60
MOST_LISTED: Final = 8
MOST_TOLD: Final = 200


@dataclass(frozen=True)
class Spot:
    """Where: a sheet (a CSV has none), its row as the spreadsheet numbers it, its column by heading and letter."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    letter: str = ""
    file: str = ""
    """The file's name, where it is the whole file."""

    def __str__(self) -> str:
        """Return «Hoja «Actividades», fila 5, columna «Inicio» (D5)»."""
        parts = [
            f"hoja «{self.sheet}»" if self.sheet else "",
            f"fila {self.row}" if self.row else "",
            f"columna «{self.column}»" if self.column else f"columna {self.letter}" if self.letter else "",
        ]
        cell = f" ({self.letter}{self.row or ''})" if self.column and self.letter else ""
        where = ", ".join(filter(None, parts)) + cell
        return (
            where[0].upper() + where[1:] if where else f"El archivo {quoted(self.file)}" if self.file else "El archivo"
        )


@dataclass(frozen=True)
class Fault:
    """What keeps a file from being read: where, what was found, what is expected and how to mend it."""

    spot: Spot
    found: str
    expected: str
    mend: str

    @property
    def sentence(self) -> str:
        """The whole, in Spanish."""
        return f"{self.spot}: {self.found}. Se espera {self.expected}. {self.mend}"


@dataclass(frozen=True)
class Caution:
    """What was read, and in a way that its author should know."""

    spot: Spot
    said: str

    @property
    def sentence(self) -> str:
        """The whole, in Spanish."""
        return f"{self.spot}: {self.said}"


@dataclass(frozen=True)
class Reading:
    """What came of a file: a roadmap, or the faults for which there is none."""

    roadmap: Roadmap | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Caution, ...] = ()


class Unfit(Exception):
    """A value or a file that cannot be taken."""

    def __init__(self, found: str, expected: str, mend: str) -> None:
        """Keep the three parts of the sentence that its place completes."""
        super().__init__(found)
        self.found, self.expected, self.mend = found, expected, mend

    def at(self, spot: Spot) -> Fault:
        """Return the fault at a place."""
        return Fault(spot, self.found, self.expected, self.mend)


def quoted(text: str) -> str:
    """Return a cell's text in quotes, shortened."""
    line = one_line(text)
    return f"«{line if len(line) <= MOST_QUOTED else line[: MOST_QUOTED - 1] + '…'}»"


def says(text: str) -> str:
    """Return what a cell says."""
    return f"dice {quoted(text)}"


def listed(things: Sequence[object]) -> str:
    """Return «4, 5 y 9», or the first and how many more."""
    words = [str(thing) for thing in things]
    if len(words) > MOST_LISTED:
        return f"{', '.join(words[:MOST_LISTED])} y {len(words) - MOST_LISTED} más"
    return f"{', '.join(words[:-1])} y {words[-1]}" if len(words) > 1 else "".join(words)


def of_rows(rows: Sequence[int]) -> str:
    """Return «la fila 4» or «las filas 4, 5 y 9»."""
    return f"la{'s' if len(rows) > 1 else ''} fila{'s' if len(rows) > 1 else ''} {listed(rows)}"
