"""Reads one cell as its column asks: the value, with what its author should know, or a refusal."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from tequio.plans.roadmaps.columns import LONGEST_KEY, LONGEST_LINE, LONGEST_TEXT, MOST_KEYS, Holds, bare
from tequio.plans.roadmaps.days import day_of, has_hour, spoken
from tequio.plans.roadmaps.faults import Unfit, quoted, says
from tequio.plans.roadmaps.grid import Cell, Held
from tequio.plans.roadmaps.roadmap import Frequency, Kind, clean, one_line

if TYPE_CHECKING:
    from enum import StrEnum

KEY: Final = re.compile(r"[^\W_][\w.\-]*")
KEY_EXPECTED: Final = f"una clave de a lo más {LONGEST_KEY} letras, números, puntos o guiones, como A1"
BETWEEN: Final = re.compile(r"[,;\n]|\s+y\s+")
NOTHING: Final = frozenset({"ninguna", "ninguno", "nada"})
PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
COMMA: Final = re.compile(r"[+-]?\d+,\d+")
MOST_DIGITS: Final = 15
NUMBER_EXPECTED: Final = "una cifra sola, como 120 o 12.5"


class Read(NamedTuple):
    """A value, and what of it is told."""

    value: object
    doubt: str = ""


def value_of(cell: Cell, holds: Holds) -> Read:
    """Return a cell's value."""
    if cell.held is Held.ERROR:
        raise Unfit(
            f"dice {one_line(cell.text)}, el error de una fórmula",
            "un valor",
            "Corrige la fórmula o escribe el valor.",
        )
    if cell.held is Held.UNKNOWN:
        raise Unfit(
            "tiene una fórmula sin su resultado",
            "un valor",
            "Abre el archivo en tu hoja de cálculo y guárdalo, o escribe el valor.",
        )
    read = READERS[holds](cell)
    if cell.is_formula:
        shown = spoken(read.value) if isinstance(read.value, date) else quoted(cell.text)
        doubt = f"es una fórmula: se leyó su último resultado, {shown}."
        return Read(read.value, f"{read.doubt} {doubt}".strip())
    return read


def line_of(cell: Cell) -> Read:
    """Return a short text."""
    return short(one_line(cell.text), LONGEST_LINE, cell)


def text_of(cell: Cell) -> Read:
    """Return a text of several lines."""
    return short(clean(cell.text), LONGEST_TEXT, cell)


def short(text: str, most: int, cell: Cell) -> Read:
    """Return a text that is not too long; a date in a column of texts is told."""
    if len(text) > most:
        raise Unfit(f"tiene {len(text)} letras", f"un texto de a lo más {most}", "Resúmelo.")
    doubt = "es una fecha en una columna de texto: se leyó como texto." if cell.held is Held.DAY else ""
    if "\ufffd" in text:
        doubt = f"{says(text)}: tiene letras que no se pudieron leer."
    return Read(text, doubt)


def key_of(cell: Cell) -> Read:
    """Return a key."""
    text = one_line(cell.text)
    if cell.held is Held.DAY:
        raise Unfit(f"es la fecha {quoted(text)}", KEY_EXPECTED, "Da a la celda formato de texto y escribe la clave.")
    if not KEY.fullmatch(text) or len(text) > LONGEST_KEY:
        raise Unfit(says(text), KEY_EXPECTED, "Acórtala y quítale los espacios y otros signos.")
    if cell.held is Held.NUMBER and "." in text:
        return Read(text, f"se guardó como el número {text}. Si era {text}0, da a la celda formato de texto.")
    return Read(text)


def keys_of(cell: Cell) -> Read:
    """Return the keys of what something depends on."""
    if cell.held is Held.DAY:
        return key_of(cell)
    if bare(cell.text) in NOTHING:
        return Read(())
    found = [one_line(piece) for piece in BETWEEN.split(clean(cell.text[:LONGEST_TEXT]))]
    if len(cell.text) > LONGEST_TEXT or len(found) > MOST_KEYS:
        raise Unfit(f"nombra más de {MOST_KEYS} claves", f"a lo más {MOST_KEYS}", "Deja solo las más cercanas.")
    doubts, keys = [], []
    for piece in filter(None, found):
        read = key_of(Cell(piece, cell.held))
        doubts.append(read.doubt)
        keys.append(str(read.value))
    return Read(tuple(dict.fromkeys(keys)), " ".join(filter(None, doubts)))


def day_in(cell: Cell) -> Read:
    """Return a day; one that is kept as a date is what it shows, whatever its format."""
    text = one_line(cell.text)
    if cell.held is not Held.DAY:
        found = day_of(text)
        return Read(found, f"{says(text)}: la hora no se leyó." if has_hour(text) else "")
    day, _, hour = text.partition("T")
    return Read(day_of(day), f"trae la hora {hour[:5]}, que no se leyó." if hour.strip("0:.Z") else "")


def number_in(cell: Cell) -> Read:
    """Return a figure, with a point for its decimals."""
    text = unicodedata.normalize("NFKC", one_line(cell.text)).replace("\u2212", "-")
    doubt = ""
    if len(text) > LONGEST_LINE:
        raise Unfit(says(text), NUMBER_EXPECTED, "Escribe solo la cifra.")
    if cell.held is Held.DAY:
        raise Unfit(f"es la fecha {quoted(text)}", NUMBER_EXPECTED, "Da a la celda formato de número.")
    if cell.held is Held.PERCENT:
        doubt = f"es un porcentaje: se leyó {text}. La unidad va en su columna."
    elif text.endswith("%"):
        text = text[:-1].rstrip()
        doubt = f"{says(cell.text)}: se leyó {text}. La unidad va en su columna."
    if THOUSANDS.fullmatch(text):
        doubt = f"{says(cell.text)}: se leyó {text.replace(',', '')}, con comas de millares."
        text = text.replace(",", "")
    if not PLAIN.fullmatch(text):
        mend = "La unidad va en su columna; si se cumple o no se cumple, escribe 1 o 0."
        if COMMA.fullmatch(text):
            mend = f"Usa punto para los decimales: {text.replace(',', '.')}."
        raise Unfit(says(cell.text), NUMBER_EXPECTED, mend)
    figure = Decimal(text)
    if len(figure.normalize().as_tuple().digits) > MOST_DIGITS or abs(figure) >= 10**MOST_DIGITS:
        raise Unfit(says(cell.text), f"una cifra de a lo más {MOST_DIGITS} dígitos", "Redondéala.")
    return Read(figure, doubt)


def kind_of(cell: Cell) -> Read:
    """Return what a row is."""
    return Read(one_of(Kind, cell))


def frequency_of(cell: Cell) -> Read:
    """Return how often."""
    return Read(one_of(Frequency, cell))


def one_of(choices: type[StrEnum], cell: Cell) -> StrEnum:
    """Return the choice that a cell says, whatever its accents and case."""
    for choice in choices:
        if bare(choice) == bare(cell.text):
            return choice
    *others, last = choices
    raise Unfit(says(cell.text), f"{', '.join(others)} o {last}", "Elige una de la lista.")


READERS: Final = {
    Holds.KEY: key_of,
    Holds.KEYS: keys_of,
    Holds.LINE: line_of,
    Holds.TEXT: text_of,
    Holds.DAY: day_in,
    Holds.NUMBER: number_in,
    Holds.KIND: kind_of,
    Holds.FREQUENCY: frequency_of,
}
