"""What a small table writes: answers, alternatives linked to causes, priorities and its proposal.

A sheet is one row. Its lists are sorted by what they say; each entry has a random mark by which the card's screen
names it, in the body of a form and never in an address. There is no instant, number, author or order of writing.
`was` is what the screen showed: when another hand of the table changed it meanwhile, nothing is overwritten in silence.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.cocreation.enums import EntryKind, NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, SmallTable
from tequio.kernel.cells import UNWRITABLE
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from tequio.cocreation.models import Table

LONGEST: Final = 500
LONGEST_PROPOSAL: Final = 2000
LONGEST_TITLE: Final = 200
MOST: Final = 60
"""Entries of one question, or alternatives, on a sheet: a table of ten that writes six each."""
PRIORITIES: Final = 3
CLOSED: Final = "La mesa ya se cerró, o todavía no empieza: su hoja no se escribe."
FULL: Final = f"La hoja ya tiene {MOST} aportes ahí. Junten los que dicen lo mismo."


def blank_sheet() -> dict[str, Any]:
    """Return what a sheet is before anybody writes."""
    return {"answers": {}, "alternatives": [], "priorities": [], "proposal": {"title": "", "text": ""}}


@transaction.atomic
def add_entry(small: SmallTable, kind: str, text: str, *, question: int = 0, at: datetime) -> str:
    """Write an answer or an alternative on a sheet; return its mark. The same words twice are one entry."""
    row, sheet = _open(small, at=at)
    entries = _entries(row, sheet, kind, question)
    text = words_of(text)
    known = next((one for one in entries if one["t"].casefold() == text.casefold()), None)
    if known:
        return str(known["k"])
    if len(entries) >= MOST:
        raise Refused(FULL)
    mark = secrets.token_hex(4)
    entries.append({"k": mark, "t": text, **({"causes": []} if kind == EntryKind.ALTERNATIVE else {})})
    return _keep(row, sheet, mark)


@transaction.atomic
def amend_entry(small: SmallTable, mark: str, text: str, *, was: str, at: datetime) -> str:
    """Change the words of an entry, unless somebody else of the table did so meanwhile."""
    row, sheet = _open(small, at=at)
    entry = _named(sheet, mark)
    if entry["t"] != was:
        raise Refused(f"Alguien de la mesa ya lo cambió. Ahora dice: «{entry['t']}». Tú escribiste: «{text.strip()}».")
    entry["t"] = words_of(text)
    return _keep(row, sheet, mark)


@transaction.atomic
def remove_entry(small: SmallTable, mark: str, *, was: str, at: datetime) -> None:
    """Take an entry off a sheet, as long as it says what the screen showed."""
    row, sheet = _open(small, at=at)
    if (entry := _named(sheet, mark))["t"] != was:
        raise Refused(f"Alguien de la mesa ya lo cambió. Ahora dice: «{entry['t']}». Vuelve a decidir si se quita.")
    for entries in _lists(sheet):
        entries[:] = [one for one in entries if one["k"] != mark]
    sheet["priorities"] = [one for one in sheet["priorities"] if one != mark]
    _keep(row, sheet, mark)


@transaction.atomic
def link_causes(small: SmallTable, mark: str, causes: Collection[int], *, at: datetime) -> None:
    """Say which causes of the theme's tree an alternative attends to (CO-06)."""
    row, sheet = _open(small, at=at)
    entry = next((one for one in sheet["alternatives"] if one["k"] == mark), None)
    if entry is None:
        raise Refused("Esa alternativa ya no está en la hoja.")
    known = set(causes_of(row).values_list("pk", flat=True))
    if not set(causes) <= known:
        raise Refused("Elige causas del árbol de problemas de esta temática.")
    entry["causes"] = sorted(set(causes))
    _keep(row, sheet, mark)


@transaction.atomic
def set_priorities(small: SmallTable, marks: Sequence[str], *, at: datetime) -> None:
    """Say which alternatives the table puts first, in order."""
    row, sheet = _open(small, at=at)
    known = {one["k"] for one in sheet["alternatives"]}
    if not set(marks) <= known or len(set(marks)) != len(marks):
        raise Refused("Elige alternativas de la hoja, cada una una vez.")
    if len(marks) > PRIORITIES:
        raise Refused(f"La mesa pone primero {PRIORITIES} alternativas como máximo.")
    sheet["priorities"] = list(marks)
    _keep(row, sheet, "")


