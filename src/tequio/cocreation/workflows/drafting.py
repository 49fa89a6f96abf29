"""The room's text: the proposals merged, discussed with visible differences, and closed by its hash."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.cocreation.enums import CONDUCT_TABLE, DraftStage
from tequio.cocreation.models import ClosedText
from tequio.cocreation.workflows.capturing import LONGEST_TITLE
from tequio.cocreation.workflows.conducting import on_its_day
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.kernel.canonical import digest
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table

LONGEST: Final = 4000


@dataclass(frozen=True, kw_only=True)
class DraftText:
    """The text of a commitment on the method's form; `sources` are the numbers of the small tables it comes from."""

    title: str = ""
    text: str = ""
    long_term_objective: str = ""
    definitive_commitment: str = ""
    sources: tuple[int, ...] = ()


def drafted(table: Table) -> DraftText:
    """Return the text that a table is writing."""
    kept = {name: table.draft[name] for name in DraftText.__dataclass_fields__ if name in table.draft}
    return DraftText(**kept | {"sources": tuple(kept.get("sources", ()))})


@transaction.atomic
def write_draft(table: Table, draft: DraftText, *, seen: int, by: User | AnonymousUser, at: datetime) -> int:
    """Write the room's text; `seen` is the revision on the screen. Return the new one."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    if row.revision != seen:
        raise Refused("Otra pantalla guardó el texto mientras escribías. Compara los dos y vuelve a guardar.")
    if row.closed_texts.filter(stage=DraftStage.DEFINITIVE).exists():
        raise Refused("El compromiso definitivo ya está cerrado.")
    values = {name: _words(name, value) for name, value in asdict(draft).items() if name != "sources"}
    numbers = set(row.small_tables.values_list("number", flat=True))
    if not set(draft.sources) <= numbers:
        raise Refused("El texto proviene de mesas que no hay.")
    row.draft = values | {"sources": sorted(set(draft.sources))}
    row.revision += 1
    row.save(update_fields=["draft", "revision"])
    announce(CHANGED, subject=row.code)
    return row.revision


@transaction.atomic
def merge_proposals(table: Table, numbers: tuple[int, ...], *, seen: int, by: User, at: datetime) -> int:
    """Put the proposals of some small tables, one after another, at the end of the room's text."""
    row = held_table(table)
    chosen = row.small_tables.filter(number__in=numbers)
    told = [(small.number, small.sheet.get("proposal", {})) for small in chosen]
    told = [(number, proposal) for number, proposal in told if proposal.get("text")]
    if not told:
        raise Refused("Ninguna de esas mesas ha escrito una propuesta.")
    now = drafted(row)
    new = [proposal["text"] for _, proposal in told if proposal["text"] not in now.text]
    merged = DraftText(
        title=now.title or next((proposal["title"] for _, proposal in told if proposal["title"]), ""),
        text="\n\n".join(part for part in (now.text, *new) if part),
        long_term_objective=now.long_term_objective,
        definitive_commitment=now.definitive_commitment,
        sources=tuple({*now.sources, *(number for number, _ in told)}),
    )
    return write_draft(row, merged, seen=seen, by=by, at=at)


@transaction.atomic
def close_text(table: Table, stage: str, *, seen: int, by: User | AnonymousUser, at: datetime) -> ClosedText:
    """Close the preliminary text, or the definitive one after it: from now on its hash is in the public record."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    if row.revision != seen:
        raise Refused("Otra pantalla guardó el texto. Léelo antes de cerrarlo.")
    closed = set(row.closed_texts.values_list("stage", flat=True))
    if stage not in DraftStage.values or stage in closed:
        raise Refused("Ese texto ya está cerrado.")
    if stage == DraftStage.DEFINITIVE and DraftStage.PRELIMINARY not in closed:
        raise Refused("Antes se cierra el texto preliminar: el definitivo muestra qué cambió desde él.")
    now = drafted(row)
    if not now.title or not now.text:
        raise Refused("Al texto le falta el nombre del compromiso o su redacción.")
    if stage == DraftStage.DEFINITIVE and not (now.long_term_objective and now.definitive_commitment):
        raise Refused("El compromiso definitivo dice su objetivo de largo plazo y las acciones que se esperan lograr.")
    text = ClosedText(table=row, stage=stage, **asdict(now) | {"sources": list(now.sources)})
    text.sha256 = digest(text.content)
    text.save(force_insert=True)
    record("cocreation.text_closed", f"cocreation.Table:{row.code}", _public(text), by=None, at=at)
    announce(CHANGED, subject=row.code)
    return text


def _public(text: ClosedText) -> dict[str, Any]:
    """Return what the ledger keeps of a closed text: which one, and its hash."""
    return {"stage": text.stage, "sha256": text.sha256}


def _words(name: str, value: str) -> str:
    """Return a part of the text, if it fits."""
    value = value.replace("\r\n", "\n").strip()
    most = LONGEST_TITLE if name == "title" else LONGEST
    if len(value) > most:
        raise Refused(f"Cada parte del texto cabe en {LONGEST} signos, y su nombre en {LONGEST_TITLE}.")
    return " ".join(value.split()) if name == "title" else value
