"""Rules about what documents state of themselves: sums, counts, and the same thing said in two ways."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tequio.plans.consistency.engine import Found, rule
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import Dossier, StatementPart


def quoted(dossier: Dossier, statement: StatementPart) -> str:
    """Return a statement's quotation with its document and place."""
    document = dossier.document_of(statement.document)
    title = document.title if document else statement.document
    return f"«{statement.quote}» ({title}, {statement.place})"


def kind(dossier: Dossier, *statements: StatementPart) -> FindingKind:
    """Tell a contradiction inside the plan's document from one that involves another document."""
    own = all(statement.document == dossier.document for statement in statements)
    return FindingKind.CONTRADICTORY if own else FindingKind.BETWEEN_DOCUMENTS


@rule("suma-que-no-da", "Totales que no son la suma de las partes que el documento da")
def sums(dossier: Dossier) -> Iterator[Found]:
    """Find totals that are not the sum of the parts stated with them."""
    for statement in dossier.statements:
        if statement.parts and statement.value.isdecimal():
            total = sum(int(part) for part in statement.parts if part.isdecimal())
            if total != int(statement.value):
                yield Found(
                    kind(dossier, statement),
                    statement.place,
                    f"{upper_first(statement.subject)}: {' + '.join(statement.parts)} = {total}, no {statement.value}.",
                    says=quoted(dossier, statement),
                    against=statement.note,
                )


@rule("cuenta-que-no-da", "Cantidades que no son las que el propio documento enumera")
def counts(dossier: Dossier) -> Iterator[Found]:
    """Find stated numbers that differ from what the document itself lists."""
    listed = {
        "members": len(dossier.members),
        "forums": sum(event.kind == "forum" for event in dossier.events),
        "commitments": len(dossier.commitments),
        "seats": sum(len(body.seats) for body in dossier.bodies if body.kind == "secretariat"),
        "sessions": sum(s.how_many for b in dossier.bodies if b.kind == "secretariat" for s in b.sessions),
        "trees": sum(bool(tree.problem) for tree in dossier.trees),
        "table_activities": sum(len(c.activities) for c in dossier.commitments),
        "line_activities": sum(len(c.line_activities) for c in dossier.commitments),
    }
    for statement in dossier.statements:
        if statement.counted and statement.value.isdecimal() and int(statement.value) != listed[statement.counted]:
            yield Found(
                kind(dossier, statement),
                statement.place,
                f"{upper_first(statement.subject)}: dice {statement.value} y enumera {listed[statement.counted]}.",
                says=quoted(dossier, statement),
                against=statement.note,
            )


@rule("dicho-de-dos-modos", "La misma cosa dicha de dos modos, en un documento o en dos")
def disagreements(dossier: Dossier) -> Iterator[Found]:
    """Find statements on one subject that do not agree; one finding tells all the versions."""
    by_subject: dict[str, dict[str, StatementPart]] = defaultdict(dict)
    for statement in dossier.statements:
        by_subject[statement.subject].setdefault(statement.value, statement)
    for subject, by_value in by_subject.items():
        one, *others = by_value.values()
        if not others:
            continue
        own = [statement for statement in by_value.values() if statement.document == dossier.document]
        yield Found(
            FindingKind.CONTRADICTORY if len(own) > 1 else FindingKind.BETWEEN_DOCUMENTS,
            one.place,
            f"{upper_first(subject)}: aquí «{one.value}»; en otro lugar, {' y '.join(f'«{o.value}»' for o in others)}.",
            says=quoted(dossier, one),
            against="\n".join(quoted(dossier, other) for other in others),
        )


def upper_first(text: str) -> str:
    """Return a text with its first letter in upper case and the others as they are."""
    return text[:1].upper() + text[1:]
