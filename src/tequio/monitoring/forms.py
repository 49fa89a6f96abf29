"""What an address of the dashboard may ask; the page, its feeds, its embeds and its files ask alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.kernel.components import Choice, Filter
from tequio.monitoring.queries.narrowing import COMPLETION, Choices, Narrowing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tequio.kernel.filtering import Asked

FILTERS: Final = {
    "estado": "avance",
    "institucion": "institución",
    "tematica": "temática",
    "ods": "Objetivo de Desarrollo Sostenible",
    "lugar": "estado o municipio",
    "ejercicio": "ejercicio",
    "evidencia": "evidencia",
    "atraso": "atraso",
}
# An exercise is asked for by links from its own page: in a form its names would double those of the places.
LABELS: Final = {
    "estado": "Avance",
    "institucion": "Institución",
    "tematica": "Temática",
    "ods": "Objetivo de Desarrollo Sostenible",
    "lugar": "Estado o municipio",
    "evidencia": "Evidencia",
    "atraso": "Atraso",
}
UNPROVED: Final = (Choice("sin", "Sin evidencia"),)
LATE: Final = (Choice("si", "Sólo atrasados"),)


def offered(choices: Choices) -> Mapping[str, tuple[Choice, ...]]:
    """Return the choices of each parameter."""
    return {
        "estado": COMPLETION,
        "institucion": choices.institutions,
        "tematica": choices.themes,
        "ods": choices.goals,
        "lugar": choices.places,
        "ejercicio": choices.exercises,
        "evidencia": UNPROVED,
        "atraso": LATE,
    }


def read(asked: Asked, choices: Choices) -> tuple[Narrowing, list[Filter], dict[str, str]]:
    """Return what is asked, the filters to draw with it, and the names of those in force."""
    chosen, filters, named = dict[str, str](), list[Filter](), dict[str, str]()
    for key, options in offered(choices).items():
        names = {choice.value: choice.name for choice in options}
        chosen[key] = asked.one_of(key, names)
        named[key] = names.get(chosen[key], "")
        if key in LABELS:
            filters.append(Filter(key, LABELS[key], options, chosen[key]))
    return narrowing(chosen), filters, named


def narrowing(chosen: Mapping[str, str]) -> Narrowing:
    """Return the filters by the names that the queries give them."""
    return Narrowing(
        completion=chosen["estado"],
        institution=chosen["institucion"],
        theme=chosen["tematica"],
        goal=chosen["ods"],
        place=chosen["lugar"],
        exercise=chosen["ejercicio"],
        unproved=bool(chosen["evidencia"]),
        late=bool(chosen["atraso"]),
    )
