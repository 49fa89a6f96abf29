"""The last chapter: what the document does not say or contradicts, and the statements that were compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.plans.documents.blocks import Block, Heading
from tequio.plans.documents.words import known, note, table, told
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tequio.plans.consistency import Found
    from tequio.plans.models import Finding
    from tequio.plans.queries.dossier import Dossier, StatementPart


def gaps(dossier: Dossier, findings: Sequence[Found | Finding]) -> Iterator[Block]:
    """Yield the chapter, its findings grouped by kind."""
    yield Heading(level=1, text="Lo que el documento no dice o contradice")
    if findings:
        points = "un punto" if len(findings) == 1 else f"{len(findings)} puntos"
        yield note(f"La revisión encontró {points}. Nada se corrigió ni se llenó: aquí se dice dónde está cada uno.")
    else:
        yield note("La revisión no encontró textos en blanco ni contradicciones.")
    columns = {"Lugar": 4, "Qué se encontró": 5, "Lo que dice": 4, "Contra qué": 4}
    for kind in FindingKind:
        found = [each for each in findings if each.kind == kind]
        if found:
            yield Heading(level=2, text=f"{kind.label} ({len(found)})")
        rows = ([told(f.place), told(f.problem), told(f.says), told(f.against)] for f in found)
        yield from table(kind.label, columns, rows)
    if dossier.statements:
        yield Heading(level=2, text="Afirmaciones que se compararon")
        for statement in dossier.statements:
            yield from compared(dossier, statement)


def compared(dossier: Dossier, statement: StatementPart) -> Iterator[Block]:
    """Yield a statement of a document with its quotation and place."""
    source = dossier.document_of(statement.document)
    yield Heading(level=3, text=statement.subject)
    yield from known(
        {
            "Documento": source.title if source else "",
            "Lugar": statement.place,
            "Cita": statement.quote,
            "Valor": statement.value,
            "Sumandos": ", ".join(statement.parts),
            "Nota": statement.note,
        }
    )
