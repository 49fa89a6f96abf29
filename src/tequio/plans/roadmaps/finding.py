"""Finds the tables in a file's sheets by their headings, whatever their order, and says what else the file holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from tequio.plans.roadmaps.columns import OTHERS, OWN, RESULT, TABLES, VERSION, Column, Holds, Table, bare
from tequio.plans.roadmaps.faults import Caution, Fault, Spot, Unfit, listed, of_rows, quoted
from tequio.plans.roadmaps.grid import letters
from tequio.plans.roadmaps.roadmap import Kind, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.roadmaps.grid import Book, Cell, Grid

SEARCHED: Final = 30
"""Among how many of a sheet's first rows its headings are looked for."""
FEWEST: Final = 2
MOST_TEMPLATE_HEADINGS: Final = 6


@dataclass
class Found:
    """A table in a sheet: where its headings are, and which column each is."""

    grid: Grid
    table: Table
    row: int
    columns: dict[int, Column] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    spoilt: set[tuple[int, str]] = field(default_factory=set)
    """The cells, by row and field, that say something that cannot be taken."""

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Return a place in the sheet."""
        known = self.columns.get(column)
        heading = known.heading if known else ""
        return Spot(self.grid.name, row, heading, letters(column))

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield the rows under the headings that have something in a known column."""
        for number, cells in self.grid.filled():
            if number > self.row and (known := {at: cell for at, cell in cells.items() if at in self.columns}):
                yield number, known


def find(book: Book) -> list[Found]:
    """Return the tables of a file, one of each at most, or refuse a file that has none or two alike."""
    tables = [found for grid in book.grids if grid.name not in OWN and (found := table_in(grid))]
    for table in TABLES:
        names = [found.grid.name for found in tables if found.table is table]
        if len(names) > 1:
            raise Unfit(
                f"tiene {len(names)} hojas de {table.plural}: {listed([quoted(name) for name in names])}",
                "una sola",
                "Deja la que vale y borra la otra, también si está oculta.",
            )
    if not tables:
        raise Unfit(*another(book))
    return tables


def table_in(grid: Grid) -> Found | None:
    """Return the table of a sheet: that of the row with most of its headings."""
    best: tuple[int, Table, int] | None = None
    for number, cells in islice(grid.filled(), SEARCHED):
        headings = {bare(cell.text) for cell in cells.values()}
        for table in TABLES:
            fields = {table.known[heading].field for heading in headings if heading in table.known}
            if table.anchor in fields and len(fields) >= FEWEST and (best is None or len(fields) > best[0]):
                best = len(fields), table, number
    if best is None:
        return None
    found = Found(grid, best[1], best[2])
    name_columns(found)
    tell_about(found)
    return found


def name_columns(found: Found) -> None:
    """Say which column each heading is: the template's own heading goes before others that mean the same."""
    for column in found.table.columns:
        alike = [
            (at, cell)
            for at, cell in sorted(found.grid.cells[found.row].items())
            if found.table.known.get(bare(cell.text)) is column
        ]
        own = [(at, cell) for at, cell in alike if bare(cell.text) == bare(column.heading)]
        chosen = own or alike
        if len(chosen) > 1:
            where = listed([f"{quoted(cell.text)} ({letters(at)})" for at, cell in chosen])
            found.faults.append(
                Fault(
                    Spot(found.grid.name, found.row),
                    f"hay {len(chosen)} columnas que se leen como «{column.heading}»: {where}",
                    "una sola",
                    "Borra la que sobra o cámbiale el encabezado.",
                )
            )
        if chosen:
            found.columns[chosen[0][0]] = column
    missing = [column for column in found.table.columns if column not in found.columns.values()]
    for column in missing:
        if column.is_needed:
            mend = f"Agrega una columna «{column.heading}»: {column.brief}."
            found.faults.append(
                Fault(Spot(found.grid.name, found.row), "falta una columna", f"«{column.heading}»", mend)
            )
        elif column.holds is Holds.KIND:
            said = f"no tiene la columna «{column.heading}»: todas las filas se leyeron como «{Kind.ACTIVITY}»."
            found.cautions.append(Caution(Spot(found.grid.name, found.row), said))
    absent = [f"«{column.heading}»" for column in missing if column.holds is not Holds.KIND and not column.is_needed]
    if absent:
        said = (
            f"la columna {absent[0]}: no consta" if len(absent) == 1 else f"las columnas {joined(absent)}: no constan"
        )
        found.cautions.append(Caution(Spot(found.grid.name, found.row), f"no tiene {said}."))