@transaction.atomic
def write_proposal(small: SmallTable, *, title: str, text: str, was: str, at: datetime) -> None:
    """Write the table's proposal of a commitment; `was` is the text that the screen showed."""
    row, sheet = _open(small, at=at)
    if sheet["proposal"]["text"] != was:
        raise Refused(f"Alguien de la mesa ya cambió la propuesta. Ahora dice: «{sheet['proposal']['text']}».")
    sheet["proposal"] = proposal_of(title, text)
    _keep(row, sheet, "")


def causes_of(small: SmallTable) -> Any:
    """Return the causes of the trees of a small table's theme: those told by a document, or final."""
    return causes_at(small.table)


def causes_at(table: Table) -> Any:
    """Return the causes from which the sheets of a table choose."""
    trees = ProblemTree.objects.settled().filter(theme=table.theme_id)
    return ProblemNode.objects.standing().filter(tree__in=trees, kind=NodeKind.CAUSE).order_by("tree", "order")


def sort_sheet(sheet: dict[str, Any]) -> None:
    """Sort the lists of a sheet by what they say, so that their order tells nothing of their writing."""
    for entries in _lists(sheet):
        entries.sort(key=lambda one: (one["t"].casefold(), one["t"], one["k"]))


def is_written(table: Table, *, at: datetime) -> bool:
    """Say whether the sheets of a table may be written: the room has begun and its text is not closed."""
    has_begun = any(stage.started_at and stage.started_at <= at for stage in table.stages.all())
    return table.closed_at is None and has_begun and not table.closed_texts.all()


def words_of(text: str) -> str:
    """Return what was written on one line, if it says something and fits."""
    text = " ".join(UNWRITABLE.sub(" ", text).split())
    if not text:
        raise Refused("Escribe algo antes de enviar.")
    if len(text) > LONGEST:
        raise Refused(f"Un aporte cabe en {LONGEST} signos y este tiene {len(text)}. Pártelo en dos.")
    return text


def proposal_of(title: str, text: str) -> dict[str, str]:
    """Return a proposal of a commitment as a sheet keeps it, if it fits."""
    title, text = (UNWRITABLE.sub(" ", one.replace("\r\n", "\n")).strip() for one in (title, text))
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_PROPOSAL:
        raise Refused(f"El nombre cabe en {LONGEST_TITLE} signos y la redacción en {LONGEST_PROPOSAL}.")
    return {"title": title, "text": text}


def _open(small: SmallTable, *, at: datetime) -> tuple[SmallTable, dict[str, Any]]:
    """Return a small table, locked, and its sheet, if the room has begun and the text is not closed."""
    rows = SmallTable.objects.select_for_update(no_key=True, of=("self",)).select_related("table__event")
    row = rows.get(pk=small.pk)
    if not is_written(row.table, at=at):
        raise Refused(CLOSED)
    return row, blank_sheet() | row.sheet


def _entries(small: SmallTable, sheet: dict[str, Any], kind: str, question: int) -> list[dict[str, Any]]:
    """Return the list of a sheet to which an entry belongs."""
    if kind == EntryKind.ALTERNATIVE:
        alternatives: list[dict[str, Any]] = sheet["alternatives"]
        return alternatives
    if kind != EntryKind.ANSWER or not 0 <= question < len(small.table.questions):
        raise Refused("Elige una de las preguntas de la mesa.")
    answers: list[dict[str, Any]] = sheet["answers"].setdefault(str(question), [])
    return answers


def _lists(sheet: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [*sheet["answers"].values(), sheet["alternatives"]]


def _named(sheet: dict[str, Any], mark: str) -> dict[str, Any]:
    """Return an entry by its mark."""
    found = next((one for entries in _lists(sheet) for one in entries if one["k"] == mark), None)
    if found is None:
        raise Refused("Ese aporte ya no está en la hoja: alguien de la mesa lo quitó.")
    return found


def _keep(small: SmallTable, sheet: dict[str, Any], mark: str) -> str:
    """Write a sheet, sorted."""
    sort_sheet(sheet)
    small.sheet = sheet
    small.save(update_fields=["sheet"])
    return mark
