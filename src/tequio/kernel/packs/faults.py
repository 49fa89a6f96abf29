"""What is wrong in a pack, said to who wrote it: where, what stands there, what should, how to mend it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

PRINTED: Final = 200
COUNTED: Final = 1_000
SHOWN: Final = 80


class Place(NamedTuple):
    """A spot in a pack: a file, its spreadsheet row or text line, the path of a field; items count from 1."""

    file: str
    row: int | None = None
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        parts = [shown(self.file)]
        if self.row:
            parts.append(f"fila {self.row}")
        if self.line:
            parts.append(f"línea {self.line}")
        if self.path:
            parts.append(f"«{shown(self.path)}»")
        return ", ".join(parts)

    def at(self, name: str, line: int | None = None) -> Place:
        """Return the place of a field inside this one."""
        return Place(self.file, self.row, line or self.line, f"{self.path}.{name}".lstrip("."))

    def item(self, number: int, line: int) -> Place:
        """Return the place of the n-th item, from 1, of the list that stands here."""
        return Place(self.file, self.row, line, f"{self.path}[{number}]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; as text, one Spanish sentence."""

    place: Place
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"En {self.place}, se encontró {self.found}; debe haber {self.expected}; {self.remedy}."


class PackFaulty(Exception):
    """A pack that cannot be loaded: its faults (the first 200 of them) and how many there are, 1000 and then «more»."""

    def __init__(self, faults: tuple[Fault, ...], count: int) -> None:
        super().__init__(faults, count)
        self.faults = faults
        self.count = count

    def __str__(self) -> str:
        many = self.count > COUNTED
        total = "1 falla" if self.count == 1 else f"más de {COUNTED} fallas" if many else f"{self.count} fallas"
        lines = [f"El paquete tiene {total}. No se cargó nada.", *map(str, self.faults)]
        if hidden := self.count - len(self.faults):
            told = (
                "Hay muchas fallas más, que ya no se leyeron."
                if many
                else f"Hay {hidden} fallas más, que no se muestran."
            )
            lines.append(told)
        return "\n".join(lines)


def quoted(text: str) -> str:
    """Quote what stands in a file: cut when long, with invisible characters spelled out."""
    return f"«{shown(text)}»" if text.strip() else "un valor vacío"


def shown(text: str) -> str:
    """Return a text fit for one line of a message."""
    cut = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return "".join(_visible(character) for character in cut)


def is_hostile(character: str) -> bool:
    """Tell whether a character has no place in a text: controls, lone surrogates, marks of direction."""
    return (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t") or unicodedata.bidirectional(
        character
    ) in {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }


def _visible(character: str) -> str:
    if character in "\n\t":
        return " "
    return f"[U+{ord(character):04X}]" if is_hostile(character) else character
