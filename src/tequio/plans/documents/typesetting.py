"""The plan as a tagged PDF (PDF/UA-1 and PDF/A-2a), set with typst; the same edition gives the same bytes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typst
from PIL import ImageFont

from tequio.plans.documents.outline import Finds, Imprint, outline

if TYPE_CHECKING:
    from typing import Unpack

    from PIL.ImageFont import FreeTypeFont

    from tequio.plans.queries import Dossier

STANDARDS: Final = ("ua-1", "a-2a")
COMMON: Final = 0x250
"""Below this every letter is in the font: ASCII and the Latin alphabets."""


def pdf(dossier: Dossier, findings: Finds, **imprint: Unpack[Imprint]) -> bytes:
    """Return the plan's document as PDF, letter size, with its headings, tables and drawings tagged."""
    text = outline(dossier, findings, imprint).model_dump_json()
    day = dt.datetime.combine(imprint["published_on"], dt.time(), dt.UTC)
    made = compiler().compile(
        sys_inputs={"plan": "".join(map(drawable, text))}, pdf_standards=list(STANDARDS), timestamp=day
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no document")
    return made


@cache
def compiler() -> typst.Compiler:
    """Return the compiler of the template, which knows the bundled fonts and no others."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()])
    return typst.Compiler(str(Path(__file__).with_name("plan.typ")), font_paths=fonts)


def font_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return Path(str(resources.files("tequio.kernel"))) / "fonts"


@cache
def drawable(letter: str) -> str:
    """Return a letter, or its code point in brackets when a bundled font has no drawing for it."""
    if ord(letter) < COMMON or all(drawn(font, letter) for font in faces()):
        return letter
    return f"[U+{ord(letter):04X}]"


@cache
def faces() -> list[FreeTypeFont]:
    """Return the bundled fonts, each to be asked what it can draw."""
    return [ImageFont.truetype(str(path), 16) for path in sorted(font_folder().glob("*.ttf"))]


def drawn(font: FreeTypeFont, letter: str) -> bool:
    """Say whether a font draws a letter as something else than its sign for what it lacks."""
    private = unicodedata.category(letter) in ("Co", "Cn")
    return not private and bytes(font.getmask(letter)) != bytes(font.getmask("\U0010ffff"))
