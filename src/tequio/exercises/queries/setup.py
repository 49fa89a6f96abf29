"""The timetable of a secretariat's installation, counted back from the day on which it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
BACK: Final = (
    (42, "Firmar la declaración conjunta"),
    (41, "Publicar la convocatoria, abierta tres semanas"),
    (20, "Cerrar la convocatoria y revisar las solicitudes"),
    (14, "Elegir a quienes representan a cada sector"),
    (7, "Enviar el aviso de la sesión de instalación"),
    (0, "Instalar el secretariado"),
)
"""Days before the installation. No document sets them: they are a proposal, which each place changes."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is proposed for a day."""

    day: date
    what: str


def timetable(installs_on: date) -> list[Moment]:
    """Return what to do and when, in order; a day of rest gives its place to the working day before it."""
    return [Moment(working_day(installs_on - timedelta(days=days)), what) for days, what in BACK]


def working_day(day: date) -> date:
    """Return a day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
