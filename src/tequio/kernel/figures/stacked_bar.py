"""A whole and its parts: one bar as wide as the page, each part with its number, the words under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.kernel.figures.svg import Markup, drawing, element, join, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

TALL: Final = 40
LETTERS: Final = {"f-strong": "f-on", "f-ink": "f-on"}
ORDER: Final = ("f-ink", "f-strong", "f-soft", "f-grey", "f-hollow")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole: its name, how many, and its shade (one of the stylesheet's `f-` classes)."""

    name: str
    count: int
    shade: str = "f-strong"

    def swatch(self) -> Markup:
        """Return the little square that ties the word to the bar."""
        square = element("rect", self.shade, x=1, y=1, width=14, height=14)
        return element("svg", inside=square, viewBox="0 0 16 16", aria_hidden="true")


def stacked_bar(title: str, parts: Sequence[Part]) -> Markup:
    """Return the bar; parts of zero are left to the list of words. Nothing at all draws an empty frame."""
    total = sum(part.count for part in parts)
    told = "; ".join(f"{part.name}: {part.count} de {total}" for part in parts)
    pieces: list[Markup] = []
    at = 0
    for part in parts:
        if not part.count:
            continue
        start, share = at / total, part.count / total
        pieces.append(element("rect", part.shade, x=percent(start), width=percent(share), y=1, height=TALL - 2))
        pieces.append(
            element(
                "text",
                LETTERS.get(part.shade, "f-text"),
                str(part.count),
                x=percent(start + share / 2),
                y=26,
                text_anchor="middle",
                font_size=17,
                font_weight=650,
            )
        )
        at += part.count
    if not total:
        pieces.append(element("rect", "f-hollow", x="0", y=1, width="100%", height=TALL - 2))
    return drawing(title, told, join(pieces), width="100%", height=TALL, class_="fluid")
