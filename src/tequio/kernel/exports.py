"""Writes a dataset's rows as CSV, JSON lines and XLSX: a stream, the same cells and bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zlib
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from django.utils.module_loading import import_string

from tequio.kernel.cells import as_text, cell, guarded
from tequio.kernel.copying import copied
from tequio.kernel.datasets import ColumnType, dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tequio.kernel.datasets import Column, Dataset, Row

BATCH: Final = 1_000  # rows per chunk
BOM: Final = b"\xef\xbb\xbf"
MOST_XLSX_ROWS: Final = 1_048_575
LONGEST_XLSX_CELL: Final = 32_767
XLSX_DIGITS: Final = 15
FIRST_XLSX_DAY: Final = date(1900, 12, 31)  # the calendar of XLSX is wrong near its start
GUARD_NOTE: Final = (
    "En el CSV, un texto que una hoja de cálculo tomaría por fórmula lleva un apóstrofo antes. "
    "Es el que empieza con =, @ o tabulador, o con + o - sin ser número. JSONL y XLSX lo traen sin él."
)
JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class FormatTooSmallError(ValueError):
    """The data do not fit in a format; the message, in Spanish, says which one to use."""


def csv_chunks(dataset: Dataset, rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """Yield RFC 4180 CSV in UTF-8: CRLF, header, empty for no value; by the database itself where it can."""
    yield (BOM if bom else b"") + _csv([[column.name for column in dataset.columns]])
    yield from copied(dataset, rows) or csv_rows(dataset, rows)


def csv_rows(dataset: Dataset, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the rows as CSV, each cell read here."""
    texts = {ColumnType.TEXT, ColumnType.URL}
    cells = (
        [
            "" if value is None else guarded(value) if column.type in texts else as_text(value)
            for column, value in _cells(dataset, row)
        ]
        for row in rows
    )
    while batch := list(islice(cells, BATCH)):
        yield _csv(batch)


def jsonl_chunks(dataset: Dataset, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield one JSON object per line; decimals are strings, so that no reader rounds money."""
    lines = (JSON.encode({column.name: _json(value) for column, value in _cells(dataset, row)}) + "\n" for row in rows)
    while batch := list(islice(lines, BATCH)):
        yield "".join(batch).encode()


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks compressed, with neither name nor time inside."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def write_xlsx(
    dataset: Dataset,
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    about: Iterable[tuple[str, str]],
    created: datetime,
) -> None:
    """Write an XLSX (Datos, Diccionario, Acerca de); texts stay texts. If it raises, discard `out`."""
    workbook = import_string("xlsxwriter.Workbook")  # 3 MB that no page needs
    book = workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": dataset.title, "created": created.replace(tzinfo=None)})
    try:
        _fill(book, dataset, rows, about)
    finally:
        book.close()  # also when refused: it is what removes the book's temporary files


def _fill(book: Any, dataset: Dataset, rows: Iterable[Row], about: Iterable[tuple[str, str]]) -> None:
    """Write the three sheets."""
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    data, terms, notes = (book.add_worksheet(name) for name in ("Datos", "Diccionario", "Acerca de"))
    for place, column in enumerate(dataset.columns):
        data.write_string(0, place, column.name, bold)
    for number, row in enumerate(rows, 1):
        if number > MOST_XLSX_ROWS:
            raise FormatTooSmallError("Son más filas de las que admite XLSX. Descargue el CSV o el JSONL.")
        for place, (column, value) in enumerate(_cells(dataset, row)):
            _write(data, (number, place), column, value, day)
    described = dictionary(dataset)
    for number, line in enumerate([list(described[0]), *(list(term.values()) for term in described)]):
        for place, text in enumerate(line):
            terms.write_string(number, place, text, None if number else bold)
    for number, (name, text) in enumerate([*about, ("Nota", GUARD_NOTE)]):
        notes.write_string(number, 0, name, bold)
        notes.write_string(number, 1, text)


def _write(sheet: Any, place: tuple[int, int], column: Column, value: Any, day: Any) -> None:
    """Write one cell; a number that a spreadsheet would round is written as text."""
    if value is None:
        return
    if column.type is ColumnType.BOOLEAN:
        sheet.write_boolean(*place, value)
    elif column.type in {ColumnType.INTEGER, ColumnType.DECIMAL} and _is_exact(value):
        sheet.write_number(*place, value)
    elif column.type is ColumnType.DATE and value > FIRST_XLSX_DAY:
        sheet.write_datetime(*place, value, day)
    else:
        text = as_text(value)
        if len(text) > LONGEST_XLSX_CELL:
            raise FormatTooSmallError("Un texto es más largo de lo que admite XLSX. Descargue el CSV o el JSONL.")
        sheet.write_string(*place, text)


def _is_exact(number: int | Decimal) -> bool:
    """Tell whether XLSX, which keeps 15 digits, gives the number back unchanged."""
    return len(Decimal(number).as_tuple().digits) <= XLSX_DIGITS and Decimal(f"{float(number):.15g}") == number


def _cells(dataset: Dataset, row: Row) -> Iterator[tuple[Column, Any]]:
    """Yield a row's columns with their values; a row without one of its columns is an error."""
    return ((column, cell(column, row[column.name])) for column in dataset.columns)


def _csv(rows: list[list[str]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _json(value: Any) -> Any:
    """Return a cell as JSON keeps it."""
    return value if value is None or isinstance(value, str | int) else as_text(value)
