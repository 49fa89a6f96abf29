"""A problem tree as participants know it: effects above, the problem in the middle, its causes below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tequio.kernel.figures.lettering import lines
from tequio.kernel.figures.svg import Markup, drawing, element, join, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
SPACE: Final = 12
INDENT: Final = 22
LINE: Final = "1.4em"  # LEADING over SIZE


@dataclass(frozen=True, slots=True)
class Bough:
    """A cause or an effect with those that stand behind it."""

    text: str
    under: tuple[Bough, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A text in its place: left edge, width and lines; behind it, its twigs, each so many steps deep."""

    x: float
    wide: float
    rows: list[str]
    twigs: list[tuple[int, Box]] = field(default_factory=list)

    def stack(self) -> float:
        """Return the height of all its twigs."""
        return sum(twig.tall() + SPACE for _, twig in self.twigs)

    def draw_twigs(self, edge: float, *, above: bool) -> Markup:
        """Return its twigs one after another from its far edge outwards, each tied to the one that it is behind."""
        toward = -1 if above else 1
        marks: list[Markup] = []
        edges = {0: edge}
        at = edge
        for deep, twig in self.twigs:
            at += toward * SPACE
            far = at + toward * twig.tall()
            trunk = self.x + deep * INDENT - INDENT / 2
            middle = (at + far) / 2
            marks.append(stroke(f"M{short(trunk)} {short(edges[deep - 1])}V{short(middle)}H{short(twig.x)}"))
            marks.append(twig.draw(min(at, far), twig.tall()))
            edges[deep] = at = far
        return join(marks)

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


def boxed(bough: Bough, x: float, wide: float) -> Box:
    """Return a bough in its place, with all that stands behind it in the same column, a step further in each time."""

    def twigs(under: Sequence[Bough], deep: int) -> Iterator[tuple[int, Box]]:
        for each in under:
            room = wide - deep * INDENT
            yield deep, Box(x + deep * INDENT, room, lines(each.text, SIZE, room - 2 * PAD))
            yield from twigs(each.under, deep + 1)

    return Box(x, wide, lines(bough.text, SIZE, wide - 2 * PAD), list(twigs(bough.under, 1)))


def shelves(texts: Sequence[Bough]) -> list[list[Box]]:
    """Return boxes in rows of at most four, nearest to the problem first; only the last may be incomplete.

    Full rows have an even number of boxes, so that the trunk always finds a gap in the middle.
    """
    per_row = COLUMNS if len(texts) > COLUMNS else max(len(texts), 1)
    wide = min((WIDE - GAP * (per_row - 1)) / per_row, 420)
    rows = [texts[at : at + per_row] for at in range(0, len(texts), per_row)]
    shelved: list[list[Box]] = []
    for row in rows:
        left = (WIDE - (len(row) * (wide + GAP) - GAP)) / 2
        shelved.append([boxed(bough, left + at * (wide + GAP), wide) for at, bough in enumerate(row)])
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
    marks += [box.draw_twigs(top if above else top + tall, above=above) for box in boxes if box.twigs]
    stack = max(box.stack() for box in boxes)
    return join(marks), top - stack if above else top + tall + stack


def side(texts: Sequence[Bough], start: float, *, above: bool) -> tuple[Markup, float]:
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


def problem_tree(title: str, problem: str, *, causes: Sequence[str | Bough], effects: Sequence[str | Bough]) -> Markup:
    """Return the whole tree, 1120 units wide and as tall as its texts need; what is deeper stands behind its own."""
    rows = lines(problem, PROBLEM_SIZE, PROBLEM_WIDE - 6 * PAD)
    tall = len(rows) * PROBLEM_LEADING + 3 * PAD
    left = (WIDE - PROBLEM_WIDE) / 2
    above, top = side(boughs(effects), 0.0, above=True)
    below, bottom = side(boughs(causes), tall, above=False)
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


def boughs(told: Sequence[str | Bough]) -> list[Bough]:
    """Return texts as boughs with nothing behind them."""
    return [each if isinstance(each, Bough) else Bough(each) for each in told]


def heading(text: str, y: float) -> Markup:
    """Return the name of a side, centred."""
    return element(
        "text", "f-label", text, x=WIDE // 2, y=short(y), font_size=16, text_anchor="middle", font_weight=650
    )
