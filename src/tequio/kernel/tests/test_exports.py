"""The three formats say the same, cell by cell, whatever the text; and the same bytes each time."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tequio.kernel import cells, exports, schemas
from tequio.kernel.datasets import Column, ColumnType, Dataset, datasets, dictionary

if TYPE_CHECKING:
    from pathlib import Path

CREATED = datetime(2026, 3, 2, 18, tzinfo=UTC)


def dataset(**changes: Any) -> Dataset:
    columns = (
        Column(name="clave", type=ColumnType.INTEGER, description="Número de la fila", required=True),
        Column(name="texto", type=ColumnType.TEXT, description="Lo que dice"),
        Column(name="monto", type=ColumnType.DECIMAL, description="Cuánto", unit="MXN", additive=True),
        Column(name="hecho", type=ColumnType.BOOLEAN, description="Si ya se hizo"),
        Column(name="dia", type=ColumnType.DATE, description="Cuándo"),
        Column(name="momento", type=ColumnType.DATETIME, description="A qué hora"),
    )
    whole = {
        "key": "filas", "title": "Filas", "description": "Filas de prueba con todo tipo de textos, números y fechas.",
        "columns": columns, "rows": lambda _viewer: [], "primary_key": ("clave",), "theme": "GOVE",
        "keywords": ("a", "b", "c"), "periodicity": "R/P1D", "temporal": "2026", "spatial": "MX", "source": "Prueba",
    }  # fmt: skip
    return Dataset(**(whole | changes))


YEAR_2, YEAR_9000 = (datetime(y, 1, 1, tzinfo=UTC).replace(tzinfo=None) for y in (2, 9000))
HOSTILE = ["=1+1", "'=1", "-5", "-5a", "+x", "@a", "\t=", "_x0041_", "1", " a "]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "clave": st.integers(-(10**20), 10**20),
            "texto": st.none() | st.text() | st.sampled_from(HOSTILE),
            "monto": st.none() | st.decimals(-(10**17), 10**17, places=2),
            "hecho": st.none() | st.booleans(),
            "dia": st.none() | st.dates(),
            "momento": st.none() | st.datetimes(YEAR_2, YEAR_9000, timezones=st.just(UTC)),
        }
    ),
    max_size=8,
)  # fmt: skip


def xlsx(data: Dataset, rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    exports.write_xlsx(data, rows, out, about=[("Versión", "1")], created=CREATED)
    return out.getvalue()


def expected(data: Dataset, rows: list[dict[str, Any]]) -> list[list[str]]:
    kept = [[cells.cell(column, row[column.name]) for column in data.columns] for row in rows]
    return [["" if value is None else cells.as_text(value) for value in row] for row in kept]


def plain(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.15g}"
        whole = Decimal(text)
        return f"{whole:.2f}" if column.type is ColumnType.DECIMAL else format(whole, "f")
    return cells.as_text(value)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_formats_say_the_same_cell_by_cell(rows: list[dict[str, Any]]) -> None:
    data = dataset()
    want = expected(data, rows)
    text = b"".join(exports.csv_chunks(data, rows)).decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == [column.name for column in data.columns]
    assert [[row[0], cells.unguarded(row[1]), *row[2:]] for row in read[1:]] == want
    lines = b"".join(exports.jsonl_chunks(data, rows)).decode().split("\n")[:-1]
    objects = [json.loads(line) for line in lines]
    assert [[plain(c, o[c.name]) for c in data.columns] for o in objects] == want
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(data, rows))).get_sheet_by_name("Datos").to_python()
    got = [[plain(c, v) for c, v in zip(data.columns, row, strict=True)] for row in sheet[1:]]
    assert got == want


def test_second_export_is_the_same_bytes() -> None:
    data = dataset()
    rows = [
        {
            "clave": 1,
            "texto": "=a",
            "monto": Decimal("1.10"),
            "hecho": True,
            "dia": date(2026, 1, 2),
            "momento": CREATED,
        }
    ]
    assert xlsx(data, rows) == xlsx(data, rows)
    packed = [b"".join(exports.gzipped(exports.csv_chunks(data, rows, bom=True))) for _ in range(2)]
    assert packed[0] == packed[1]
    assert gzip.decompress(packed[0]).startswith(b"\xef\xbb\xbfclave,")
    line = gzip.decompress(packed[0]).decode().split("\r\n")[1]
    assert line == "1,'=a,1.10,true,2026-01-02,2026-03-02T12:00:00-06:00"


@given(st.text())
def test_guard_is_undone_exactly_and_leaves_no_formula(text: str) -> None:
    assert cells.unguarded(cells.guarded(text)) == text
    assert not cells.guarded(text).startswith(("=", "@", "\t", "\r"))


def test_what_does_not_fit_in_xlsx_is_refused() -> None:
    row = {"clave": 1, "texto": "a" * 32_768, "monto": None, "hecho": None, "dia": None, "momento": None}
    with pytest.raises(exports.FormatTooSmallError, match="CSV"):
        xlsx(dataset(), [row])


@pytest.mark.parametrize(
    "changes",
    [{"key": "Con Mayúsculas"}, {"description": "corta"}, {"keywords": ("a", "b", "b")}, {"primary_key": ()},
     {"primary_key": ("texto",)}, {"filters": ("otra",)}],
)  # fmt: skip
def test_wrong_declaration_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Dataset"):
        dataset(**changes)


@pytest.mark.parametrize(
    "change", [{"clave": None}, {"clave": True}, {"monto": 1.5}, {"dia": "2026-01-02"}, {"hecho": "sí"}]
)
def test_cell_of_another_type_is_refused(change: dict[str, Any]) -> None:
    row = {"clave": 1, "texto": None, "monto": None, "hecho": None, "dia": None, "momento": None} | change
    with pytest.raises((TypeError, ValueError)):
        list(exports.csv_chunks(dataset(), [row]))


def test_dictionary_and_registry() -> None:
    assert dictionary(dataset())[2] == {
        "Columna": "monto", "Tipo": "decimal", "Descripción": "Cuánto", "Unidad": "MXN", "Valores": "",
        "Se puede sumar": "sí", "Obligatoria": "no", "Privacidad": "público",
    }  # fmt: skip
    assert all(key == found.key for key, found in datasets().items())


def test_frictionless_finds_the_package_valid_and_tampering_not(tmp_path: Path) -> None:
    data = dataset()
    row = {
        "clave": 1,
        "texto": '=a, "b"\nc',
        "monto": Decimal("1.10"),
        "hecho": True,
        "dia": date(2026, 1, 2),
    }
    rows = [row | {"momento": CREATED}, dict.fromkeys(row, None) | {"clave": 2, "momento": None}]
    body = b"".join(exports.csv_chunks(data, rows))
    (tmp_path / "filas.csv").write_bytes(body)
    file = schemas.File(path="filas.csv", bytes=len(body), sha256=hashlib.sha256(body).hexdigest())
    release = schemas.Release(
        version="2026.03.02",
        created=CREATED,
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    )
    descriptor = schemas.datapackage(release, [(data, file)], name="filas", title="Filas")
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
    (tmp_path / "filas.csv").write_bytes(body.replace(b"1.10", b"9.10"))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid
    columns = schemas.csvw(data, release, file)["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == [column.name for column in data.columns]
