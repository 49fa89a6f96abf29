"""The letters that the bundled fonts can draw, so that no document has an empty box."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import ImageFont

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS: Final = Path(str(resources.files("tequio.kernel"))) / "fonts"
COMMON: Final = 0x250
"""Below this every letter is in the fonts: ASCII and the Latin alphabets."""


@cache
def drawable(letter: str) -> str:
    """Return a letter, or its code point in brackets when a bundled font has no drawing for it."""
    if ord(letter) < COMMON or all(drawn(font, letter) for font in faces()):
        return letter
    return f"[U+{ord(letter):04X}]"


@cache
def faces() -> list[FreeTypeFont]:
    """Return the bundled fonts, each to be asked what it can draw."""
    return [ImageFont.truetype(str(path), 16) for path in sorted(FONTS.glob("*.ttf"))]


def drawn(font: FreeTypeFont, letter: str) -> bool:
    """Say whether a font draws a letter as something else than its sign for what it lacks."""
    private = unicodedata.category(letter) in ("Co", "Cn")
    return not private and bytes(font.getmask(letter)) != bytes(font.getmask("\U0010ffff"))
