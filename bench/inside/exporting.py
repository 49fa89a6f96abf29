"""Writes 100,000 rows as CSV by the product's exporter and by the database's own way, in turns."""

from __future__ import annotations

import csv
import io
from statistics import median
from typing import Final

from django.db import connection

from bench.inside.costs import ROUNDS, peak_mb, seconds
from bench.inside.entries import ENTRIES, KIND
from tequio.kernel.datasets import ColumnType
from tequio.kernel.exports import csv_chunks
from tequio.kernel.models import SearchEntry
from tequio.kernel.tables import Read, table

COLUMNS: Final = {
    "key": ColumnType.TEXT,
    "kind": ColumnType.TEXT,
    "title": ColumnType.TEXT,
    "size": ColumnType.INTEGER,
    "updated_at": ColumnType.DATETIME,
}
ROWS: Final = "SELECT key, kind, title, size, updated_at FROM kernel_searchentry WHERE kind = 'bench' ORDER BY key"


def measure() -> dict[str, float]:
    """Return the rows per second of both, and the memory of this process, which holds no more than a batch."""
    ours, theirs = [seconds(exported)], list[float]()
    peak = peak_mb()  # before the baseline adds its own
    for _ in range(ROUNDS):
        theirs.append(seconds(copied))
        ours.append(seconds(exported))
    return {"rate": ENTRIES / median(ours), "baseline": ENTRIES / median(theirs), "peak_mb": peak}


def exported() -> int:
    """Write the rows by the product's exporter; return the length."""
    return sum(map(len, csv_chunks(DATASET, DATASET.rows(None))))


def copied() -> int:
    """Write the rows by PostgreSQL's COPY, or by SQLite's cursor and Python's csv; return the length."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY ({ROWS}) TO STDOUT (FORMAT csv)") as stream:
                return sum(len(part) for part in stream)
        out = io.StringIO()
        cursor.execute(ROWS)
        csv.writer(out).writerows(cursor)
        return out.tell()


DATASET: Final = table(
    key="bench",
    title="Entradas del buscador",
    description="Las entradas con que se mide la exportación, una fila por cada una de ellas.",
    of=lambda _: SearchEntry.objects.filter(kind=KIND),
    columns=tuple(
        Read(name=name, type=kind, description=name, required=True, of=name) for name, kind in COLUMNS.items()
    ),
    keywords=("medición", "velocidad", "exportación"),
    source="bench",
)
