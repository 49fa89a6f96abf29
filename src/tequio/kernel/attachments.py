"""Taking a file from a person: measured, recognised by its bytes, pictures drawn anew, kept with its hash.

Whoever calls decides what may be attached (`PICTURES`, `DOCUMENTS`) and who may read it; `answer_with` serves it so
that nothing in it can act as a page of the site.
"""

from __future__ import annotations

import io
import uuid
import warnings
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from csp.constants import HEADER
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from PIL import Image, ImageOps, UnidentifiedImageError

from tequio.kernel.canonical import sha256
from tequio.kernel.models import Attachment
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES: Final = 10 * 2**20
MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2400
SANDBOX: Final = "default-src 'none'; sandbox"


class Kind(NamedTuple):
    """A kind of file: its extension, its media type, and the bytes with which it begins."""

    extension: str
    media_type: str
    magic: bytes


JPEG: Final = Kind("jpg", "image/jpeg", b"\xff\xd8\xff")
PNG: Final = Kind("png", "image/png", b"\x89PNG\r\n\x1a\n")
PDF: Final = Kind("pdf", "application/pdf", b"%PDF-")
PICTURES: Final = (JPEG, PNG)
DOCUMENTS: Final = (PDF, *PICTURES)


def attach(
    upload: UploadedFile[Any], *, allowed: tuple[Kind, ...] = DOCUMENTS, longest: int = LONGEST_SIDE, at: datetime
) -> Attachment:
    """Keep a file that a person sent, or refuse it in a sentence that says what is expected.

    A picture is kept no longer on any side than `longest`.
    """
    expected = f"Se espera un archivo {', '.join(kind.extension.upper() for kind in allowed)}"
    limit = f"de a lo más {MOST_BYTES // 2**20} MB"
    if not upload.size:
        raise Refused(f"El archivo está vacío. {expected} {limit}.")
    if upload.size > MOST_BYTES:
        raise Refused(f"El archivo pesa {upload.size / 2**20:.1f} MB. {expected} {limit}.")
    content = b"".join(upload.chunks())
    kind = next((kind for kind in allowed if content.startswith(kind.magic)), None)
    if kind is None:
        raise Refused(f"El archivo «{named(upload)}» no se reconoce. {expected} {limit}.")
    if kind in PICTURES:
        content = redrawn(content, kind, longest)
    attachment = Attachment(
        name=named(upload), media_type=kind.media_type, size=len(content), sha256=sha256(content), attached_at=at
    )
    attachment.file.save(f"{uuid.uuid4().hex}.{kind.extension}", ContentFile(content), save=False)
    attachment.save(force_insert=True)
    return attachment


def named(upload: UploadedFile[Any]) -> str:
    """Return the name with which a file arrived, in signs that can be shown, and short."""
    shown = "".join(sign for sign in upload.name or "" if sign.isprintable()).strip()
    return shown[-120:] or "archivo"


def detach(attachment: Attachment) -> None:
    """Forget a file that nothing holds any more; its bytes go once the present transaction is sure."""
    stored = attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(str(stored)))


def redrawn(content: bytes, kind: Kind, longest: int = LONGEST_SIDE) -> bytes:
    """Return a picture drawn anew: upright, no larger than a screen needs, with nothing but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind.media_type.removeprefix("image/")])
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(
                    f"La imagen mide {picture.width} por {picture.height} puntos. Redúcela y envíala de nuevo."
                )
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((longest, longest))
            mode = "RGB" if kind is JPEG else "RGBA"
            clean = Image.frombytes(mode, upright.size, upright.convert(mode).tobytes())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise Refused("La imagen está dañada y no se puede abrir. Toma la foto de nuevo o guárdala otra vez.") from None
    drawn = io.BytesIO()
    clean.save(drawn, format="JPEG" if kind is JPEG else "PNG", quality=85, optimize=True)
    return drawn.getvalue()


def answer_with(attachment: Attachment, *, shown: bool = False) -> FileResponse:
    """Return a kept file as a download, or shown where it is a picture; nothing in it can act."""
    inline = shown and attachment.media_type in {kind.media_type for kind in PICTURES}
    response = FileResponse(
        attachment.file.open("rb"),
        content_type=attachment.media_type,
        as_attachment=not inline,
        filename=attachment.name,
    )
    response[HEADER] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
