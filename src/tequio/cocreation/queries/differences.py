"""Two texts compared word by word, in marks that are read and not only seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, were taken out or were put in."""

    kind: Literal["same", "out", "in"]
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return how one text became another, word by word; blanks go with the word before them."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("out", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("in", "".join(new[new_start:new_end])))
    return pieces
