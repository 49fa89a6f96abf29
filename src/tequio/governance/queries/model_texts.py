"""The governance mechanism and the yearly agenda from which a secretariat begins: proposals, which it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from tequio.accounts.enums import JurisdictionKind
from tequio.exercises.queries.setup import working_day
from tequio.governance.enums import BodyKind, SeatRole

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Body

NAMES: Final = {
    JurisdictionKind.STATE: ("Secretariado Técnico Local", "STL"),
    JurisdictionKind.MUNICIPALITY: ("Secretariado Técnico Municipal", "STM"),
}
JUNE: Final = 6
DECEMBER: Final = 12
YEAR: Final = (
    "Sesión ordinaria: aprobar el acta de instalación y revisar esta agenda",
    "Sensibilización y consulta: qué problemas públicos importan más",
    "Mesa participativa: entender los problemas, sus causas y sus efectos",
    "Mesa participativa: acordar compromisos concretos y medibles",
    "Sesión ordinaria: revisar si los compromisos son viables y aprobar el plan de acción",
    "Presentar el plan de acción a la sociedad, en un evento público",
    "Sesión ordinaria: primer seguimiento de los compromisos",
    "Sesión ordinaria: informe del año y agenda del siguiente",
)
"""Guía, pasos 3 a 6, in their order. No document sets the days: they are spread over what is left of the year."""


def model_body(exercise: Exercise) -> dict[str, str]:
    """Return the name and the acronym that a secretariat has by its place."""
    name, acronym = NAMES[JurisdictionKind(exercise.jurisdiction.kind)]
    return {"kind": BodyKind.SECRETARIAT, "title": f"{name} de {exercise.jurisdiction.name}", "acronym": acronym}


def model_mechanism(body: Body) -> str:
    """Return a whole mechanism for a secretariat, by the rules that the form proposes; for other bodies, nothing."""
    if body.kind != BodyKind.SECRETARIAT:
        return ""
    seats = body.seats.filter(role=SeatRole.TITULAR).count()
    return render_to_string("governance/documents/mecanismo.txt", {"body": body, "seats": seats})


def model_year(day: date) -> int:
    """Return the year of the agenda to propose: this one while half of it is left, then the next."""
    return day.year if day.month <= JUNE else day.year + 1


def model_programme(body: Body, day: date) -> list[tuple[date, str]]:
    """Return what a secretariat does in its year and when, on working days; for other bodies, nothing."""
    if body.kind != BodyKind.SECRETARIAT:
        return []
    year = model_year(day)
    first, last = max(day + timedelta(days=15), date(year, 1, 20)), date(year, DECEMBER, 10)
    step = (last - first) / (len(YEAR) - 1)
    return [(working_day(first + step * order), text) for order, text in enumerate(YEAR)]


def programme_to_go_on_from(body: Body, day: date) -> dict[str, int | str]:
    """Return the last agenda that was written, or the model, as its form takes it: a year and a line for each thing."""
    last = body.programmes.last()
    items = [(item.day, item.text) for item in last.items.all()] if last else model_programme(body, day)
    year = last.year if last else model_year(day)
    return {"year": year, "items": "\n".join(f"{when:%d/%m/%Y} {text}" for when, text in items)}
