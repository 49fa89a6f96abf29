"""Counts of people that may be published: a small one is hidden, and with it what would let anybody work it out.

A table is published with its totals. A count from 1 to 4 is hidden; so are, where needed, others of its row and column
(complementary suppression), until every hidden count could be at least two numbers. Nobody is counted in a zero: it is
shown, and never used to hide another.

Rows and columns (the totals are one of each) are the ends of a graph whose edges are the hidden cells: one person more
in a cell is one less in the next around a cycle. Since a hidden count is never a zero, one cannot be taken from a 1:
two hidden ones whose sum is 2 are told by it. So a count can be worked out exactly when no cycle with room to move
goes through its edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAST: Final = 5
HIDDEN: Final = "menos de 5, o reservado"
TOTAL: Final = ""
"""The name of the row and of the column of totals."""

Cell = tuple[str, str]
End = tuple[str, str]


@dataclass(frozen=True)
class SafeTable:
    """A table with its totals as it may be published; None is a hidden count."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int | None]

    def count(self, row: str = TOTAL, column: str = TOTAL) -> int | None:
        """Return a count, a total (of a row, a column or all) or None where it is hidden."""
        return self.counts[row, column]

    def lines(self) -> list[tuple[str, list[int | None]]]:
        """Return each row with its counts and its total, then the row of totals, for a table on a page."""
        order = [*self.columns, TOTAL]
        return [(row, [self.counts[row, column] for column in order]) for row in [*self.rows, TOTAL]]

    @property
    def hides(self) -> bool:
        """Tell whether anything is hidden, which the page then explains."""
        return None in self.counts.values()


def safe_table(counts: Mapping[Cell, int], rows: Iterable[str], columns: Iterable[str]) -> SafeTable:
    """Return a table of people by two traits as it may be published; a pair that is not in `counts` is a zero."""
    rows, columns = tuple(rows), tuple(columns)
    if TOTAL in {*rows, *columns}:
        raise ValueError("a row or a column without a name is the one of totals")
    whole = {(row, column): counts.get((row, column), 0) for row, column in product(rows, columns)}
    whole |= {(row, TOTAL): sum(whole[row, column] for column in columns) for row in rows}
    whole |= {(TOTAL, column): sum(whole[row, column] for row in rows) for column in columns}
    whole[TOTAL, TOTAL] = sum(whole[row, TOTAL] for row in rows)
    hidden = _hide(whole)
    return SafeTable(rows, columns, {cell: None if cell in hidden else count for cell, count in whole.items()})


def safe_counts(counts: Mapping[str, int]) -> SafeTable:
    """Return a list of counts with its total as it may be published: `count(name)`, `count()`."""
    return safe_table({(name, "n"): count for name, count in counts.items()}, counts, ("n",))


def _hide(whole: Mapping[Cell, int]) -> set[Cell]:
    """Return the cells to hide: the small ones, and the fewest people beside them that leave each in doubt."""
    hidden = {cell for cell, count in whole.items() if 0 < count < LEAST}
    while exposed := next((cell for cell in sorted(hidden) if not _in_doubt(cell, hidden, whole)), None):
        nonzero = (way for way in _ways(exposed, whole) if all(whole[cell] for cell in way))
        ways = [way for way in nonzero if _in_doubt(exposed, hidden | way, whole)]
        if not ways:
            return {cell for cell, count in whole.items() if count}  # too few people to show any
        hidden |= min(ways, key=lambda way: (sum(whole[cell] for cell in way - hidden), sorted(way)))
    return hidden


def _ways(cell: Cell, whole: Mapping[Cell, int]) -> Iterable[set[Cell]]:
    """Yield the three other corners of each rectangle on a cell: hidden together, none can be worked out."""
    row, column = cell
    rows, columns = {each for each, _ in whole} - {row}, {each for _, each in whole} - {column}
    for other_row, other_column in product(rows, columns):
        yield {(row, other_column), (other_row, column), (other_row, other_column)}


def _in_doubt(cell: Cell, hidden: set[Cell], whole: Mapping[Cell, int]) -> bool:
    """Tell whether a hidden count could be one more, or one less, with the other hidden ones making up for it."""
    others = {arc for each in hidden - {cell} for arc in _arcs(each, whole)}
    return any(_leads(after, before, others) for before, after in _arcs(cell, whole))


def _arcs(cell: Cell, whole: Mapping[Cell, int]) -> Iterable[tuple[End, End]]:
    """Yield the directions in which a hidden cell lets a person pass: one more always, one less unless it is a 1.

    What is added to a cell is added to its total too, so a cell of totals counts the other way about.
    """
    row, column = ("row", cell[0]), ("column", cell[1])
    is_total = (cell[0] == TOTAL) != (cell[1] == TOTAL)
    more, less = ((column, row), (row, column)) if is_total else ((row, column), (column, row))
    yield more
    if whole[cell] > 1:
        yield less


def _leads(start: End, goal: End, arcs: set[tuple[End, End]]) -> bool:
    """Tell whether a way leads from an end to another."""
    reached: set[End] = set()
    further = {start}
    while further:
        reached |= further
        further = {after for before, after in arcs if before in reached} - reached
    return goal in reached
