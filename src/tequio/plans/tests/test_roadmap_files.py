"""Files that are no roadmap, that cannot be opened or that would harm: refused in words, whatever their bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.kernel.sheets import MOST_BYTES
from tequio.plans.roadmaps import Reading, Roadmap, Step, read, written
from tequio.plans.roadmaps.grid import MOST_CELLS
from tequio.plans.tests.workbooks_made import APRIL, JUNE

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.req("PL-02"), pytest.mark.once]

GOOD: Final = written(Roadmap((Step("A1", "Publicar", starts=APRIL, ends=JUNE),)))
SHEET: Final = "xl/worksheets/sheet1.xml"
BOMB: Final = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&c;</v></c></row>'
    b"</sheetData></worksheet>"
)
OUTSIDE: Final = BOMB.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return made.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def altered(name: str, alter: Callable[[bytes], bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    parts = parts_of(GOOD)
    return packed({**parts, name: alter(parts.get(name, b""))}, how)


def refused(data: bytes) -> str:
    reading = read(data, "hoja.xlsx")
    assert reading.roadmap is None
    (fault,) = reading.faults
    assert fault.sentence.startswith("El archivo «hoja.xlsx»: ")
    return fault.sentence


KINDS: Final = "[Content_Types].xml"
REFUSED: Final = {
    "está vacío": b" \n",
    "pesa 2.0 MB": b"0" * (MOST_BYTES + 1),
    "es de Excel 97-2003 (.xls)": COMPOUND + b"\x00" * 600,
    "está protegido con contraseña": COMPOUND + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le"),
    "es de LibreOffice (.ods)": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    "es un documento de LibreOffice": packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    "es un libro con macros (.xlsm)": altered(
        KINDS, lambda kinds: kinds.replace(b"sheet.main", b"sheet.macroEnabled.main")
    ),
    "con macros": packed({**parts_of(GOOD), "xl/vbaProject.bin": b"x"}),
    "es un libro binario (.xlsb)": packed({KINDS: b"", "xl/workbook.bin": b"x"}),
    "es un documento de Word": packed({KINDS: b"application/vnd.openxmlformats-officedocument.wordprocessingml"}),
    "no es una hoja de cálculo": packed({"a.txt": b"hola"}),
    "comprimido con contraseña o de otro modo": packed(parts_of(GOOD), zipfile.ZIP_LZMA),
    "al abrirse crece": packed({**parts_of(GOOD), SHEET: b"0" * 30_000_000}),
    "está dañado, o": GOOD[:2000],
    "está dañado o no se puede leer": altered(SHEET, lambda sheet: sheet[:300]),
    "no es una hoja de cálculo. ": b"%PDF-1.7\n%\x80",
    "es una página web o un XML": b"<html><table><tr><td>Clave</td></tr></table></html>",
    "no es una hoja de ruta: no tiene nada escrito": b";;;\n;;",
    "no tiene filas llenas": altered(SHEET, lambda _: b"<worksheet/>"),
}


@pytest.mark.parametrize(("said", "data"), REFUSED.items())
def test_a_file_that_cannot_be_taken_is_refused_saying_what_it_is_and_how_to_save_it(said: str, data: bytes) -> None:
    assert said in refused(data) + " "


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"])
@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE])
def test_a_document_that_declares_entities_is_not_read(part: str, bomb: bytes) -> None:
    assert "está dañado o no se puede leer" in refused(altered(part, lambda _: bomb))


def test_a_sheet_with_more_cells_than_any_roadmap_is_refused_before_it_is_kept() -> None:
    cells = b"".join(b'<row><c t="str"><v>x</v></c><c><v>%d</v></c></row>' % n for n in range(MOST_CELLS // 2 + 1))
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    assert "celdas llenas" in refused(altered(SHEET, lambda _: sheet))


def test_deep_elements_and_far_places_are_no_trouble() -> None:
    deep = b"<worksheet>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</worksheet>"
    assert "no tiene filas llenas" in refused(altered(SHEET, lambda _: deep, zipfile.ZIP_STORED))
    far = b'<worksheet><cols><col min="1" max="99999999999" hidden="1"/></cols><sheetData><row r="99999999999">'
    far += b'<c r="ZZZ9999999" t="str"><v>x</v></c></row></sheetData></worksheet>'
    assert refused(altered(SHEET, lambda _: far))


def sound(reading: Reading) -> None:
    assert (reading.roadmap is None) == bool(reading.faults)
    for told in (*reading.faults, *reading.warnings):
        assert told.sentence


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", COMPOUND, b"\xff\xfe", b"sep=;\r\n"]))
def test_no_bytes_crash_the_reader(data: bytes, start: bytes) -> None:
    sound(read(start + data))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_spoilt_workbook_crashes_the_reader(data: st.DataObject) -> None:
    spoilt = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    sound(read(bytes(spoilt)))


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_no_spoilt_part_crashes_the_reader(data: st.DataObject) -> None:
    parts = parts_of(GOOD)
    name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]))
    spoilt = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt)))
        end = at + data.draw(st.integers(0, 3))
        put = st.sampled_from(
            [b"", b"9", b"-1", b"e9", b"1" * 400, b"nan", b"inf", b"A0", b"<v>", b'"', b"/>", b"\xff"]
        )
        spoilt[at:end] = data.draw(put)
    sound(read(packed({**parts, name: bytes(spoilt)})))


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.lists(st.text(max_size=12) | st.sampled_from(["Clave", "Actividad", "Inicio", "Indicador", "Meta"])))
)
def test_no_table_of_texts_crashes_the_reader(rows: list[list[str]]) -> None:
    text = "Clave;Actividad;Inicio;Depende de\n" + "\n".join(";".join(row) for row in rows)
    sound(read(text.encode("utf-8", "surrogatepass")))


CELLS: Final = [
    b'<c r="A4" s="1"><v>%s</v></c>',
    b'<c t="s"><v>%s</v></c>',
    b'<c s="%s"><v>1</v></c>',
    b'<c t="d"><v>%s</v></c>',
]


@pytest.mark.parametrize(
    "value", [b"99", b"-1", b"1e999", b"-1e308", b"nan", b"60", b"2958466", b"x", b"0.5", b"1" * 5000]
)
@pytest.mark.parametrize("cell", CELLS)
def test_no_strange_value_of_a_cell_crashes_the_reader(value: bytes, cell: bytes) -> None:
    row = b'<row r="4">' + (cell % value) * 6 + b"</row>"
    sound(read(altered(SHEET, lambda sheet: sheet.replace(b"</sheetData>", row + b"</sheetData>"))))
