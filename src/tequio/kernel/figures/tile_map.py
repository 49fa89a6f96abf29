"""A map in which every place weighs the same: one tile each, with a short label, a link and a shade."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final

from tequio.kernel.figures.svg import Markup, element, join

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIDE: Final = 44
STEP: Final = 46
LETTERS: Final = {"f-strong": "f-on", "f-ink": "f-on"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the grid: column, row, name, label of four letters or less, address, shade, state.

    What the shade says is also said by `mark`, a second line of five letters or less; `is_flagged` darkens a corner.
    """

    column: int
    row: int
    name: str
    label: str
    address: str
    shade: str = "f-hollow"
    state: str = ""
    mark: str = ""
    is_flagged: bool = False

    def draw(self) -> Markup:
        """Return the tile as a link that says its name and state."""
        x, y = self.column * STEP + 1, self.row * STEP + 1
        said = f"{self.name}: {self.state}" if self.state else self.name
        letters, middle = LETTERS.get(self.shade, "f-text"), x + SIDE // 2
        parts = [
            element("title", inside=said),
            element("rect", self.shade, x=x, y=y, width=SIDE, height=SIDE),
            element("text", letters, self.label, x=middle, y=y + (21 if self.mark else 27)),
        ]
        if self.mark:
            parts.append(element("text", letters, self.mark, x=middle, y=y + 37, font_size=12))
        if self.is_flagged:
            parts.append(element("path", "f-ink", d=f"M{x + SIDE - 14} {y}h14v14z"))
        inside = join(parts)
        return element("a", inside=inside, href=self.address, aria_label=said)


def tile_map(title: str, tiles: Sequence[Tile]) -> Markup:
    """Return the map as a group of links, row by row as one reads."""
    columns = max((tile.column for tile in tiles), default=0) + 1
    rows = max((tile.row for tile in tiles), default=0) + 1
    placed = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    body = element(
        "g", inside=join(tile.draw() for tile in placed), font_size=15, text_anchor="middle", font_weight=600
    )
    return element(
        "svg",
        inside=body,
        xmlns="http://www.w3.org/2000/svg",
        role="group",
        aria_label=title,
        class_="tiles fluid",
        viewBox=f"0 0 {columns * STEP} {rows * STEP}",
    )


def arrange(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Return each place's column and row from its longitude and latitude, in bands from the north."""
    per_row = ceil(sqrt(len(places))) or 1
    northward = sorted(places, key=lambda key: (-places[key][1], places[key][0], key))
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(northward), per_row):
        band = sorted(northward[at : at + per_row], key=lambda key: (places[key][0], key))
        found |= {key: (column, at // per_row) for column, key in enumerate(band)}
    return found
