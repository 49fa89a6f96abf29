"""Dates, periods and names as a reader in Mexico expects to see them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Literal, Protocol

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS

from tequio.kernel.models import DatePrecision

WORD: Final = re.compile(r"[^\W\d_]+")
PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "das", "do", "dos", "van", "von"})


class Stated(Protocol):
    """A period as a document states it: a row with `StatedPeriod`, or what an edition keeps of one."""

    @property
    def starts_text(self) -> str:
        """The start in the document's words."""

    @property
    def ends_text(self) -> str:
        """The end in the document's words."""


def local(day: dt.date) -> dt.date:
    """Return the date in the deployment's own time zone."""
    return timezone.localtime(day).date() if isinstance(day, dt.datetime) and timezone.is_aware(day) else day


def long_date(day: dt.date) -> str:
    """Return «viernes 16 de abril de 2021»."""
    here = local(day)
    return f"{WEEKDAYS[here.weekday()]} {here.day} de {MONTHS[here.month]} de {here.year}".lower()


def short_date(day: dt.date) -> str:
    """Return «16 abr 2021»."""
    here = local(day)
    return f"{here.day} {MONTHS_3[here.month]} {here.year}".lower()


def moment(instant: dt.datetime) -> str:
    """Return «viernes 16 de abril de 2021, 18:00 h (centro de México)»."""
    here = timezone.localtime(instant)
    return f"{long_date(here)}, {here:%H:%M} h (centro de México)"


def deadline(day: dt.date | None, instant: dt.datetime | None, *, at: dt.datetime) -> str:
    """Return by when something is due, in full and as a person counts: «Vence mañana, viernes 16 de abril de 2021»."""
    if day is None:
        return "Sin fecha límite"
    left = (day - local(at)).days
    is_over = instant <= at if instant else left < 0
    count = {0: "hoy", 1: "mañana", -1: "ayer"}.get(left, f"en {left} días" if left > 0 else f"hace {-left} días")
    return f"{'Venció' if is_over else 'Vence'} {count}, {moment(instant) if instant else long_date(day)}"


def by_precision(day: dt.date, precision: str) -> str:
    """Return a date no more exact than its source: «16 abr 2021», «abril de 2021» or «2021»."""
    if precision == DatePrecision.MONTH:
        return f"{MONTHS[day.month]} de {day.year}".lower()
    return str(day.year) if precision == DatePrecision.YEAR else short_date(day)


def edge(period: Stated, name: Literal["starts", "ends"]) -> str:
    """Return one end of a period: its date, else the document's own words in quotes, else nothing."""
    day, text = getattr(period, f"{name}_on"), getattr(period, f"{name}_text")
    if day:
        return by_precision(day, getattr(period, f"{name}_precision"))
    return f"«{text}»" if text else ""


def dated(stated: Stated) -> str:
    """Return when an act was: its day alone where no end is stated, else the whole period."""
    return period(stated) if stated.ends_text else edge(stated, "starts")


def period(stated: Stated) -> str:
    """Return «de abril de 2021 a 30 jul 2021» with what is known, or nothing when neither end is."""
    start, end = edge(stated, "starts"), edge(stated, "ends")
    if start and end:
        return start if start == end else f"de {start} a {end}"
    return f"desde {start}" if start else f"hasta {end}" if end else ""


def person_name(published: str) -> str:
    """Return a name that a document shouts in normal case; accents, and any name already in normal case, stay.

    Only for showing: what was published is kept and exported as it is.
    """
    return WORD.sub(_in_normal_case, published) if published.isupper() else published


def _in_normal_case(found: re.Match[str]) -> str:
    """Return a word of a name; a particle is small except at the beginning."""
    word = found[0].lower()
    return word if word in PARTICLES and found.start() else word.capitalize()
