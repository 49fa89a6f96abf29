"""Reads a day from what somebody typed; what could be two days is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tequio.kernel.spanish import fold
from tequio.plans.roadmaps.faults import Unfit, says

MONTHS: Final = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
MONTH_OF: Final = {name[:length]: at for at, name in enumerate(MONTHS, 1) for length in (3, 4, len(name))} | {
    "setiembre": 9,
    "set": 9,
}
WEEKDAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
WEEKDAY_OF: Final = {fold(name): at for at, name in enumerate(WEEKDAYS)}
LONGEST: Final = 60
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
MOST_MONTHS: Final = 12
EXPECTED: Final = "una fecha con día, mes y año de cuatro cifras, como 15/04/2027"
WRITE: Final = "Escríbela así: 15/04/2027."
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FIGURES: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
SHORT: Final = re.compile(r"\d{1,2}\s*[/.-]\s*(?:\d{1,2}|[a-z]{3,10}\.?)\s*[/.-]\s*\d{2}")
WORDS: Final = re.compile(
    r"(?:([a-z]{5,9}),?\s+)?(\d{1,2})(?:\.?[oa]|ro)?\.?[\s/-]+(?:de\s+)?([a-z]{3,10})\.?[\s/,-]+(?:del?\s+)?(\d{4})"
)
HOUR: Final = re.compile(r"[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?\s*m\.?)?$")
FIGURE: Final = re.compile(r"\d{5}(?:\.\d+)?")


def spoken(day: date) -> str:
    """Return «15 de abril de 2027»."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def plain_of(text: str) -> str:
    """Return a text without case, accents, spaces too many or the hour; nothing of one too long to be a day."""
    return HOUR.sub("", " ".join(fold(text).split())) if len(text) <= LONGEST else ""


def has_hour(text: str) -> bool:
    """Say whether a day comes with an hour."""
    return plain_of(text) != " ".join(fold(text).split())


def day_of(text: str) -> date:
    """Return the day that a text says, or refuse it."""
    plain = plain_of(text)
    if found := ISO.fullmatch(plain):
        return made(text, int(found[1]), int(found[2]), int(found[3]))
    if found := FIGURES.fullmatch(plain):
        day, month = int(found[1]), int(found[3])
        if month > MOST_MONTHS >= day:
            raise Unfit(
                f"{says(text)}, que pone el mes antes que el día",
                EXPECTED,
                f"Escribe primero el día: {month:02}/{day:02}/{found[4]}.",
            )
        return made(text, int(found[4]), month, day)
    if found := WORDS.fullmatch(plain):
        return in_words(text, found)
    if SHORT.fullmatch(plain):
        raise Unfit(f"{says(text)}, con un año de dos cifras", EXPECTED, "Escribe el año completo, como 2027.")
    mend = WRITE
    if FIGURE.fullmatch(plain):
        mend = "Si es una fecha, da a la celda formato de fecha. " + WRITE
    raise Unfit(says(text), EXPECTED, mend)


def in_words(text: str, found: re.Match[str]) -> date:
    """Return the day of «miércoles 15 de abril de 2026», if there was such a day."""
    month = MONTH_OF.get(found[3])
    if month is None or (found[1] and found[1] not in WEEKDAY_OF):
        raise Unfit(says(text), EXPECTED, WRITE)
    day = made(text, int(found[4]), month, int(found[2]))
    if found[1] and WEEKDAY_OF[found[1]] != day.weekday():
        raise Unfit(
            f"{says(text)}, y ese día es {WEEKDAYS[day.weekday()]}",
            EXPECTED,
            "Corrige el día de la semana o la fecha, o quítalo.",
        )
    return day


def made(text: str, year: int, month: int, day: int) -> date:
    """Return a day of the years in which there are roadmaps, if there is such a day."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unfit(f"{says(text)}, un día que no existe", EXPECTED, "Revisa el día y el mes.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unfit(f"{says(text)}, del año {year}", f"un año de {FIRST_YEAR} a {LAST_YEAR}", "Revisa el año.")
    return found


def is_month_first(text: str) -> bool:
    """Say whether a text can only be a date of the United States, such as 04/15/2027."""
    found = FIGURES.fullmatch(plain_of(text))
    return bool(found and int(found[1]) <= MOST_MONTHS < int(found[3]))


def is_reversible(text: str) -> bool:
    """Say whether a text is a date that is another one with its month first, such as 04/05/2027."""
    found = FIGURES.fullmatch(plain_of(text))
    return bool(found and found[1] != found[3] and max(int(found[1]), int(found[3])) <= MOST_MONTHS)


def is_day_first(text: str) -> bool:
    """Say whether a text is a date in figures whose first can only be the day, such as 15/04/2027."""
    found = FIGURES.fullmatch(plain_of(text))
    return bool(found and int(found[1]) > MOST_MONTHS >= int(found[3]))
