"""A problem tree as participants know it: effects above, the problem in the middle, its causes below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.kernel.figures.lettering import lines
from tequio.kernel.figures.svg import Markup, drawing, element, join, short

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE: Final = 1120
GAP: Final = 24
RISE: Final = 44
PAD: Final = 14
SIZE: Final = 15
LEADING: Final = 21
COLUMNS: Final = 4
PROBLEM_WIDE: Final = 720
PROBLEM_SIZE: Final = 20
PROBLEM_LEADING: Final = 28
LINE: Final = "1.4em"  # LEADING over SIZE


@dataclass(frozen=True, slots=True)
class Box:
    """A text in its place: left edge, width and lines."""

    x: float
    wide: float
    rows: list[str]

    def tall(self) -> float:
        """Return the height that its lines need."""
        return len(self.rows) * LEADING + 2 * PAD

    def draw(self, y: float, tall: float) -> Markup:
        """Return the box and its lines, with its top at `y`."""
        frame = element("rect", "f-raised", x=short(self.x), y=short(y), width=short(self.wide), height=short(tall))
        return join([frame, written(self.rows, self.x + PAD, y + PAD + SIZE, "f-text", font_size=SIZE)])


def written(rows: Sequence[str], x: float, y: float, shade: str, **look: str | int) -> Markup:
    """Return lines of text, the first on the baseline `y`."""
    spans = join(element("tspan", inside=row, x=short(x), dy=LINE if at else 0) for at, row in enumerate(rows))
    return element("text", shade, spans, {"x": short(x), "y": short(y), **look})


def shelves(texts: Sequence[str]) -> list[list[Box]]:
    """Return boxes in rows of at most four, nearest to the problem first; only the last may be incomplete.

    Full rows have an even number of boxes, so that the trunk always finds a gap in the middle.
    """
    per_row = COLUMNS if len(texts) > COLUMNS else max(len(texts), 1)
    wide = min((WIDE - GAP * (per_row - 1)) / per_row, 420)
    rows = [texts[at : at + per_row] for at in range(0, len(texts), per_row)]
    shelved: list[list[Box]] = []
    for row in rows:
        left = (WIDE - (len(row) * (wide + GAP) - GAP)) / 2
        shelved.append(
            [Box(left + at * (wide + GAP), wide, lines(text, SIZE, wide - 2 * PAD)) for at, text in enumerate(row)]
        )
    return shelved


def stroke(path: str) -> Markup:
    """Return a connecting line."""
    return element("path", "f-edge", d=path, stroke_width=1.5)


def shelf(boxes: Sequence[Box], bus: float, edge: float, *, above: bool) -> tuple[Markup, float]:
    """Return a row of boxes hung from its horizontal line, and the height of its far side.

    `bus` is the line's height and `edge` the side of the boxes that looks at it.
    """
    tall = max(box.tall() for box in boxes)
    top = edge - tall if above else edge
    centres = [box.x + box.wide / 2 for box in boxes]
    marks = [stroke(f"M{short(c)} {short(edge)}V{short(bus)}") for c in centres]
    ends = [*centres, WIDE / 2]
    marks.append(stroke(f"M{short(min(ends))} {short(bus)}H{short(max(ends))}"))
    marks += [box.draw(top, tall) for box in boxes]
    return join(marks), top if above else top + tall


def side(texts: Sequence[str], start: float, *, above: bool) -> tuple[Markup, float]:
    """Return every row on one side of the problem, from its edge `start` outwards, and where they end."""
    toward = -1 if above else 1
    marks: list[Markup] = []
    at = start
    for boxes in shelves(texts):
        bus = at + toward * RISE / 2
        marks.append(stroke(f"M{WIDE // 2} {short(start)}V{short(bus)}"))
        drawn, at = shelf(boxes, bus, at + toward * RISE, above=above)
        marks.append(drawn)
    return join(marks), at


def problem_tree(title: str, problem: str, *, causes: Sequence[str], effects: Sequence[str]) -> Markup:
    """Return the whole tree, 1120 units wide and as tall as its texts need."""
    rows = lines(problem, PROBLEM_SIZE, PROBLEM_WIDE - 6 * PAD)
    tall = len(rows) * PROBLEM_LEADING + 3 * PAD
    left = (WIDE - PROBLEM_WIDE) / 2
    above, top = side(effects, 0.0, above=True)
    below, bottom = side(causes, tall, above=False)
    centre = join(
        [
            element("rect", "f-strong", x=short(left), y=0, width=PROBLEM_WIDE, height=short(tall)),
            written(
                rows,
                WIDE / 2,
                1.5 * PAD + PROBLEM_SIZE,
                "f-on",
                font_size=PROBLEM_SIZE,
                text_anchor="middle",
                font_weight=650,
            ),
        ]
    )
    names = join([heading("Efectos", top - 12), heading("Causas", bottom + 26)])
    told = f"Problema: {problem} Efectos: {len(effects)}. Causas: {len(causes)}. El esquema los dice todos."
    box = f"-1 {short(top - 36)} {WIDE + 2} {short(bottom - top + 72)}"
    return drawing(title, told, join([above, below, centre, names]), viewBox=box)


def heading(text: str, y: float) -> Markup:
    """Return the name of a side, centred."""
    return element(
        "text", "f-label", text, x=WIDE // 2, y=short(y), font_size=16, text_anchor="middle", font_weight=650
    )
