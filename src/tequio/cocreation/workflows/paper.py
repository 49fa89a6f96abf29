"""The paper bridge: adding to sheets what small tables without telephones wrote on paper, read by somebody at once.

A paper says what a sheet says, and nothing more: no author, order nor instant of it is kept. What a sheet had stays;
the same words are not written twice. `seal` binds what was shown before it is accepted: the sheets as they were and
what was read. If either is another by then, nothing is written.
"""

from __future__ import annotations

import secrets
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction

from tequio.cocreation.enums import CONDUCT_TABLE
from tequio.cocreation.models import SmallTable
from tequio.cocreation.workflows.capturing import (
    FULL,
    MOST,
    PRIORITIES,
    blank_sheet,
    causes_at,
    is_written,
    proposal_of,
    sort_sheet,
    words_of,
)
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.kernel.canonical import digest
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemNode, Table

ALTERNATIVE: Final = "alternativa"
TITLE: Final = "nombre"
PROPOSAL: Final = "propuesta"
CLOSED: Final = (
    "La hoja de papel ya no se puede agregar: la mesa todavía no empieza, o su texto ya se cerró. "
    "Si no ha empezado, empieza la primera etapa en «Conducir las etapas»."
)
CHANGED: Final = "Una hoja cambió mientras tanto, o cambiaste lo escrito. Lee otra vez lo que se agregará y acéptalo."


class Line(NamedTuple):
    """One thing that a paper says: where it was read, of which small table, under what, and in which words."""

    where: str
    number: int
    part: int | str
    """The number of a question, from 0, or ALTERNATIVE, TITLE or PROPOSAL."""
    text: str
    causes: tuple[str, ...] = ()
    """The causes that an alternative attends to, as the paper numbers them."""
    place: int | None = None
    """Its priority, from 1."""


@dataclass(slots=True)
class Addition:
    """What a paper would add to the sheet of a small table, and the sheet as it would be."""

    number: int
    sheet: dict[str, Any]
    added: dict[int | str, list[str]] = field(default_factory=dict)
    known: int = 0
    """How many lines were on the sheet already."""
    places: dict[int, str] = field(default_factory=dict)

    def note(self, part: int | str, text: str) -> None:
        """Remember that something is new."""
        self.added.setdefault(part, []).append(text)

    @property
    def count(self) -> int:
        """How many things would be new."""
        return sum(map(len, self.added.values()))


@dataclass(frozen=True, slots=True)
class Foretold:
    """What would be added to each sheet, what is wrong, a sentence for each line, and the seal of all that."""

    additions: list[Addition]
    faults: list[str]
    seal: str

    @property
    def count(self) -> int:
        """How many things would be new."""
        return sum(addition.count for addition in self.additions)


def cause_labels(table: Table) -> dict[str, ProblemNode]:
    """Return the causes by the number that papers carry: that of their box, which nothing changes afterwards.

    Where a theme has several trees, a letter before it says which.
    """
    causes = list(causes_at(table))
    trees = sorted({cause.tree_id for cause in causes})
    letters = {tree: chr(ord("A") + n) if len(trees) > 1 else "" for n, tree in enumerate(trees)}
    return {f"{letters[cause.tree_id]}{cause.order}": cause for cause in causes}


def foretell_papers(table: Table, lines: Sequence[Line], *, at: datetime) -> Foretold:
    """Return what accepting some lines would add, without writing anything."""
    if not is_written(table, at=at):
        raise Refused(CLOSED)
    return _foretold(table, list(table.small_tables.all()), lines)