def joined(words: list[str]) -> str:
    """Return all the words, with «y» before the last."""
    return f"{', '.join(words[:-1])} y {words[-1]}" if len(words) > 1 else words[0]


def tell_about(found: Found) -> None:
    """Tell what of the sheet was read although it is not seen, and what was not read."""
    grid, cautions = found.grid, found.cautions
    if grid.is_hidden:
        cautions.append(Caution(Spot(grid.name), "está oculta, y se leyó."))
    rows = [number for number, _ in found.rows()]
    if hidden := [number for number in rows if number in grid.hidden_rows]:
        said = "está oculta o filtrada" if len(hidden) == 1 else "están ocultas o filtradas"
        cautions.append(Caution(Spot(grid.name), f"{of_rows(hidden)} {said}, y se {told(hidden)}."))
    if unseen := sorted(at for at in found.columns if any(left <= at <= right for left, right in grid.hidden_columns)):
        names = [f"«{found.columns[at].heading}» ({letters(at)})" for at in unseen]
        said = "está oculta, y se leyó" if len(names) == 1 else "están ocultas, y se leyeron"
        cautions.append(Caution(Spot(grid.name), f"la columna {listed(names)} {said}."))
    beside: dict[int, int] = {}
    for number, cells in grid.filled():
        for at in cells:
            if number > found.row and at not in found.columns:
                beside[at] = beside.get(at, 0) + 1
    for at in sorted(beside):
        heading = grid.cells[found.row].get(at)
        name = quoted(heading.text) if heading else "no tiene encabezado y"
        many = f"{beside[at]} celda{'s' if beside[at] > 1 else ''}"
        cautions.append(Caution(Spot(grid.name, letter=letters(at)), f"{name} no se leyó ({many})."))
    above = [number for number, cells in grid.filled() if number < found.row and result_in(cells) is None]
    if above:
        cautions.append(Caution(Spot(grid.name), f"{of_rows(above)}, sobre los encabezados, no se {told(above)}."))


def told(rows: list[int]) -> str:
    """Return «leyó» or «leyeron»."""
    return "leyeron" if len(rows) > 1 else "leyó"


def result_in(cells: dict[int, Cell]) -> str | None:
    """Return the final result, if a row over the headings says it."""
    first, *others = (cell for _, cell in sorted(cells.items()))
    if bare(first.text) != bare(RESULT):
        return None
    return clean(others[0].text) if others else ""


def tell_the_book(book: Book, tables: list[Found]) -> Iterator[Caution]:
    """Yield what is told of the file as a whole."""
    yield from book.cautions
    if book.version and book.version != VERSION:
        age = "anterior" if book.version < VERSION else "posterior"
        yield Caution(
            Spot(),
            f"es de una edición {age} de la plantilla ({book.version}; la vigente es {VERSION}). Se leyó por sus "
            "encabezados; para la próxima, descarga la vigente.",
        )
    read = {id(found.grid) for found in tables}
    for grid in book.grids:
        if grid.cells and id(grid) not in read and not (book.version and grid.name in OWN):
            hidden = " y está oculta" if grid.is_hidden else ""
            yield Caution(Spot(grid.name), f"no tiene los encabezados de la hoja de ruta{hidden}: no se leyó.")


def another(book: Book) -> tuple[str, str, str]:
    """Return what is said of a file of something else: what it is where that is known, or its headings."""
    rows = [(grid, cells) for grid in book.grids for _, cells in islice(grid.filled(), SEARCHED)]
    expected = "una hoja con los encabezados «Clave», «Actividad», «Inicio» y «Término», o los de los indicadores"
    mend = "Descarga la plantilla, copia en ella tus filas y envíala."
    for _, cells in rows:
        headings = {bare(cell.text) for cell in cells.values()}
        for name, telling in OTHERS:
            if telling <= headings:
                return f"es {name}", expected, mend
    _, widest = max(rows, key=lambda row: len(row[1]), default=(None, {}))
    texts = [quoted(cell.text) for _, cell in sorted(widest.items())][:MOST_TEMPLATE_HEADINGS]
    return f"no es una hoja de ruta: {f'dice {listed(texts)}' if texts else 'no tiene nada escrito'}", expected, mend
