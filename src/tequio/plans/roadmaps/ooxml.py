"""Reads an XLSX's parts as a stream: no tree is built, no entity is followed, nothing is evaluated.

A reader of values alone would lose what a person must be told: that a cell is a formula, that a row is hidden, that
cells are merged.
"""

from __future__ import annotations

import posixpath
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from defusedxml.ElementTree import DefusedXMLParser

from tequio.plans.roadmaps.faults import Unfit
from tequio.plans.roadmaps.grid import MOST_HIDDEN, MOST_MERGES, Book, Cell, Grid, Held, Merge, place
from tequio.plans.roadmaps.parts import (
    MOST_SHEETS,
    TRUE,
    Events,
    Links,
    Outline,
    Strings,
    Styles,
    instant,
    number,
    unescaped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zipfile import ZipFile

Heard = TypeVar("Heard", bound=Events)
CHUNK: Final = 64 * 1024
MOST_RANGES: Final = 200
DIGITS: Final = 15
"""How many digits a spreadsheet keeps and shows."""
BOOLEANS: Final = ("FALSO", "VERDADERO")
LAST_SERIAL: Final = 100_000


class Cells(Events):
    """A sheet's part: its cells, and what of it is hidden or merged."""

    def __init__(self, grid: Grid, texts: Sequence[str], styles: Sequence[tuple[Held, bool]], epoch: date) -> None:
        """Fill a sheet with the workbook's texts and styles."""
        super().__init__()
        self.grid, self.texts, self.styles, self.epoch = grid, texts, styles, epoch
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] = []
        self._is_formula = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take where a row or a cell is."""
        if name == "row":
            self._row = number(attributes.get("r")) or self._row + 1
            self._column = 0
            if attributes.get("hidden", "").lower() in TRUE and len(self.grid.hidden_rows) < MOST_HIDDEN:
                self.grid.hidden_rows.add(self._row)
        elif name == "c":
            where = place(attributes.get("r", ""))
            self._column = where[1] if where else self._column + 1
            self._cell, self._value, self._is_formula = attributes, None, False
            self._inline.clear()
        elif name == "f":
            self._is_formula = True
        elif name == "col" and attributes.get("hidden", "").lower() in TRUE:
            if len(self.grid.hidden_columns) < MOST_RANGES:
                self.grid.hidden_columns.append((number(attributes.get("min")), number(attributes.get("max"))))
        elif name == "mergeCell" and len(self.grid.merges) < MOST_MERGES:
            first, _, last = attributes.get("ref", "").partition(":")
            corner, opposite = place(first), place(last)
            if corner and opposite:
                self.grid.merges.append(Merge(*corner, *opposite))

    def closed(self, name: str, text: str) -> None:
        """Take a value, or the cell that ends."""
        if name == "v":
            self._value = text
        elif name == "t":
            self._inline.append(text)
        elif name == "c":
            cell = self._made()
            if cell and (cell.text.strip() or cell.held is Held.UNKNOWN):
                self.grid.put(self._row, self._column, cell)

    def _made(self) -> Cell | None:
        """Return the cell that ended, or nothing where it is empty."""
        kind, raw = self._cell.get("t", "n"), self._value
        if kind == "inlineStr":
            return Cell(unescaped("".join(self._inline)), is_formula=self._is_formula)
        if not raw:
            return Cell("", Held.UNKNOWN, is_formula=True) if self._is_formula and kind != "str" else None
        if kind == "n":
            return self._numeric(raw)
        text = self.texts[int(raw)] if kind == "s" else BOOLEANS[raw == "1"] if kind == "b" else unescaped(raw)
        return Cell(text, {"e": Held.ERROR, "d": Held.DAY}.get(kind, Held.TEXT), self._is_formula)

    def _numeric(self, raw: str) -> Cell | None:
        """Return a number as its style shows it."""
        if not raw.strip():
            return None
        style = int(self._cell.get("s", "0"))
        held, is_reversible = self.styles[style] if 0 <= style < len(self.styles) else (Held.NUMBER, False)
        value = float(raw)
        if held is Held.DAY and 0 < value < LAST_SERIAL:
            return Cell(instant(value, self.epoch), held, self._is_formula, is_reversible)
        shown = value * 100 if held is Held.PERCENT else value
        text = format(Decimal(f"{shown:.{DIGITS}g}").normalize(), "f") if abs(shown) < 10**DIGITS else raw
        return Cell(text, Held.NUMBER if held is Held.DAY else held, self._is_formula)


def book_of(parts: ZipFile) -> Book:
    """Return what an XLSX holds, from its parts."""
    links = heard(parts, "_rels/.rels", Links())
    main = posixpath.normpath(links.kinds.get("officeDocument", "xl/workbook.xml").lstrip("/"))
    folder, _, file = main.rpartition("/")
    outline, inner = heard(parts, main, Outline()), heard(parts, f"{folder}/_rels/{file}.rels", Links())
    if len(outline.sheets) > MOST_SHEETS:
        raise Unfit(
            f"tiene más de {MOST_SHEETS} hojas",
            f"un libro de a lo más {MOST_SHEETS}",
            "Copia en un libro nuevo solo las hojas de la hoja de ruta.",
        )

    def part(target: str) -> str:
        return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))

    strings, styles = Strings(), Styles()
    if "sharedStrings" in inner.kinds:
        heard(parts, part(inner.kinds["sharedStrings"]), strings)
    if "styles" in inner.kinds:
        heard(parts, part(inner.kinds["styles"]), styles)
    grids, unread = [], set(inner.sheets)
    for name, identity, is_hidden in outline.sheets:
        grid = Grid(name[:60], is_hidden=is_hidden)
        if identity in unread:
            unread = {other for other in unread if inner.targets[other] != inner.targets[identity]}  # each part once
            heard(parts, part(inner.targets[identity]), Cells(grid, strings.texts, styles.styles, outline.epoch))
        grids.append(grid)
    return Book(tuple(grids), outline.version)


def heard(parts: ZipFile, name: str, events: Heard) -> Heard:
    """Return who listened to a part, from its beginning to its end."""
    parser = DefusedXMLParser(target=events, forbid_dtd=True)
    with parts.open(name) as stream:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
    parser.close()
    return events
