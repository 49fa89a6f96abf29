"""An institution's own accent colour, measured against the page (WCAG 2.2, 1.4.3), as a tiny stylesheet."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final

PAPER: Final = "faf7f2"
NIGHT: Final = "191614"
INK: Final = "1d1b19"
CLAY: Final = "8c4a2f"
ENOUGH: Final = 4.5
LINEAR: Final = 0.04045
AT_EASE: Final = 7.0
HEX: Final = re.compile(r"[0-9a-f]{6}")


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of six hexadecimal digits, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def refusal(colour: str) -> str | None:
    """Return why a colour cannot be an accent, in Spanish, or None if it can."""
    if not HEX.fullmatch(colour):
        return "Escribe el color con seis dígitos hexadecimales, por ejemplo 8c4a2f."
    ratio = contrast(colour, PAPER)
    if ratio < ENOUGH:
        return f"El contraste con el papel es {ratio:.1f} a 1 y debe ser al menos 4.5. Elige un tono más oscuro."
    return None


def at_night(colour: str) -> str:
    """Return the accent in the same hue, just light enough to read with ease on the dark page."""
    hue, lightness, saturation = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    steps = (lightness + (1 - lightness) * step / 50 for step in range(51))
    lighter = (hls_to_rgb(hue, step, saturation) for step in steps)
    written = ("".join(f"{round(255 * channel):02x}" for channel in channels) for channels in lighter)
    return next(tone for tone in written if contrast(tone, NIGHT) >= AT_EASE)


def stylesheet(colour: str) -> str:
    """Return the CSS that gives a page this accent, by day and by night."""
    return (
        f":root{{--accent:#{colour};--accent-ink:#fff}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:#{at_night(colour)};--accent-ink:#{NIGHT}}}}}"
        "@media print{:root{--accent:#000}}"
    )
