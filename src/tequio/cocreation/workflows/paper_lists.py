"""Reading papers from a table with a row for each thing they say, with what is wrong told by its line."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tequio.cocreation.workflows.paper import ALTERNATIVE, PROPOSAL, TITLE, Line
from tequio.kernel.cells import guarded, unguarded
from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import HEAVY, MOST_BYTES, MOST_ROWS, ZIP, csv_rows, text_of, xlsx_rows
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

COLUMNS: Final = ("mesa", "pregunta", "texto", "causas", "prioridad")
OTHER_NAMES: Final = {"tipo": "pregunta", "apartado": "pregunta"}
PARTS: Final = {
    "alternativa": ALTERNATIVE,
    "alternativa de solucion": ALTERNATIVE,
    "nombre": TITLE,
    "nombre del compromiso": TITLE,
    "propuesta": PROPOSAL,
    "redaccion": PROPOSAL,
}
NEEDED: Final = 3
"""How many of the columns a table cannot lack; the others only say more of an alternative."""
SMALL: Final = re.compile(r"(?:mesa\s*)?(\d{1,3})(?:\.0)?", re.IGNORECASE)
ASKED: Final = re.compile(r"(?:pregunta\s*)?(\d{1,2})(?:\.0)?")
PLACE: Final = re.compile(r"(\d)(?:\.0|\.?[ªa])?")


class ReadPapers(NamedTuple):
    """What a table of papers says, and what is wrong, a sentence for each line."""

    lines: list[Line]
    faults: list[str]


def rows_of(upload: UploadedFile[Any]) -> list[list[str]]:
    """Return the rows of a file that a person sent, by what it holds and not by its name."""
    if not upload.size:
        raise Refused("El archivo está vacío.")
    if upload.size > MOST_BYTES:
        raise Refused(HEAVY)
    data = b"".join(upload.chunks())
    return xlsx_rows(data) if data.startswith(ZIP) else csv_rows(text_of(data))


def written_rows(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as the page shows them to be read and accepted; blank ones are left aside."""
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\n")
    out.writerows([guarded(unguarded(cell.strip())) for cell in row] for row in rows if any(map(str.strip, row)))
    return file.getvalue()


def read_papers(rows: Sequence[Sequence[str]], questions: Sequence[str]) -> ReadPapers:
    """Read a table whose first row names its columns: mesa, pregunta, texto, causas and prioridad."""
    names = [OTHER_NAMES.get(name, name) for name in (fold(cell.strip()) for cell in rows[0])] if rows else []
    if lacking := [name for name in COLUMNS[:NEEDED] if name not in names]:
        wanted = ", ".join(f"«{name}»" for name in lacking)
        return ReadPapers(
            [], [f"Línea 1: falta la columna {wanted}. La primera fila lleva los nombres de las columnas."]
        )
    places = [names.index(name) if name in names else len(names) + MOST_ROWS for name in COLUMNS]
    known = {fold(question.strip()): number for number, question in enumerate(questions)}
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in enumerate(rows[1:], 2):
        cells = [unguarded(row[at].strip()) if at < len(row) else "" for at in places]
        if not any(cells[2:]):
            continue  # a row of the template that nobody filled in
        try:
            lines.append(_line(f"Línea {number}", cells, known))
        except Refused as refused:
            faults.append(f"Línea {number}: {refused}")
    if len(rows) >= MOST_ROWS:
        faults.append(f"Son demasiados renglones. Envía menos de {MOST_ROWS} a la vez.")
    if not lines and not faults:
        faults.append("No hay nada que agregar: la columna «texto» está vacía.")
    return ReadPapers(_joined(lines), faults)


def _line(where: str, cells: Sequence[str], known: dict[str, int]) -> Line:
    """Return what a row says, or refuse it."""
    small, asked, text, causes, place = cells
    number, priority = SMALL.fullmatch(small), PLACE.fullmatch(place.casefold())
    if number is None:
        raise Refused(f"la mesa es un número, y dice «{small[:40]}».")
    if not text:
        raise Refused("falta el texto.")
    if place and priority is None:
        raise Refused(f"la prioridad es 1, 2, 3 o nada, y dice «{place[:40]}».")
    labels = tuple(re.sub(r"\.0$", "", label).upper() for label in re.split(r"[,;\s]+", causes) if label)
    return Line(where, int(number[1]), _part(asked, known), text, labels, int(priority[1]) if priority else None)


def _part(asked: str, known: dict[str, int]) -> int | str:
    """Return under what a row is written: a question by its number or its words, or another part of the sheet."""
    name = fold(asked)
    if name in known:
        return known[name]
    if name in PARTS:
        return PARTS[name]
    if (number := ASKED.fullmatch(name)) and 1 <= int(number[1]) <= len(known):
        return int(number[1]) - 1
    raise Refused(
        f"«{asked[:60]}» no es de esta mesa. Escribe una de sus preguntas o su número, o bien «alternativa», «nombre» "
        "o «propuesta»."
    )


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the rows of one proposal as its paragraphs."""
    found: dict[tuple[int, int | str, str], Line] = {}
    for line in lines:
        key = (line.number, line.part, "" if line.part == PROPOSAL else line.where)
        before = found.get(key)
        found[key] = before._replace(text=f"{before.text}\n{line.text}") if before else line
    return list(found.values())
