"""Reading a table that a person sends, CSV or XLSX, as texts: nothing in it is evaluated, typed or trusted.

A spreadsheet is a zip: it is weighed before it is opened, and opened in a process of its own with little memory and
time, which takes with it whatever a hostile file does. That process imports nothing of Django.
"""

from __future__ import annotations

import csv
import io
import resource
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Final

import python_calamine

from tequio.kernel.refusal import Refused

MOST_BYTES: Final = 2 * 2**20
MOST_INFLATED: Final = 20 * 2**20
MOST_PARTS: Final = 200
STEEPEST: Final = 200
"""How many times larger a part of the zip may be than it weighs."""
MEMORY: Final = 768 * 2**20
SECONDS: Final = 10
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 40
ZIP: Final = b"PK\x03\x04"
UNREADABLE: Final = "El archivo no se puede leer. Guárdalo otra vez como CSV o XLSX y envíalo de nuevo."
HEAVY: Final = f"El archivo pesa demasiado. Envía uno de a lo más {MOST_BYTES // 2**20} MB."


def text_of(data: bytes) -> str:
    """Return a text file's text: UTF-8, else as older programs write it."""
    if len(data) > MOST_BYTES:
        raise Refused(HEAVY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV, whatever separates its columns."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return [
            row[:MOST_COLUMNS]
            for _, row in zip(range(MOST_ROWS), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
        ]
    except csv.Error:
        raise Refused(UNREADABLE) from None


def xlsx_rows(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet of a spreadsheet, or refuse what is none or would harm."""
    weighed(data)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            rows = pool.submit(opened, data).result(SECONDS * 2)
        except (BrokenProcessPool, TimeoutError):
            rows = None
    if rows is None:
        raise Refused(UNREADABLE)
    return rows


def weighed(data: bytes) -> None:
    """Refuse a zip that would grow beyond reason, without opening it."""
    if len(data) > MOST_BYTES:
        raise Refused(HEAVY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            parts = whole.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(UNREADABLE) from None
    steep = any(part.file_size > STEEPEST * max(part.compress_size, 1) for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED or steep:
        raise Refused(UNREADABLE)


def opened(data: bytes) -> list[list[str]] | None:
    """Return the first sheet's rows as texts, or nothing; runs in the small process, out of which no fault comes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with suppress(BaseException):  # the library's panics are no Exception
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        return [[str(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(nrows=MOST_ROWS)]
    return None
