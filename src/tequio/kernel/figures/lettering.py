"""Breaks text into lines that fit a width, without a font at hand: widths are the widest common sans serifs'."""

from __future__ import annotations

from typing import Final

NARROW: Final = frozenset("iíjlIftr.,;:'!|()[] ")
WIDE: Final = frozenset("mwMWÑ%@—")
EM: Final = {"narrow": 0.36, "wide": 0.98, "capital": 0.73, "other": 0.62}  # DejaVu Sans and Verdana


def width(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of `size`; errs a little on the wide side."""
    return size * sum(
        EM["narrow"]
        if letter in NARROW
        else EM["wide"]
        if letter in WIDE
        else EM["capital"]
        if letter.isupper() or letter.isdigit()
        else EM["other"]
        for letter in text
    )


def lines(text: str, size: float, room: float, most: int = 99) -> list[str]:
    """Return a text as lines no wider than `room`; beyond `most` lines the last one ends in an ellipsis."""
    rows: list[str] = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and width(longer, size) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    if len(rows) > most:
        rows = rows[:most]
        while rows[-1] and width(rows[-1] + "…", size) > room:
            rows[-1] = rows[-1].rpartition(" ")[0]
        rows[-1] += "…"
    return rows
