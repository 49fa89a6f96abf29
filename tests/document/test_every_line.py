"""Walks the first plan's document line by line: each line is on a public page, or is a residue with its reason."""

from __future__ import annotations

import csv
import hashlib
import re
from html.parser import HTMLParser
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.test import Client

HERE = Path(__file__).resolve()
DOCUMENT = HERE.parents[2].parent / "shared" / "seeds" / "primer-pal-2019-2021.txt"
RESIDUES = HERE.with_name("residuos.csv")
EXERCISE = "/ejercicios/edomex-2019-2021/"
PAGES = ("", "plan/", "plan/inconsistencias/", "compromisos/1/", "compromisos/2/", "compromisos/3/")
PAGES_IF_ANY = ("plan/hoja-de-ruta/", "hoja-de-ruta/")

UNREAD_TAGS = ("head", "script", "style", "template")
TAGS = re.compile(r"</?(?:ul|i)\b[^>]*>")
# Where a page may break one cell of the document into fields of its own.
SEAMS = re.compile(
    r"</?p\b[^>]*>"
    r"|(?=Correo electrónico:|\bTel:)|(?<=Correo electrónico:)|(?<=\bTel:)"
    r"|(?<=Nos comprometemos a:)|(?<=Fecha de inicio:)|(?<=Fecha de finalización:)|(?<=de género\?)"
    r"|(?<=,) (?=Jef[ae] |Director[a]? |Cargo )"
)
ORDINAL = re.compile(r"^(\d\.|[A-Z]\.?) (?=\S)")  # numbers a table's row: the page prints it beside the row's text
LIST_MARK = re.compile(r"^\s*(?:[-o▪]|[a-z]\)|(?:\d\.)+)\s+")  # in running text the page sets its own marks
TINY = 3  # letters: so short a piece is on any page, and counts only beside its neighbour
NEAR = 30  # words between a tiny piece and its neighbour


def words(text: str) -> str:
    """Return the text as its words in lower case, one space apart: without quotes, points or markdown."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


class _Reader(HTMLParser):
    """Collects what a person reads on a page: its text, the pictures' texts and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD_TAGS
        self.read += [value for name, value in attrs if name in ("href", "alt") and value]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD_TAGS

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.read.append(data)


def visible_text(html: str) -> str:
    """Return what a person reads on a page."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.read)


class Shown:
    """All that the pages show, to be asked whether a piece of the document is there."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = " ¶ ".join(["", *map(words, texts), ""])

    def has(self, piece: str) -> bool:
        """Say whether the words of a piece stand together on a page."""
        return f" {piece} " in self._words

    def has_near(self, tiny: str, neighbour: str) -> bool:
        """Say whether a tiny piece stands on a page a few words from its neighbour."""
        gap = rf"(?: [^ ¶]+){{0,{NEAR}}} "
        return bool(re.search(rf" {tiny}{gap}{neighbour} | {neighbour}{gap}{tiny} ", self._words))


def pieces(line: str) -> list[str]:
    """Split a line of the document into the pieces that a page must show, each as its words."""
    line = TAGS.sub(" ", line)
    if "\t" not in line:
        return [words(piece) for piece in SEAMS.split(LIST_MARK.sub("", line)) if words(piece)]
    cells = chain.from_iterable(ORDINAL.sub("\\1\t", cell).split("\t") for cell in line.split("\t"))
    return [words(piece) for piece in chain.from_iterable(map(SEAMS.split, cells)) if words(piece)]


def _neighbour(found: list[str], place: int, following: list[str]) -> str:
    """Return the piece beside which a tiny one must stand: the next of its line, the one before, or the next line's."""
    beside = chain(found[place + 1 :], reversed(found[:place]), following)
    return next((piece for piece in beside if len(piece) > TINY), "")


def unplaced(line: str, following: str, shown: Shown) -> list[str]:
    """Return the pieces of a line that no page shows; the line itself if it has no word at all."""
    found = pieces(line)
    missing = []
    for place, piece in enumerate(found):
        neighbour = _neighbour(found, place, pieces(following))
        on_page = shown.has(piece) if len(piece) > TINY else bool(neighbour) and shown.has_near(piece, neighbour)
        if not on_page:
            missing.append(piece)
    return missing if found else [" ".join(line.split())]


