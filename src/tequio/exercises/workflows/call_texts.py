"""The model texts of calls and the dates proposed for them: where a draft begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from django.utils import timezone

from tequio.accounts.enums import JurisdictionKind
from tequio.exercises.enums import CallKind
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise

TEXTS: Final = Path(__file__).parents[1] / "texts" / "convocatorias.yaml"
OPENS: Final = time(9)
CLOSES: Final = time(18)
SATURDAY: Final = 5
SECRETARIATS: Final = {
    JurisdictionKind.STATE: "Secretariado Técnico Local (STL)",
    JurisdictionKind.MUNICIPALITY: "Secretariado Técnico Municipal (STM)",
}
ELECTORS: Final = {
    JurisdictionKind.STATE: "La elige el Pleno del órgano garante, en sesión pública.",
    JurisdictionKind.MUNICIPALITY: "La elige el propio Secretariado Técnico Municipal, por acuerdo.",
}
"""Who elects the facilitator: Metodología, nota 4; Guía, definición III and paso 3."""


@dataclass(frozen=True)
class CallTerms:
    """What a call says: its words, who may answer and from when until when."""

    title: str
    bases: str
    requirements: str
    sectors: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime


def proposed_terms(exercise: Exercise, kind: str, *, at: datetime) -> CallTerms:
    """Return the model of a call of a kind for an exercise, with dates on working days."""
    model = _models()[CallKind(kind)]
    order = JurisdictionKind(exercise.jurisdiction.kind)
    holder = next((term for term in exercise.guarantor_terms.all() if term.holds_on(day_of(at))), None)
    places = {
        "{ejercicio}": exercise.name,
        "{lugar}": exercise.jurisdiction.name,
        "{garante}": holder.organization.name if holder else "El órgano garante",
        "{secretariado}": SECRETARIATS[order],
        "{eligen}": ELECTORS[order],
    }
    first = working_day(day_of(at) + timedelta(days=1))
    last = working_day(first + timedelta(days=model["dias"]))
    return CallTerms(
        title=_filled(model["titulo"], places),
        bases=_filled(model["bases"], places),
        requirements=_filled(model["requisitos"], places),
        sectors=tuple(model["sectores"]),
        opens_at=timezone.make_aware(datetime.combine(first, OPENS)),
        closes_at=timezone.make_aware(datetime.combine(last, CLOSES)),
    )


def address_of(kind: str) -> str:
    """Return the word by which calls of a kind are known in addresses."""
    return str(_models()[CallKind(kind)]["clave"])


@cache
def _models() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return told


def _filled(text: str, places: dict[str, str]) -> str:
    """Return a text with what is known in its places."""
    for place, words in places.items():
        text = text.replace(place, words)
    return text.strip()


def working_day(day: date) -> date:
    """Return a day, or the Monday after it where it falls in a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day
