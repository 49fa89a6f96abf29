"""Tells a statement from an empty field, «por definir» or what a form's template left behind.

The leftovers are those of the action plan form as institutions filled it in; nothing else is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final


class Reason(Enum):
    """Why a text states nothing, as a person reads it."""

    EMPTY = "vacío"
    UNDEFINED = "por definir"
    MARK = "marcador sin llenar"
    TEMPLATE = "texto de plantilla"
    ENUMERATOR = "numeral sin texto"


@dataclass(frozen=True)
class Stated:
    """A text that says something, without the blanks around it."""

    text: str


@dataclass(frozen=True)
class Missing:
    """A text that says nothing, why, and exactly what was there."""

    reason: Reason
    raw: str


# Each rule reads the whole text, blanks folded; the first that matches gives the reason.
RULES: Final = tuple(
    (reason, re.compile(rule, re.IGNORECASE if folds else 0))
    for reason, folds, rule in (
        (Reason.EMPTY, True, r"[\W_]*"),
        (Reason.UNDEFINED, True, r"(pendiente( de)?|por|a) (definir|confirmar|determinar)(se)?\W*"),
        (Reason.UNDEFINED, True, r"pendiente\W*|tbd\W*|s/?d\W*|n\W?d\W*"),
        (Reason.MARK, True, r"(19|20)(\d\d|xx)\s?-\s?(\d\d\s?-\s?xx|xx\s?-\s?(\d\d|xx))\W*"),
        (Reason.MARK, True, r"(\d\d|xx)\s?[-/]\s?xx\s?[-/]\s?(\d{2,4}|x{2,4})\W*"),
        (Reason.MARK, True, r"\W*xx[\Wx]*"),
        (Reason.MARK, True, r"(tel\W*)?[\d\s]+x[\dx\s]*"),
        (Reason.MARK, True, r"x{3,} objetivo de desarrollo sostenible[\Wx]*"),
        (Reason.TEMPLATE, True, r"ayuda a\W*"),
        (
            Reason.TEMPLATE,
            True,
            r"(nos comprometemos a\W*)?objetivo (del? )?(compromiso|acción)( [\w.]+){0,2}\W*",
        ),
        (Reason.TEMPLATE, True, r"(nombre completo|por definir), cargo de l.*"),
        (Reason.TEMPLATE, True, r"(correo( electrónico)?\W*)?(nombre|correo|usuario)@[\w.-]+( ?\.\w+)*"),
        (Reason.TEMPLATE, True, r"nos comprometemos a\W*|nombre completo\W*|lorem ipsum.*"),
        (Reason.ENUMERATOR, True, r"\W*([a-z]\)\W*)+"),
        (Reason.ENUMERATOR, True, r"\W*([a-z]|\d{1,2})[.):-]?\W*"),
    )
)


@lru_cache(maxsize=2_000)
def reading(text: str) -> Stated | Missing:
    """Return what a text states, or why it states nothing."""
    folded = " ".join(text.split())
    for reason, rule in RULES:
        if rule.fullmatch(folded):
            return Missing(reason, text)
    return Stated(text.strip())
