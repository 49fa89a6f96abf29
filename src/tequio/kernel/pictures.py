"""Pictures that people send: read with suspicion, drawn anew, and stored without what they told besides."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.core.files.base import File

HEAVIEST: Final = 5 * 1024 * 1024  # bytes
FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_PIXELS: Final = 30_000_000
LONGEST_SIDE: Final = 12_000  # pixels
TOO_HEAVY: Final = "La imagen pesa más de 5 MB. Envía una más ligera o tómala con menor resolución."
TOO_LARGE: Final = "La imagen mide demasiado. Envía una de menos de 30 millones de puntos."
UNREADABLE: Final = "No pudimos leer la imagen. Envía un archivo JPG, PNG o WEBP completo."


def redrawn(upload: File[bytes], *, longest: int) -> bytes:
    """Return a picture drawn anew within a square, as WEBP and with nothing but its points; refuse what is none.

    Only the points survive: no place, date, device, thumbnail, second file or script that the first one carried.
    """
    if not upload.size or upload.size > HEAVIEST:
        raise Refused(TOO_HEAVY if upload.size else UNREADABLE)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
                raise Refused(TOO_LARGE)
            picture.draft("RGB", (longest, longest))  # a JPEG need not be read whole
            turned = ImageOps.exif_transpose(picture)
            drawn = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(TOO_LARGE) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, MemoryError) as broken:
        raise Refused(UNREADABLE) from broken
    drawn.thumbnail((longest, longest))
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    written = BytesIO()
    clean.save(written, "WEBP", quality=80, method=4)
    return written.getvalue()


def keep_picture(folder: str, data: bytes) -> str:
    """Store a picture under a name that says nothing and cannot be guessed; return the name."""
    return default_storage.save(f"{folder}/{secrets.token_hex(16)}.webp", ContentFile(data))


def drop_picture(name: str) -> None:
    """Erase a stored picture once the present transaction is sure."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))
