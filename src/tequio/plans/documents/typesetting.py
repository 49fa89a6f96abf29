"""The plan as a tagged PDF (PDF/UA-1 and PDF/A-2a), set with typst; the same edition gives the same bytes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import ImageFont

from tequio.plans.documents.outline import Finds, Imprint, outline
from tequio.plans.documents.press import printed

if TYPE_CHECKING:
    from typing import Unpack

    from PIL.ImageFont import FreeTypeFont

    from tequio.plans.queries import Dossier

FONTS: Final = Path(str(resources.files("tequio.kernel"))) / "fonts"
COMMON: Final = 0x250
"""Below this every letter is in the fonts: ASCII and the Latin alphabets."""


def pdf(dossier: Dossier, findings: Finds, **imprint: Unpack[Imprint]) -> bytes:
    """Return the plan's document as PDF, letter size, with its headings, tables and drawings tagged."""
    plan = outline(dossier, findings, imprint).model_dump_json()
    day = dt.datetime.combine(imprint["published_on"], dt.time(), dt.UTC)
    return printed("".join(map(drawable, plan)), FONTS, day)


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