@transaction.atomic
def add_papers(table: Table, lines: Sequence[Line], *, seal: str, by: User | AnonymousUser, at: datetime) -> int:
    """Add what papers say to the sheets of a table, all or nothing; return how many things are new."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    if not is_written(row, at=at):
        raise Refused(CLOSED)
    rows = row.small_tables.select_for_update(no_key=True, of=("self",)).order_by("number")
    small_tables = {small.number: small for small in rows}
    told = _foretold(row, list(small_tables.values()), lines)
    if told.faults:
        raise Refused(" ".join(told.faults))
    if told.seal != seal:
        raise Refused(CHANGED)
    if not told.count:
        raise Refused("Todo lo que dice el papel ya estaba en la hoja: no hay nada que agregar.")
    for addition in told.additions:
        small_tables[addition.number].sheet = addition.sheet
    SmallTable.objects.bulk_update(small_tables.values(), ["sheet"])
    return told.count


def _foretold(table: Table, small_tables: Iterable[SmallTable], lines: Sequence[Line]) -> Foretold:
    """Return what some lines would add to the sheets of a table."""
    sheets = {small.number: blank_sheet() | small.sheet for small in small_tables}
    labels = cause_labels(table)
    seal = digest(
        {
            "sheets": {str(number): sheet for number, sheet in sheets.items()},
            "lines": [[*line[:4], list(line.causes), line.place] for line in lines],
            "causes": {label: cause.pk for label, cause in labels.items()},
        }
    )
    additions = {number: Addition(number, deepcopy(sheet)) for number, sheet in sheets.items()}
    faults: list[str] = []
    for line in lines:
        try:
            _lay(additions, line, labels, len(table.questions))
        except Refused as refused:
            faults.append(f"{line.where}: {refused}")
    touched = [additions[number] for number in sorted({line.number for line in lines} & set(additions))]
    for addition in touched:
        try:
            _put_first(addition)
        except Refused as refused:
            faults.append(f"Mesa {addition.number}: {refused}")
        sort_sheet(addition.sheet)
    return Foretold(touched, faults, seal)


def _lay(additions: dict[int, Addition], line: Line, labels: dict[str, ProblemNode], questions: int) -> None:
    """Add a line to the sheet of its small table, or refuse it."""
    addition = additions.get(line.number)
    if addition is None:
        raise Refused(f"no hay mesa {line.number}. Las mesas se forman al acomodar a quienes llegaron.")
    if line.part in {TITLE, PROPOSAL}:
        _propose(addition, line)
    elif line.part == ALTERNATIVE:
        _offer(addition, line, labels)
    elif isinstance(line.part, int) and 0 <= line.part < questions:
        if line.causes or line.place:
            raise Refused("las causas y la prioridad son de las alternativas; aquí va una respuesta.")
        entries = addition.sheet["answers"].setdefault(str(line.part), [])
        _entry(addition, entries, line)
    else:
        raise Refused("elige una de las preguntas de la mesa.")


def _entry(addition: Addition, entries: list[dict[str, Any]], line: Line) -> dict[str, Any]:
    """Return the entry of a list that says a line, a new one if none does."""
    text = words_of(line.text)
    if known := next((one for one in entries if one["t"].casefold() == text.casefold()), None):
        addition.known += 1
        return known
    if len(entries) >= MOST:
        raise Refused(FULL)
    entry: dict[str, Any] = {"k": secrets.token_hex(4), "t": text}
    entries.append(entry)
    addition.note(line.part, text)
    return entry


def _offer(addition: Addition, line: Line, labels: dict[str, ProblemNode]) -> None:
    """Add an alternative with the causes it attends to and its priority."""
    if unknown := [label for label in line.causes if label not in labels]:
        told = ", ".join(f"«{label}»" for label in unknown)
        raise Refused(f"no hay causa {told}. Escribe los números de la hoja, separados con punto y coma: 2; 5.")
    if line.place is not None and not 1 <= line.place <= PRIORITIES:
        raise Refused(f"la prioridad es un número de 1 a {PRIORITIES}, o nada.")
    entry = _entry(addition, addition.sheet["alternatives"], line)
    causes, had = {labels[label].pk for label in line.causes}, set(entry.setdefault("causes", []))
    if causes - had:
        entry["causes"] = sorted(causes | had)
        addition.note("causas", f"«{entry['t']}» atiende " + "; ".join(labels[label].text for label in line.causes))
    if line.place is not None:
        if addition.places.setdefault(line.place, entry["k"]) != entry["k"]:
            raise Refused(f"la mesa {line.number} ya tiene otra alternativa como prioridad {line.place}.")
        named = [place for place, mark in addition.places.items() if mark == entry["k"]]
        if len(named) > 1:
            raise Refused("una alternativa tiene una sola prioridad.")


def _propose(addition: Addition, line: Line) -> None:
    """Write the name or the text of the proposal, unless the sheet has another."""
    name = "title" if line.part == TITLE else "text"
    now = addition.sheet["proposal"]
    new = proposal_of(**{"title": "", "text": "", name: line.text})[name]
    if not new:
        raise Refused("falta el texto.")
    if now[name] == new:
        addition.known += 1
        return
    if now[name]:
        raise Refused(
            f"la hoja de la mesa {line.number} ya dice «{now[name]}». Deja esto vacío para conservarlo, "
            "o cámbialo en la hoja."
        )
    addition.sheet["proposal"] = {**now, name: new}
    addition.note(line.part, new)


def _put_first(addition: Addition) -> None:
    """Say which alternatives come first, unless the sheet says others."""
    if not addition.places:
        return
    had: list[str] = addition.sheet["priorities"]
    merged = dict(enumerate(had, 1))
    for place, mark in addition.places.items():
        if merged.get(place, mark) != mark or (mark in had and merged.get(place) != mark):
            raise Refused(
                "su hoja ya tiene otras prioridades. Deja vacías las del papel para conservarlas, "
                "o cámbialas en la hoja."
            )
        merged[place] = mark
    if sorted(merged) != list(range(1, len(merged) + 1)):
        raise Refused("las prioridades van seguidas: primero la 1, luego la 2 y la 3.")
    if len(merged) > len(had):
        texts = {one["k"]: one["t"] for one in addition.sheet["alternatives"]}
        for place in sorted(set(merged) - set(range(1, len(had) + 1))):
            addition.note("prioridades", f"{place}.ª: {texts[merged[place]]}")
    addition.sheet["priorities"] = [merged[place] for place in sorted(merged)]