def numbered(document: str) -> Iterator[tuple[int, str, str]]:
    """Yield each printed line with its number and the next printed one."""
    printed = [(number, line) for number, line in enumerate(document.split("\n"), 1) if line.strip()]
    for place, (number, line) in enumerate(printed):
        yield number, line, printed[place + 1][1] if place + 1 < len(printed) else ""


def fingerprint(line: str) -> str:
    """Return the SHA-256 of a line's words: by it a private person's line is known without being written down."""
    return hashlib.sha256(words(line).encode()).hexdigest()


def faults(document: str, residues: Iterable[dict[str, str]], shown: Shown) -> list[str]:
    """Tell every line that is nowhere, and every residue that is on a page, in no line, or without a reason."""
    told: list[str] = []
    left = {(int(row["linea"]), words(row["texto"]) or row["texto"] or row["huella"]) for row in residues}
    told += [f"línea {row['linea']}: residuo sin motivo" for row in residues if not row["motivo"].strip()]
    for number, line, following in numbered(document):
        missing = unplaced(line, following, shown)
        if (number, fingerprint(line)) in left:
            left.discard((number, fingerprint(line)))
            if pieces(line)[-1] not in missing:
                told.append(f"línea {number}: una persona particular está nombrada en una página")
            continue
        told += [f"línea {number}: en ninguna página: {piece}" for piece in missing if (number, piece) not in left]
        by_chance = [piece for piece in pieces(line) if len(piece) <= TINY]  # of these no one can tell if they are
        left -= {(number, piece) for piece in chain(missing, by_chance)}
    return told + [f"línea {number}: residuo que sí está en una página, o que no es de esa línea" for number, _ in left]


def residues() -> list[dict[str, str]]:
    """Return the residues: line, text, reason, and the fingerprint where the text is a private person's."""
    with RESIDUES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _pages(client: Client) -> Iterator[str]:
    for page in PAGES:
        answer = client.get(EXERCISE + page)
        assert answer.status_code == HTTPStatus.OK, EXERCISE + page
        yield visible_text(answer.content.decode())
    for page in PAGES_IF_ANY:
        answer = client.get(EXERCISE + page)
        if answer.status_code == HTTPStatus.OK:
            yield visible_text(answer.content.decode())


@pytest.mark.req("PL-09")
def test_each_line_of_the_document_is_on_a_page_or_is_a_residue(first_pal_client: Client) -> None:
    if not DOCUMENT.exists():
        pytest.skip(f"NOT RUN: the document is not beside this repository ({DOCUMENT.name}), so no line was walked")
    told = faults(DOCUMENT.read_text(encoding="utf-8"), residues(), Shown(_pages(first_pal_client)))
    assert not told, "\n".join(told)


def _row(line: int, text: str, reason: str = "marca", mark: str = "") -> dict[str, str]:
    return {"linea": str(line), "texto": text, "motivo": reason, "huella": mark}


PAGE = Shown(["Índice Introducción, página 3", "1. Firmar el «convenio» Tel: 722 Actividad A Nombre de quien firma"])


@pytest.mark.req("PL-09")
@pytest.mark.parametrize(
    ("document", "left", "expected"),
    [
        ("INTRODUCCIÓN\t3\n\n1. Firmar el **convenio**\tTel: 722", [], 0),
        ("Introducción\t4", [], 1),
        ("Firmar otro convenio", [], 1),
        ("Firmar otro convenio", [_row(1, "Firmar otro convenio")], 0),
        ("Firmar otro convenio", [_row(1, "Firmar otro convenio", reason="")], 1),
        ("Firmar el convenio", [_row(1, "Firmar el convenio")], 1),
        ("Firmar el convenio", [_row(9, "Firmar")], 1),
        ("A\tNombre de quien firma", [], 0),
        ("B\tNombre de quien firma", [], 1),
        ("A\t\t", [], 1),
        ("----\t--", [_row(1, "---- --")], 0),
        ("Foto\tPersona Particular", [_row(1, "", mark=fingerprint("foto persona particular"))], 0),
        ("Foto\tNombre de quien firma", [_row(1, "", mark=fingerprint("Foto Nombre de quien firma"))], 1),
    ],
)
def test_a_line_out_of_place_is_told(document: str, left: list[dict[str, str]], expected: int) -> None:
    assert len(faults(document, left, PAGE)) == expected


def test_only_what_a_person_reads_counts_as_shown() -> None:
    text = visible_text('<head><title>no</title></head><p>sí <a href="/x">liga</a><script>no</script></p>')
    assert words(text) == "sí x liga"
