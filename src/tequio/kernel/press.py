"""Sets a document with typst in a process of its own, which takes its memory with it when it ends.

Typst remembers what it set (about 60 MB for each plan of twelve commitments), which a long-lived worker must not keep.
This module imports nothing of Django, so that the process starts at once.
"""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

import typst

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

PATIENCE: Final = 60
"""Seconds that a document may take; one of twelve commitments takes about one."""

PIXELS: Final = 144
"""Per inch of a picture: twice those of a plain screen."""


def printed(template: Path, told: str, fonts: Path, day: dt.datetime) -> bytes:
    """Return the PDF that a template makes of what is told (JSON), with these fonts and no others, dated this day."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply_async(compiled, (template, told, fonts, day)).get(PATIENCE)


def pictured(template: Path, told: str, fonts: Path) -> bytes:
    """Return the picture (PNG) of the one page that a template makes of what is told."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply_async(drawn, (template, told, fonts)).get(PATIENCE)


def drawn(template: Path, told: str, fonts: Path) -> bytes:
    """Return what typst draws of a template and what is told, as PNG."""
    bundled = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    compiler = typst.Compiler(template, font_paths=bundled)
    made = compiler.compile(format="png", ppi=PIXELS, sys_inputs={"told": told})
    if not isinstance(made, bytes):
        raise TypeError("typst returned no picture")
    return made


def compiled(template: Path, told: str, fonts: Path, day: dt.datetime) -> bytes:
    """Return what typst makes of a template and what is told: PDF/UA-1 and PDF/A-2a."""
    bundled = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    made = typst.Compiler(template, font_paths=bundled).compile(
        sys_inputs={"told": told}, pdf_standards=["ua-1", "a-2a"], timestamp=day
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no document")
    return made
