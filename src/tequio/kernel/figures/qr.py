"""An address as a square that a camera reads."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

import segno

from tequio.kernel.figures.svg import Markup, drawing, element

# Every mask is valid; trying all eight for the best one costs five times the rest.
MASK: Final = 2
LONGEST: Final = 500
"""Characters; a longer address makes squares too small for a camera, and past 2,331 bytes no code at all."""


@lru_cache(maxsize=1024)
def qr(address: str) -> Markup:
    """Return the code as one path, black on white whatever the page's colours; nothing for too long an address."""
    if len(address) > LONGEST:
        return Markup("")
    code = segno.make(address, error="m", micro=False, mask=MASK)
    # Strokes along the middle of each row, every one from where the last ended: half as long as outlines.
    runs, pen = ["M0 .5"], (0, 0)
    for y, row in enumerate(code.matrix_iter(border=2)):
        bits = "".join("1" if bit else "0" for bit in row)
        at = 0
        for run in bits.replace("01", "0 1").replace("10", "1 0").split():
            if run[0] == "1":
                runs.append(f"m{at - pen[0]} {y - pen[1]}h{len(run)}")
                pen = at + len(run), y
            at += len(run)
    side = code.symbol_size(border=2)[0]
    path = element("path", d="".join(runs), stroke="#1d1b19")
    return drawing(
        f"Código QR de {address}",
        "",
        path,
        class_="qr",
        viewBox=f"0 0 {side} {side}",
        shape_rendering="crispEdges",
    )


def qr_image(address: str) -> bytes:
    """Return the code as a PNG, for what shows no SVG: a message, a poster."""
    made = BytesIO()
    segno.make(address, error="m", micro=False, mask=MASK).save(made, kind="png", scale=8, border=4)
    return made.getvalue()
