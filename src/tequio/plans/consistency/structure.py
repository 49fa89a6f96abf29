"""Rules about the document's own order: index, numbering, repeated texts, coverage of themes and goals."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from tequio.plans.consistency.engine import Found, alike, missing, of, rule, same_words
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import ActivityPart, CommitmentPart, Dossier

GOALS = "ods"
COPIED_AT_LEAST = 3


@rule("fuera-del-indice", "Capítulos que no están en el índice del documento")
def index(dossier: Dossier) -> Iterator[Found]:
    """Find chapters that the document's index does not list, where it has one."""
    if not any(chapter.index_page for chapter in dossier.chapters):
        return
    for chapter in dossier.chapters:
        if not chapter.index_page and chapter.kind != "cover":
            problem = "El capítulo no está en el índice."
            yield Found(FindingKind.MISSING, f"Capítulo «{chapter.title}»", problem)


@rule("orden-distinto", "Compromisos en un orden en la lista y en otro en el cuerpo")
def order(dossier: Dossier) -> Iterator[Found]:
    """Find that the body orders the commitments otherwise than the list does."""
    listed = [c.number for c in dossier.commitments]
    body = [c.number for c in sorted(dossier.commitments, key=lambda c: c.body_order)]
    if listed != body:
        yield Found(
            FindingKind.CONTRADICTORY,
            "Introducción y capítulo de compromisos",
            "La lista de compromisos y el cuerpo del documento los ordenan de distinto modo.",
            says="Lista: " + ", ".join(f"{c.number} {c.title}" for c in dossier.commitments),
            against="Cuerpo: " + ", ".join(str(number) for number in body),
        )


@rule("numeracion-incompleta", "Renglones sin número donde los demás lo tienen, o incisos que no empiezan en «a»")
def numbering(dossier: Dossier) -> Iterator[Found]:
    """Find tables that stop numbering their rows and lettered lists that do not start at a)."""
    for commitment in dossier.commitments:
        for line in commitment.lines:
            bare = [row.title for row in line.activities if not row.label and not missing(row.title)]
            if bare and any(row.label for row in line.activities):
                yield gap(
                    commitment,
                    f"línea de acción {line.number}",
                    f"{len(bare)} de {len(line.activities)} renglones no llevan número y los demás sí.",
                    " · ".join(bare),
                )
        letters = re.findall(r"^\s*([a-z])\)", commitment.relevance, flags=re.MULTILINE)
        if letters and letters[0] != "a":
            problem = f"Los incisos empiezan en «{letters[0]})», no en «a)»."
            yield gap(commitment, "relevancia para los valores", problem, ", ".join(f"{x})" for x in letters))


def gap(commitment: CommitmentPart, where: str, problem: str, says: str) -> Found:
    """Return something missing inside a commitment."""
    return Found(FindingKind.MISSING, of(commitment, where), problem, says, commitment=commitment.number)


@rule("dos-textos-de-lo-mismo", "Líneas de acción que repiten su acción clave con otras palabras")
def told_twice(dossier: Dossier) -> Iterator[Found]:
    """Find lines that repeat the key action of their number, but not to the letter."""
    for commitment in dossier.commitments:
        actions = {action.number: action.text for action in commitment.key_actions}
        for line in commitment.lines:
            text = actions.get(line.number, "")
            if alike(text, line.text) and same_words(text) != same_words(line.text):
                yield Found(
                    FindingKind.CONTRADICTORY,
                    of(commitment, f"acción clave {line.number} y línea de acción {line.number}"),
                    "Los dos textos debían decir lo mismo y no coinciden.",
                    says=text,
                    against=line.text,
                    commitment=commitment.number,
                )


@rule("copiado-de-otra-ficha", "Fichas sin llenar que conservan datos de la ficha de otra institución")
def copied(dossier: Dossier) -> Iterator[Found]:
    """Find an unfilled form that still carries another institution's values."""
    for one, other in combinations(dossier.commitments, 2):
        if one.responsible.key == other.responsible.key:
            continue
        shared = {label: text for label, text in cells(one).items() if cells(other).get(label) == text}
        if len(shared) < COPIED_AT_LEAST:
            continue
        copy, model = (one, other) if blanks(one) >= blanks(other) else (other, one)
        if blanks(copy):
            yield Found(
                FindingKind.PLACEHOLDER,
                of(copy, "la ficha en su conjunto"),
                f"Repite {len(shared)} datos del compromiso {model.number} ({model.responsible.short_name}): "
                "parecen restos de la plantilla.",
                says=" · ".join(f"{label}: {text}" for label, text in shared.items()),
                commitment=copy.number,
            )


def cells(commitment: CommitmentPart) -> dict[str, str]:
    """Return the short values of a form that two institutions would hardly write alike."""
    values = {
        "inicio": commitment.period.starts.text,
        "finalización": commitment.period.ends.text,
        "población objetivo": commitment.target_population,
    }
    for order, activity in enumerate(commitment.activities, 1):
        values[f"medio de verificación {order}"] = activity.verification
    return {label: same_words(text) for label, text in values.items() if not missing(text)}


def blanks(commitment: CommitmentPart) -> int:
    """Count the long fields of a form that say nothing."""
    fields = (commitment.promise, commitment.description, commitment.contribution, commitment.relevance)
    rows: list[ActivityPart] = commitment.activities
    return sum(bool(missing(text)) for text in [*fields, *(row.title for row in rows)])


@rule("tematica-sin-compromiso", "Temáticas aprobadas sin compromiso, y compromisos fuera de toda temática")
def coverage(dossier: Dossier) -> Iterator[Found]:
    """Find approved themes without commitment or reason, and commitments of no approved theme (PL-12, R18)."""
    covered = {commitment.theme for commitment in dossier.commitments}
    for theme in dossier.themes:
        if theme.key not in covered and not theme.reason_without_commitment:
            problem = "La temática se aprobó, no tiene compromiso y ningún documento dice por qué."
            yield Found(FindingKind.COVERAGE, f"Temática «{theme.name}»", problem)
    if dossier.themes:
        for commitment in dossier.commitments:
            if not commitment.theme:
                yield Found(
                    FindingKind.COVERAGE,
                    of(commitment, "eje"),
                    f"El eje «{commitment.axis}» no es una temática aprobada.",
                    says=commitment.axis,
                    commitment=commitment.number,
                )


@rule("ods-distintos", "Objetivos de Desarrollo Sostenible citados en una parte y no en otra")
def goals(dossier: Dossier) -> Iterator[Found]:
    """Find goals that the plan's chapters cite and no form does, or the other way round."""
    chapters = {a.code: a for a in dossier.alignments if a.scheme == GOALS}
    forms = {a.code: (c, a) for c in dossier.commitments for a in c.alignments if a.scheme == GOALS}
    if not chapters or not forms:
        return
    for code in sorted(chapters.keys() - forms.keys(), key=in_order):
        problem = f"Cita el objetivo {code} y ninguna ficha lo cita."
        yield Found(FindingKind.CONTRADICTORY, chapters[code].place, problem, says=chapters[code].quoted_name)
    for code in sorted(forms.keys() - chapters.keys(), key=in_order):
        commitment, cited = forms[code]
        yield Found(
            FindingKind.CONTRADICTORY,
            of(commitment, "Agenda 2030"),
            f"Cita el objetivo {code}, que la introducción no cita.",
            says=cited.quoted_name,
            against="La introducción cita: " + ", ".join(sorted(chapters, key=in_order)),
            commitment=commitment.number,
        )


def in_order(code: str) -> tuple[int, str]:
    """Return what sorts a list's codes as a person counts them: 2 before 11."""
    return len(code), code
