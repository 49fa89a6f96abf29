"""A roadmap (hoja de ruta) as a value: what its file says, no more, typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tequio.kernel.cells import UNWRITABLE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

BREAK: Final = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
UNSEEN: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""What nobody sees and a copy from a web page brings: soft hyphens, spaces without width, turns of direction."""


class Kind(StrEnum):
    """What a row is."""

    ACTIVITY = "Actividad"
    MILESTONE = "Hito"


class Frequency(StrEnum):
    """How often an indicator is measured."""

    MONTHLY = "Mensual"
    BIMONTHLY = "Bimestral"
    QUARTERLY = "Trimestral"
    FOUR_MONTHLY = "Cuatrimestral"
    HALF_YEARLY = "Semestral"
    YEARLY = "Anual"
    ONCE = "Única vez"


@dataclass(frozen=True)
class Step:
    """An activity or a milestone; what is empty is not known (no consta)."""

    key: str
    text: str
    kind: Kind = Kind.ACTIVITY
    starts: date | None = None
    ends: date | None = None
    after: tuple[str, ...] = ()
    """The keys of those that must end before this one starts."""
    responsible: str = ""
    post: str = ""
    institution: str = ""
    partner: str = ""
    """The organisation of civil society that answers with the institution."""
    partner_person: str = ""
    product: str = ""
    verification: str = ""


@dataclass(frozen=True)
class Indicator:
    """How it will be known whether it was achieved; of one step, or of the whole where it names none."""

    name: str
    step: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    formula: str = ""
    frequency: Frequency | None = None
    source: str = ""


@dataclass(frozen=True)
class Roadmap:
    """The eight elements of the Metodología, phase 4, as far as they are written."""

    steps: tuple[Step, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    result: str = ""
    """The final result."""


def clean(text: str) -> str:
    """Return a text with its lines, without what nobody sees and without spaces too many."""
    plain = unicodedata.normalize("NFC", UNSEEN.sub("", UNWRITABLE.sub("", BREAK.sub("\n", text))))
    return "\n".join(" ".join(line.split()) for line in plain.split("\n")).strip("\n")


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(clean(text).split())
