"""Tables that people send: read as texts, or refused in words before they can harm."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import MOST_BYTES, csv_rows, text_of, xlsx_rows

pytestmark = pytest.mark.once


def book(rows: list[list[object]]) -> bytes:
    made = io.BytesIO()
    whole = xlsxwriter.Workbook(made)
    sheet = whole.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    whole.close()
    return made.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return made.getvalue()


def test_a_sheet_is_read_as_texts() -> None:
    assert xlsx_rows(book([["a", 2, "=1+1"], ["", "b"]]))[0][:2] == ["a", "2.0"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_whatever_separates_it(separator: str) -> None:
    assert csv_rows(separator.join(["tipo", "texto"]) + "\n" + separator.join(["a", "b"])) == [
        ["tipo", "texto"],
        ["a", "b"],
    ]


def test_an_old_programs_letters_are_read() -> None:
    assert text_of("Educación".encode("cp1252")) == "Educación"
    assert text_of("Educación".encode("utf-8-sig")) == "Educación"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\x00" * 99,
        packed({"a": b"0" * 30_000_000}),
        packed({f"p{n}": b"" for n in range(300)}),
        packed({"xl/workbook.xml": b"<"}),
        b"",
    ],
)
def test_what_is_no_sheet_or_would_harm_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="no se puede leer"):
        xlsx_rows(data)


def test_what_weighs_too_much_is_refused() -> None:
    for read in (text_of, xlsx_rows):
        with pytest.raises(Refused, match="pesa demasiado"):
            read(b"0" * (MOST_BYTES + 1))
