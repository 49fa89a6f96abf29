"""The commitments of the document, with every part of the form that the First PAL uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.plans.consistency.forms import FORM
from tequio.plans.documents.blocks import Block, Cell, Field, Heading, Prose
from tequio.plans.documents.sections import Section, section
from tequio.plans.documents.words import (
    alignments,
    annexed,
    blank,
    field,
    known,
    minor,
    moment,
    named,
    people,
    said,
    table,
    told,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import ActivityPart, AnnexPart, CommitmentPart, Dossier, KeyActionPart

BEFORE: Final = ("name", "promise")
AFTER: Final = ("helps_to_solve", "will_allow")
REST: Final = (
    *("description", "contribution", "target_population", "relevance"),
    *("agenda_2030", "gender", "expected_results"),
)
"""The form's questions before the key actions, after them, and after the dates."""

NO_AXIS: Final = "Compromisos sin eje en el documento"


def proposals(dossier: Dossier) -> Iterator[Section]:
    """Yield the proposals from which the commitments were drafted."""
    for part in dossier.commitments:
        if part.proposal_title or part.proposal_text or part.proposal_objective:
            blocks: list[Block] = [Prose(words=said(part.proposal_text))] if part.proposal_text else []
            blocks.append(field("Objetivo del compromiso", part.proposal_objective))
            yield Section(part.proposal_title or f"Propuesta del compromiso {part.number}", blocks)


def commitments(dossier: Dossier) -> Iterator[Section]:
    """Yield the commitments by axis, in the order of the document's body."""
    ordered = sorted(dossier.commitments, key=lambda part: part.body_order)
    for axis in dict.fromkeys(part.axis for part in ordered):
        own = [part for part in ordered if part.axis == axis]
        forms = (block for part in own for block in form(dossier, part, fresh=part is not own[0]))
        yield from section(axis or NO_AXIS, forms)


def form(dossier: Dossier, part: CommitmentPart, *, fresh: bool) -> Iterator[Block]:
    """Yield the form of a commitment, in the printed order."""
    yield Heading(level=3, text=f"{part.code} · {part.title}", fresh=fresh)
    yield from identity(dossier, part)
    yield Heading(level=4, text=part.form_title or "Información general del compromiso")
    yield from (field(FORM[name], getattr(part, name)) for name in BEFORE)
    yield Heading(level=4, text="¿Cómo vamos a lograrlo?")
    yield from key_actions(part)
    yield Heading(level=4, text="¿Qué problema público ayuda a resolver y cómo?")
    yield from (field(FORM[name], getattr(part, name)) for name in AFTER)
    yield Heading(level=4, text="Plazo, responsable y contenido")
    yield Field(label="Fecha de inicio", lines=[moment(part.period.starts)])
    yield Field(label="Fecha de finalización", lines=[moment(part.period.ends)])
    yield field(FORM["responsible_text"], part.responsible_text)
    yield from (field(FORM[name], getattr(part, name)) for name in REST)
    if part.alignments:
        yield Heading(level=4, text="Objetivos y valores que se citan")
        yield from alignments(part.alignments)
    yield Heading(level=4, text="Actividades a desarrollar para el cumplimiento del compromiso")
    yield from dated(part)
    yield from contact(part)
    yield from annexes(part.annexes)
    yield from lines(part)


def identity(dossier: Dossier, part: CommitmentPart) -> Iterator[Block]:
    """Yield what identifies a commitment, and what it hangs from."""
    theme = next((each.name for each in dossier.themes if each.key == part.theme), "")
    tree = dossier.tree(part.tree)
    yield from known(
        {
            "Origen": part.kind_label,
            "Responsable": named(part.responsible),
            "Nombre en la lista": part.listed_name,
            "Temática": theme,
            "Árbol de problemas": tree.title if tree else "",
        }
    )


def key_actions(part: CommitmentPart) -> Iterator[Block]:
    """Yield the table of key actions, or that there is none."""
    if not part.key_actions:
        yield blank()
    columns = {"No.": 1, "Acciones clave": 9, "Fechas de implementación": 4}
    rows = ([told(str(a.number)), [said(a.text)], dates(a)] for a in part.key_actions)
    yield from table(f"Acciones clave del compromiso {part.code}", columns, rows)


def dates(action: KeyActionPart) -> Cell:
    """Return the cell of a key action's dates."""
    return [said(action.dates_text)] if action.dates_text else when(action.period) or [said("")]


def title(activity: ActivityPart) -> Cell:
    """Return an activity's first cell: its code, its letter and what it is."""
    words = said(activity.title)
    label = activity.label.strip()
    if label and not words.text.startswith(label):
        separator = " " if label.endswith((".", ")")) else ". "
        words = words.model_copy(update={"text": f"{label}{separator}{words.text}"})
    return [words, *minor(activity.code)]


def dated(part: CommitmentPart) -> Iterator[Block]:
    """Yield the table of dated activities, or that there is none."""
    if not part.activities:
        yield blank()
    columns = {
        "Actividad": 8,
        "Personas responsables": 9,
        "Medio de verificación o seguimiento": 6,
        "Fecha de inicio": 4,
        "Fecha de finalización": 4,
    }
    rows = (
        [
            [*title(a), *told(a.description)],
            people(a.responsibles),
            [said(a.verification)],
            [moment(a.period.starts)],
            [moment(a.period.ends)],
        ]
        for a in part.activities
    )
    yield from table(f"Actividades del compromiso {part.code}", columns, rows)


def contact(part: CommitmentPart) -> Iterator[Block]:
    """Yield whom to contact and who else takes part."""
    yield Heading(level=4, text="Información de contacto")
    yield field("Institución responsable", part.contact_institution_text)
    yield Field(label="Personas responsables", lines=people(part.contacts))
    columns = {"Otros actores involucrados": 4, "Quiénes": 9}
    rows = ([told(actor.sector_label), [said(actor.text)]] for actor in part.actors)
    yield from table(f"Otros actores del compromiso {part.code}", columns, rows)


def annexes(parts: list[AnnexPart]) -> Iterator[Block]:
    """Yield the annexes that the form announces."""
    if parts:
        yield Heading(level=4, text="Información extra (anexos)")
    for part in parts:
        yield annexed(part)


def lines(part: CommitmentPart) -> Iterator[Block]:
    """Yield the lines of action with their tables."""
    if part.lines or part.lines_title:
        yield Heading(level=4, text=part.lines_title or "Líneas de acción")
    for line in part.lines:
        yield Heading(level=5, text=f"Línea de acción {line.number}")
        yield Prose(words=said(line.text))
        about = f"Actividades de la línea {line.number} del compromiso {part.code}"
        columns = {"Actividad": 6, "Descripción u objetivo": 6, "Medio de verificación": 5}
        if any(answered(a) for a in line.activities):
            columns["Responsables y fechas"] = 6
        rows = (
            [title(a), [said(a.description)], [said(a.verification)], answered(a) or [said("")]][: len(columns)]
            for a in line.activities
        )
        yield from table(about, columns, rows)


def answered(activity: ActivityPart) -> Cell:
    """Return who answers for an activity of a line and when, where its table says so."""
    return [*(people(activity.responsibles) if activity.responsibles else []), *when(activity.period)]
