"""The last chapter: what the document does not say or contradicts, and the statements that were compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.plans.documents.blocks import Block, Cell, Heading
from tequio.plans.documents.words import minor, note, table, told
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tequio.plans.consistency import Found
    from tequio.plans.models import Finding
    from tequio.plans.queries.dossier import Dossier, StatementPart


def gaps(dossier: Dossier, findings: Sequence[Found | Finding]) -> Iterator[Block]:
    """Yield the chapter, its findings grouped by kind."""
    yield Heading(level=1, text="Lo que el documento no dice o contradice", fresh=True)
    if findings:
        points = "un punto" if len(findings) == 1 else f"{len(findings)} puntos"
        yield note(f"La revisión encontró {points}. Nada se corrigió ni se llenó: aquí se dice dónde está cada uno.")
    else:
        yield note("La revisión no encontró textos en blanco ni contradicciones.")
    for kind in FindingKind:
        found = [each for each in findings if each.kind == kind]
        if found:
            yield Heading(level=2, text=f"{kind.label} ({len(found)})")
        columns = {"Lugar": 3, "Qué se encontró": 4, "Lo que dice": 5, "Contra qué": 5}
        if not any(f.against for f in found):
            columns.pop("Contra qué")
        rows = ([told(f.place), told(f.problem), told(f.says), told(f.against)][: len(columns)] for f in found)
        yield from table(kind.label, columns, rows)
    if dossier.statements:
        yield Heading(level=2, text="Afirmaciones que se compararon")
    columns = {"Asunto y valor": 4, "Cita": 7, "Lugar": 5, "Nota": 4}
    rows = (compared(dossier, statement) for statement in dossier.statements)
    yield from table("Afirmaciones que se compararon", columns, rows)


def compared(dossier: Dossier, statement: StatementPart) -> list[Cell]:
    """Return the row of a statement: what it is about, its quotation, its place and our note."""
    source = dossier.document_of(statement.document)
    sum_of = f"{statement.value} = {' + '.join(statement.parts)}" if statement.parts else statement.value
    place = [*told(statement.place), *minor(source.title if source else "")]
    return [told(statement.subject, sum_of), told(statement.quote), place, told(statement.note)]
