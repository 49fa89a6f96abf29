"""Opens what a person sends, by what it is and not by its name: an XLSX or a CSV; the rest is refused in words."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from tequio.kernel.cells import unguarded
from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import MOST_BYTES, weighed
from tequio.plans.roadmaps.columns import TABLES, bare
from tequio.plans.roadmaps.faults import Caution, Spot, Unfit
from tequio.plans.roadmaps.grid import WIDEST, Book, Cell, Grid
from tequio.plans.roadmaps.ooxml import book_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of Excel before 2007 begin, and those with a password."""
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
SEPARATOR: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
SEPARATORS: Final = ",;\t|"
HEADINGS: Final = frozenset(heading for table in TABLES for heading in table.known)
TAKEN: Final = "un archivo .xlsx o .csv"
SAVE: Final = "Ábrelo y usa «Guardar como», tipo «Libro de Excel (.xlsx)»."
AGAIN: Final = "Ábrelo, guárdalo otra vez como .xlsx y envíalo de nuevo."
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a file that is not as it should be raises; defusedxml's are errors of value."""


def opened(data: bytes) -> Book:
    """Return what a file holds, or refuse it."""
    if not data.strip():
        raise Unfit("está vacío", TAKEN, "Revisa que sea el archivo que querías enviar.")
    if len(data) > MOST_BYTES:
        raise Unfit(
            f"pesa {len(data) / 2**20:.1f} MB",
            f"un archivo de a lo más {MOST_BYTES // 2**20} MB",
            "Quita imágenes y hojas que no sean de la hoja de ruta.",
        )
    if data.startswith(ZIP):
        return unpacked(data)
    if data.startswith(COMPOUND):
        if LOCKED in data:
            raise Unfit(
                "está protegido con contraseña",
                "un libro que se abra sin contraseña",
                "Ábrelo y quítala en «Archivo», «Información», «Proteger libro», «Cifrar con contraseña».",
            )
        raise Unfit("es de Excel 97-2003 (.xls)", TAKEN, SAVE)
    return separated(data)


def unpacked(data: bytes) -> Book:
    """Return what a zip holds, if it is an XLSX that can do no harm."""
    try:
        weighed(data)
    except Refused:
        raise Unfit(
            "está dañado, o al abrirse crece más de lo que una hoja de ruta necesita",
            TAKEN,
            "Si tiene miles de filas vacías con formato, copia tus filas en un libro nuevo y envía ese.",
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            known(parts)
            return book_of(parts)
    except BROKEN:
        raise Unfit("está dañado o no se puede leer", TAKEN, AGAIN) from None


def known(parts: zipfile.ZipFile) -> None:
    """Refuse a zip that is no XLSX, saying what it is."""
    names = {part.filename for part in parts.infolist()}
    packed = {part.compress_type for part in parts.infolist()} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    locked = any(part.flag_bits & 1 for part in parts.infolist())
    if packed or locked:
        raise Unfit("es un archivo comprimido con contraseña o de otro modo que un libro", TAKEN, AGAIN)
    kind = parts.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    if "opendocument" in kind:
        sort = "es de LibreOffice (.ods)" if "spreadsheet" in kind else "es un documento de LibreOffice"
        raise Unfit(sort, TAKEN, "Ábrelo y usa «Guardar como», tipo «Excel 2007-365 (.xlsx)».")
    kinds = parts.read("[Content_Types].xml")[:100_000] if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("es un libro con macros (.xlsm)", TAKEN, SAVE)
    if "xl/workbook.bin" in names:
        raise Unfit("es un libro binario (.xlsb)", TAKEN, SAVE)
    if b"spreadsheetml" not in kinds:
        sort = "es un documento de Word" if b"wordprocessingml" in kinds else "no es una hoja de cálculo"
        raise Unfit(sort, TAKEN, "Copia tus filas en la plantilla y envíala.")


def separated(data: bytes) -> Book:
    """Return what a CSV holds."""
    text, cautions = decoded(data)
    begins = text.lstrip()[:200].lower()
    if begins.startswith(("%pdf", "{\\rtf", "<", "pk\x03\x04")) or "\x00" in text:
        what = "es una página web o un XML" if begins.startswith("<") else "no es una hoja de cálculo"
        raise Unfit(what, TAKEN, "Copia tus filas en la plantilla y envíala.")
    told = SEPARATOR.match(text)
    rows = table(text[told.end() :], told[1]) if told else widest(text)
    grid = Grid("")
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row[:WIDEST], 1):
            if value.strip():
                grid.put(number, column, Cell(unguarded(value)))
    return Book((grid,), cautions=tuple(cautions))


def decoded(data: bytes) -> tuple[str, list[Caution]]:
    """Return a text: UTF-8, UTF-16 with its mark, else as older programs write it, which is told."""
    try:
        return data.decode("utf-16" if data.startswith(UTF16) else "utf-8-sig"), []
    except UnicodeDecodeError:
        said = "no está en UTF-8: se leyó como lo escribe Excel en Windows. Revisa los acentos y las eñes."
        return data.decode("cp1252", errors="replace"), [Caution(Spot(), said)]


def widest(text: str) -> Iterator[list[str]]:
    """Yield the rows by the separator that shows most headings, else most columns."""
    start = text[:20_000]

    def shown(separator: str) -> tuple[int, int]:
        rows = islice(table(start, separator), 40)
        return max((len(HEADINGS.intersection(map(bare, row))), len(row)) for row in [[], *rows])

    return table(text, max(SEPARATORS, key=shown))


def table(text: str, separator: str) -> Iterator[list[str]]:
    """Yield a text's rows."""
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except (csv.Error, TypeError, ValueError):
        raise Unfit("tiene comillas o separadores que no se entienden", TAKEN, AGAIN) from None
