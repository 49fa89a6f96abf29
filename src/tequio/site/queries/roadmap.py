"""A commitment's route in time, and which of a roadmap's eight elements its document has (Metodología, fase 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.kernel import spoken
from tequio.kernel.figures.roadmap import Row
from tequio.kernel.placeholders import Stated, reading
from tequio.plans.enums import ActorSector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tequio.plans.queries.dossier import CommitmentPart, Contact, KeyActionPart
    from tequio.site.queries.commitment import ActivityShown, CommitmentPage


@dataclass(frozen=True, slots=True)
class Element:
    """One of the eight elements: what the document has of it, or why it is taken as missing."""

    name: str
    has: str
    lacks: str = ""


def rows(page: CommitmentPage) -> list[Row]:
    """Return the key actions and both lists of activities as rows of the route; lines have no dates of their own."""
    actions = [key_action(action) for action in page.part.key_actions]
    dated = [activity(each, "Actividad") for each in page.table.left]
    lines = [(listed.line, shown) for listed in page.lines if listed.line for shown in listed.left]
    undated = [activity(shown, f"Línea {line.number}, actividad") for line, shown in lines]
    return [*actions, *dated, *undated]


def key_action(action: KeyActionPart) -> Row:
    """Return a key action as a row; its one cell of dates is quoted where it gives none."""
    return Row(
        name=f"Acción clave {action.number}. {says(action.text) or 'La ficha no dice cuál es.'}",
        when=spoken.period(action.period) or (f"«{action.dates_text}»" if says(action.dates_text) else ""),
        starts_on=action.period.starts_on,
        ends_on=action.period.ends_on,
    )


def activity(shown: ActivityShown, what: str) -> Row:
    """Return an activity as a row, with its state."""
    part = shown.part
    label = part.label.strip().rstrip(".)")
    return Row(
        name=f"{what}{' ' + label if label else ''}. {says(part.title) or 'La ficha no dice cuál es.'}",
        when=spoken.period(part.period),
        who=people(part.responsibles),
        word=shown.standing.get_state_display() if shown.standing else "No consta",
        starts_on=part.period.starts_on,
        ends_on=part.period.ends_on,
    )


def people(contacts: Iterable[Contact]) -> str:
    """Return the names that say something, in one line."""
    return " · ".join(says(contact.name) for contact in contacts if says(contact.name))


def says(text: str) -> str:
    """Return a text, or nothing where it is empty or a template's leftover."""
    read = reading(text)
    return " ".join(read.text.split()) if isinstance(read, Stated) else ""


def elements(part: CommitmentPart) -> list[Element]:
    """Return the eight elements that the methodology asks of a roadmap, with what the form has of each."""
    everything = part.all_activities
    titled = [a for a in everything if says(a.title)]
    dated = [a for a in everything if a.period.starts_on and a.period.ends_on]
    owned = [a for a in everything if people(a.responsibles)]
    verified = [a for a in everything if says(a.verification)]
    partners = " · ".join(says(a.text) for a in part.actors if a.sector == ActorSector.CIVIL_SOCIETY and says(a.text))
    indicators = [annex for annex in part.annexes if "indicador" in annex.title.lower() and annex.url]
    named = "Se nombran {} de {} actividades."

    def some(found: list[object], said: str) -> str:
        return said.format(len(found), len(everything)) if found else ""

    return [
        Element("Servidor público responsable", some([*owned], "Lo dicen {} de {} actividades.")),
        Element("Organización de la sociedad civil corresponsable", partners),
        Element("Actividades", some([*titled], named)),
        Element("Resultado final", says(part.expected_results)),
        Element("Productos esperados", "", "La ficha no tiene este renglón."),
        Element("Indicadores", indicators[0].title if indicators else "", "La ficha no los trae."),
        Element("Medios de verificación", some([*verified], "Los dicen {} de {} actividades.")),
        Element("Fechas de inicio y conclusión", some([*dated], "Las dos fechas constan en {} de {} actividades.")),
    ]
