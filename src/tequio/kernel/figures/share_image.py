"""The image that a chat shows with a link: 1200 by 630, with the title, the state and the date."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from tequio.kernel.fonts import FOLDER

SIZE: Final = (1200, 630)
LEFT: Final = 80
PAPER: Final = "#faf7f2"
INK: Final = "#1d1b19"
GREY: Final = "#625a52"
TITLE_SIZES: Final = (76, 66, 58, 50, 44)
TITLE_ROOM: Final = 300
COLOURS: Final = 32


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a bundled face (Regular, Bold or Italic) at a size in pixels."""
    return ImageFont.truetype(FOLDER / f"NotoSans-{name}.ttf", size)


def fitted(text: str, face: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Return a text as lines no wider than `room` pixels."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and face.getlength(longer) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def titled(title: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Return the title's lines in the largest size that fits; the smallest is cut with an ellipsis."""
    for size in TITLE_SIZES:
        face = font("Bold", size)
        rows = fitted(title, face, SIZE[0] - 2 * LEFT)
        if len(rows) * size * 1.2 <= TITLE_ROOM:
            return rows, face
    most = int(TITLE_ROOM // (face.size * 1.2))
    return [*rows[: most - 1], rows[most - 1].rsplit(" ", 1)[0] + "…"], face


def share_image(*, site: str, title: str, status: str, date: str, accent: str = "8c4a2f") -> bytes:
    """Return a PNG of at most 60 KB; `status` and `date` are the words shown under the title."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 20), fill=f"#{accent}")
    pen.text((LEFT, 64), site, font=font("Bold", 40), fill=INK)
    rows, face = titled(title)
    y = 152.0
    for row in rows:
        pen.text((LEFT, y), row, font=face, fill=INK)
        y += face.size * 1.2
    pen.line((LEFT, 496, SIZE[0] - LEFT, 496), fill=INK, width=3)
    pen.text((LEFT, 512), status, font=font("Bold", 38), fill=f"#{accent}")
    pen.text((LEFT, 564), date, font=font("Regular", 28), fill=GREY)
    file = BytesIO()
    picture.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()
