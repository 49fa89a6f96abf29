"""Tells a statement from an empty field or a template's leftover (temporary, to be replaced at merge)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    text: str


@dataclass(frozen=True)
class Missing:
    reason: str
    raw: str


P = re.compile(
    r"^(por definir.*|x{2,}\.?|\.+|ayuda a \.*|nombre completo.*|objetivo (del )?(compromiso|acción)( \w+)?\.?|"
    r".*XX-\s*XX.*|(\w\)\s*[;.]?\s*)+|\w|\d+\.|nombre)$",
    re.IGNORECASE | re.DOTALL,
)


def reading(text: str) -> Stated | Missing:
    raw = text.strip().strip('"“”')
    if not raw:
        return Missing("empty", text)
    if P.match(raw) or "xxx" in raw.lower().split(" ")[0]:
        return Missing("placeholder", text)
    return Stated(text)
