"""Puts the plan's texts, dates and people into words, and says aloud what the document leaves out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tequio.kernel.placeholders import Missing, reading
from tequio.kernel.spoken import by_precision
from tequio.plans.documents.blocks import Cell, Field, Prose, Table, Words
from tequio.plans.queries.dossier import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tequio.plans.queries.dossier import AlignmentPart, AnnexPart, Contact, Institution, Period

BLANK: Final = "No consta: el documento lo deja en blanco"
ADDRESS: Final = re.compile(r"https?://[^\s<>«»]+")


def said(text: str) -> Words:
    """Return what the document says at a place, or that it says nothing there."""
    read = reading(text)
    if isinstance(read, Missing):
        raw = read.raw.strip()
        return Words(text=f"No consta: el documento dice «{raw}»" if raw else BLANK, tone="missing")
    return Words(text=text, href=text.strip() if ADDRESS.fullmatch(text.strip()) else "")


def told(*texts: str) -> Cell:
    """Return the texts of ours that are not empty, each on its line."""
    return [Words(text=text, href=text if ADDRESS.fullmatch(text) else "") for text in texts if text.strip()]


def minor(*texts: str) -> Cell:
    """Return the texts that are not empty, as what is said in passing."""
    return [words.model_copy(update={"tone": "minor"}) for words in told(*texts)]


def listed(texts: list[str]) -> Cell:
    """Return the items of a list, or that it is blank."""
    said_all = [said(text) for text in texts or [""]]
    return [words if words.tone == "missing" else words.model_copy(update={"tone": "item"}) for words in said_all]


def lead(words: Words) -> Words:
    """Return words that lead the lines after them, unless they are missing."""
    return words if words.tone == "missing" else words.model_copy(update={"tone": "lead"})


def moment(edge: Moment) -> Words:
    """Return the document's words for a moment; where it has none, the day that is known."""
    if edge.text or not edge.on:
        return said(edge.text)
    return Words(text=by_precision(edge.on, edge.precision))


def stated(edge: Moment) -> Cell:
    """Return a moment that need not be stated, or nothing."""
    return [moment(edge)] if edge.text or edge.on else []


def when(period: Period) -> Cell:
    """Return a period: its two ends, the one moment that is known, or nothing."""
    if period.ends in (period.starts, Moment()):
        return stated(period.starts)
    ends = [("Inicio: ", period.starts), ("Fin: ", period.ends)]
    return [w.model_copy(update={"text": label + w.text}) for label, edge in ends for w in stated(edge)]


def person(contact: Contact) -> Cell:
    """Return who answers for something, a line for each thing that is known of them."""
    institution = contact.institution.name if contact.institution else ""
    known = [contact.post, contact.mail, contact.phone]
    return [lead(said(contact.name)), *(said(text) for text in known if text), *minor(institution)]


def people(contacts: Sequence[Contact]) -> Cell:
    """Return everyone who answers for something, or that nobody does."""
    return [line for contact in contacts for line in person(contact)] or [said("")]


def named(institution: Institution) -> str:
    """Return an institution's official name with its acronym."""
    return f"{institution.name} ({institution.acronym})" if institution.acronym else institution.name


def field(label: str, text: str) -> Field:
    """Return a question of the form with its answer, missing or not."""
    return Field(label=label, lines=[said(text)])


def known(fields: Mapping[str, str | Cell]) -> Iterator[Field]:
    """Yield the fields that have something to tell."""
    for label, value in fields.items():
        if lines := told(value) if isinstance(value, str) else value:
            yield Field(label=label, lines=lines)


def note(text: str) -> Prose:
    """Return a remark of this edition, which the document does not make."""
    return Prose(style="note", words=Words(text=text))


def annexed(part: AnnexPart) -> Prose:
    """Return an annex as an item, with its address where it has one."""
    return Prose(
        style="item", words=Words(text=f"{part.title}: {part.url}", href=part.url) if part.url else said(part.title)
    )


def blank() -> Prose:
    """Return the note that the document leaves a place blank."""
    return Prose(words=said(""))


def table(about: str, columns: dict[str, int], rows: Iterable[list[Cell]]) -> Iterator[Table]:
    """Yield a table with these columns (head: width in parts), or nothing when it would have no rows."""
    if found := list(rows):
        yield Table(about=about, heads=list(columns), widths=list(columns.values()), rows=found)


def alignments(cited: Sequence[AlignmentPart]) -> Iterator[Table]:
    """Yield the table of the goals, values and axes that are cited."""
    columns = {"Lista": 2, "Clave": 2, "Nombre": 5, "Como dice el documento": 5, "Lugar": 4}
    rows = ([told(a.scheme.upper()), told(a.code), told(a.name), [said(a.quoted_name)], told(a.place)] for a in cited)
    return table("Objetivos y valores que se citan", columns, rows)
