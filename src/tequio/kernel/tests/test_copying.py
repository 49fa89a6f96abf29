"""PostgreSQL's own CSV is the one that Python writes, byte by byte, whatever the values; and refuses the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Cast
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.kernel.copying import copied
from tequio.kernel.datasets import ColumnType
from tequio.kernel.exports import csv_chunks, csv_rows
from tequio.kernel.models import SearchEntry
from tequio.kernel.tables import Read, flag, joined, number, table, text

if TYPE_CHECKING:
    from tequio.kernel.datasets import Dataset

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)
YEAR_2, YEAR_9000 = (datetime(y, 1, 1, tzinfo=UTC).replace(tzinfo=None) for y in (2, 9000))
PIECES = [
    "'",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "1",
    ".",
    "٣",
    '"',
    ",",
    ";",
    "\\",
    "\\.",
    " ",
    "a",
    "\x7f",
    "\ufffe",
]
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.none() | st.text(STORABLE) | st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
LARGEST = 2**63 - 1
CELLS = {
    "clave": (ColumnType.INTEGER, models.BigIntegerField(), st.integers(-LARGEST, LARGEST)),
    "texto": (ColumnType.TEXT, models.TextField(), TEXTS),
    "sitio": (ColumnType.URL, models.CharField(), TEXTS),
    "monto": (
        ColumnType.DECIMAL,
        models.DecimalField(max_digits=20, decimal_places=2),
        st.none() | st.decimals(-(10**17), 10**17, places=2),
    ),
    "hecho": (ColumnType.BOOLEAN, models.BooleanField(), st.none() | st.booleans()),
    "dia": (ColumnType.DATE, models.DateField(), st.none() | st.dates()),
    "momento": (
        ColumnType.DATETIME,
        models.DateTimeField(),
        st.none()
        | st.datetimes(YEAR_2, YEAR_9000, timezones=st.just(UTC))
        | st.integers(-9_999, 9_999).map(lambda n: NOON.replace(year=1900 + n % 200, microsecond=abs(n) * 100)),
    ),
}
ROWS = st.fixed_dictionaries({name: strategy for name, (_, _, strategy) in CELLS.items()})


def entries(count: int) -> None:
    SearchEntry.objects.bulk_create(
        SearchEntry(key=f"k:{n:05}", kind="plan", title=f"=t{n}", url="/", title_size=n, size=n, updated_at=NOON)
        for n in range(count)
    )


def dataset(*columns: Read) -> Dataset:
    about = "Filas de prueba, con todo tipo de textos, números y fechas en sus columnas."
    words = ("a", "b", "c")
    return table(
        key="filas", title="Filas", description=about, of=lambda _: SearchEntry.objects.all(), columns=columns,
        keywords=words, source="Prueba",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


def both(data: Dataset) -> tuple[bytes, bytes]:
    found = copied(data, data.rows(None))
    assert found is not None
    return b"".join(found), b"".join(csv_rows(data, data.rows(None)))


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_both_ways_give_the_same_bytes(row: dict[str, Any]) -> None:
    if not SearchEntry.objects.exists():
        entries(1)
    columns = (
        Read(name=name, type=kind, description=name, required=name == "clave", of=Cast(Value(row[name]), field))
        for name, (kind, field, _) in CELLS.items()
    )
    ours, theirs = both(dataset(*columns))
    assert ours == theirs


def test_order_and_sheets_of_many_rows_are_the_same() -> None:
    entries(2_345)
    data = dataset(text("clave", "key", "Clave.", required=True), text("t", "title", "Título."))
    ours, theirs = both(data)
    assert ours == theirs
    assert ours.startswith(b"k:00000,'=t0\r\nk:00001,")
    assert b"".join(csv_chunks(data, data.rows(None), bom=True)) == b"\xef\xbb\xbfclave,t\r\n" + ours


def test_words_are_those_of_the_pages_and_a_code_without_them_says_nothing() -> None:
    entries(1)
    key = text("clave", "key", "Clave.", required=True)
    for code in ("plan", "otro"):
        words = {code: "=Plan, de acción"}
        ours, theirs = both(dataset(key, text("tipo", "kind", "Tipo.", values=tuple(words.values()), words=words)))
        assert ours == theirs
        assert ours == (b'k:00000,"\'=Plan, de acci\xc3\xb3n"\r\n' if code == "plan" else b"k:00000,\r\n")


@pytest.mark.parametrize(
    "column",
    [
        text("texto", "text", "Vacío.", required=True),
        text("tipo", "kind", "Fuera de la lista.", values=("x", "y")),
        text("tipo", "kind", "Sin palabras.", values=("x",), words={"y": "x"}, required=True),
        flag("no", Cast(Value(None), models.BooleanField()), "Nulo.", required=True),
    ],
)
def test_what_python_refuses_is_refused(column: Read) -> None:
    entries(1)
    data = dataset(text("clave", "key", "Clave.", required=True), column)
    with pytest.raises(ValueError, match=column.name):
        both(data)
    with pytest.raises(ValueError, match=column.name):
        list(csv_rows(data, data.rows(None)))


def test_a_column_that_python_must_read_is_left_to_python() -> None:
    key = text("clave", "key", "Clave.", required=True)
    for other in (
        number("n", "key", "No es número.", additive=False),
        Read(name="dia", type=ColumnType.DATE, description="Instante.", of="updated_at"),
    ):
        data = dataset(key, other)
        assert copied(data, data.rows(None)) is None
    assert copied(dataset(key), dataset(key).rows(None)) is None
    assert copied(dataset(key), []) is None


def test_a_reader_who_leaves_halfway_leaves_the_connection_whole() -> None:
    entries(2_500)
    data = dataset(text("clave", joined("key", "kind"), "Clave.", required=True), text("t", "title", "Título."))
    chunks = csv_chunks(data, data.rows(None))
    assert next(chunks) + next(chunks)
    chunks.close()
    with connection.cursor() as cursor:
        cursor.execute("SHOW TimeZone")
        assert cursor.fetchone() == (connection.timezone_name,)
