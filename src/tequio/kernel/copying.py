"""Writes a table's rows as CSV by PostgreSQL's COPY: the bytes of exports.csv_rows, at the speed of the database.

Each column becomes an expression that says what cells.py says. A column whose field Python must read, or another
engine, leaves the work to exports.csv_rows.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import DataError, connections, models, transaction
from django.utils.timezone import get_current_timezone_name

from tequio.kernel.cells import cell, guarded
from tequio.kernel.datasets import ColumnType
from tequio.kernel.tables import PREFIX, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tequio.kernel.datasets import Column, Dataset, Row

BATCH: Final = 1_000  # rows per chunk
COPY: Final = "COPY (SELECT {} FROM ({}) AS r({})) TO STDOUT (FORMAT csv)"
FIELDS: Final[dict[ColumnType, tuple[type[models.Field[Any, Any]], ...]]] = {
    ColumnType.TEXT: (models.CharField, models.TextField),
    ColumnType.URL: (models.CharField, models.TextField),
    ColumnType.INTEGER: (models.IntegerField,),
    ColumnType.DECIMAL: (models.DecimalField,),
    ColumnType.BOOLEAN: (models.BooleanField,),
    ColumnType.DATE: (models.DateField,),
    ColumnType.DATETIME: (models.DateTimeField,),
}
# cells.UNWRITABLE without what PostgreSQL cannot hold; \r is gone when it is asked.
CONTROLS: Final = r"\u0001-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff"
CLEAN: Final = rf"regexp_replace(regexp_replace({{0}}, '\r\n?', E'\n', 'g'), '[{CONTROLS}]', '', 'g')"
FORMULA: Final = r"^(''*(?:[=@\t]|[+-](?![0-9]+(?:\.[0-9]+)?$)))"
# Nearly every text needs nothing, and one expression tells.
TEXT: Final = (
    rf"CASE WHEN {{0}} ~ '[\u0009{CONTROLS}]|^''*[=@+-]'"
    rf" THEN NULLIF(regexp_replace({CLEAN}, '{FORMULA}', '''\1'), '') WHEN {{0}} <> '' THEN {{0}} ELSE {{1}} END"
)
# to_char knows no seconds of offset, which clocks had before 1973; JSON does, and drops the zeros of a fraction.
OLD: Final = "(to_json({0}) #>> '{{}}')"
SECOND: Final = '\'YYYY-MM-DD"T"HH24:MI:SS'
WRITTEN: Final = {
    ColumnType.INTEGER: "{0}::text",
    ColumnType.DECIMAL: "{0}::text",
    ColumnType.BOOLEAN: "{0}::text",
    ColumnType.DATE: "to_char({0}, 'YYYY-MM-DD')",
    ColumnType.DATETIME: f"""CASE WHEN {{0}} < '1973-01-01Z' THEN left({OLD}, 19)
        || CASE WHEN date_trunc('second', {{0}}) = {{0}} THEN '' ELSE to_char({{0}}, '.US') END
        || ltrim(substr({OLD}, 20), '.0123456789')
        ELSE to_char({{0}}, CASE WHEN date_trunc('second', {{0}}) = {{0}} THEN {SECOND}TZH:TZM'
        ELSE {SECOND}.USTZH:TZM' END) END""",
}


def copied(dataset: Dataset, rows: Iterable[Row]) -> Iterator[bytes] | None:
    """Return the rows as CSV without header, or None where the database cannot write them as Python would."""
    names = tuple(column.name for column in dataset.columns)
    if not isinstance(rows, Rows) or rows.names != names or len(names) == 1:  # COPY leaves a lone empty cell bare
        return None
    connection, annotations = connections[rows.query.db], rows.query.query.annotations
    fields = [annotations[PREFIX + name].output_field for name in names]
    if connection.vendor != "postgresql" or not all(map(_is_plain, dataset.columns, fields)):
        return None
    try:
        inner, asked = rows.query.query.sql_with_params()
    except EmptyResultSet:
        return None
    written = [_written(column, rows, f"c{place}") for place, column in enumerate(dataset.columns)]
    known = ", ".join(f"c{place}" for place in range(len(names)))
    sql = COPY.format(", ".join(part for part, _ in written), inner, known)
    return _stream(rows.query.db, sql, [*(value for _, values in written for value in values), *asked])


def _is_plain(column: Column, field: models.Field[Any, Any]) -> bool:
    """Tell whether a field comes from the database as what the column holds, with nothing read in between."""
    is_instant = isinstance(field, models.DateTimeField)  # which Django has for a kind of date
    return (
        isinstance(field, FIELDS[column.type])
        and not hasattr(field, "from_db_value")
        and (is_instant == (column.type is ColumnType.DATETIME))
    )


def _written(column: Column, rows: Rows, name: str) -> tuple[str, list[str]]:
    """Return a column's expression with its parameters; a number made of a sentence is how a query refuses a value."""
    refused = "('{} ' || COALESCE({}::text, ''))::integer::text"
    lacks = refused.format(f"The required column {column.name} has no value.", name) if column.required else "NULL"
    if column.type in WRITTEN:
        return f"COALESCE({WRITTEN[column.type].format(name)}, {lacks})", []
    if column.values is None:
        return TEXT.format(name, lacks), []
    words = rows.words.get(column.name)
    pairs = (words or {value: value for value in column.values}).items()
    cases = " ".join("WHEN %s THEN %s" for _ in pairs)
    parameters = [text for code, word in pairs for text in (code, guarded(cell(column, word)))]
    if words:  # as Rows reads them: a code without words says nothing
        return f"CASE {name} {cases} ELSE {lacks} END", parameters
    other = refused.format(f"Not one of the values of {column.name}:", name)
    return (
        f"CASE {CLEAN.format(name)} {cases} ELSE CASE WHEN {name} <> '' THEN {other} ELSE {lacks} END END",
        parameters,
    )


def _stream(alias: str, sql: str, parameters: list[Any]) -> Iterator[bytes]:
    """Yield what COPY writes, with the line ends of RFC 4180 and instants in this site's time."""
    connection, zone = connections[alias], "SELECT set_config('TimeZone', %s, true)"
    try:
        with transaction.atomic(alias), connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.execute(zone, [get_current_timezone_name()])
            with cursor.copy(sql, parameters) as parts:
                lines = (part[:-1] for part in parts)
                while batch := list(islice(lines, BATCH)):
                    yield b"\r\n".join([*batch, b""])
            cursor.execute(zone, [connection.timezone_name])
    except DataError as wrong:
        raise ValueError(str(wrong)) from wrong
