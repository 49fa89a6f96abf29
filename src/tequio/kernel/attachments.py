"""Taking a file from a person: measured, recognised by its bytes, pictures drawn anew, kept with its hash.

Whoever calls decides what may be attached (`PICTURES`, `DOCUMENTS`) and who may read it; `answer_with` serves it so
that nothing in it can act as a page of the site. Who keeps pictures in another way takes them by the same steps:
`recognised`, `upright`, `drawn`.
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
WEBP: Final = Kind("webp", "image/webp", b"RIFF")
PDF: Final = Kind("pdf", "application/pdf", b"%PDF-")
PICTURES: Final = (JPEG, PNG)
PHOTOGRAPHS: Final = (*PICTURES, WEBP)
DOCUMENTS: Final = (PDF, *PICTURES)


def attach(
    upload: UploadedFile[Any], *, allowed: tuple[Kind, ...] = DOCUMENTS, longest: int = LONGEST_SIDE, at: datetime
) -> Attachment:
    """Keep a file that a person sent, or refuse it in a sentence that says what is expected.

    A picture is kept no longer on any side than `longest`.
    """
    content = sent(upload)
    kind = recognised(content, allowed)
    if kind in PICTURES:
        content = drawn(upright(content, kind), kind, longest).content
    attachment = Attachment(
        name=named(upload), media_type=kind.media_type, size=len(content), sha256=sha256(content), attached_at=at
    )
    attachment.file.save(f"{uuid.uuid4().hex}.{kind.extension}", ContentFile(content), save=False)
    attachment.save(force_insert=True)
    return attachment


def sent(upload: UploadedFile[Any]) -> bytes:
    """Return the bytes of a file, of one that weighs too much no more than shows that it does."""
    upload.seek(0)
    content: bytes = upload.read(MOST_BYTES + 1)
    return content


def recognised(content: bytes, allowed: tuple[Kind, ...]) -> Kind:
    """Return the kind of a file, told by its bytes, or refuse it in a sentence that says what is expected."""
    most = MOST_BYTES // 2**20
    expected = f"Se espera un archivo {', '.join(kind.extension.upper() for kind in allowed)} de a lo más {most} MB."
    if not content:
        raise Refused(f"El archivo está vacío. {expected}")
    if len(content) > MOST_BYTES:
        raise Refused(f"El archivo pesa más de {most} MB. {expected}")
    kind = next((kind for kind in allowed if content.startswith(kind.magic)), None)
    if kind is None:
        raise Refused(f"El archivo no se reconoce. {expected}")
    return kind


def named(upload: UploadedFile[Any]) -> str:
    """Return the name with which a file arrived, in signs that can be shown, and short."""
    shown = "".join(sign for sign in upload.name or "" if sign.isprintable()).strip()
    return shown[-120:] or "archivo"


def detach(attachment: Attachment) -> None:
    """Forget a file that nothing holds any more; its bytes go once the present transaction is sure."""
    stored = attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(str(stored)))


def upright(content: bytes, kind: Kind) -> Image.Image:
    """Return the picture in a file as it is seen, or refuse one that is broken or would fill the memory."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[kind.media_type.removeprefix("image/")])
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(
                    f"La imagen mide {picture.width} por {picture.height} puntos. Redúcela y envíala de nuevo."
                )
            return ImageOps.exif_transpose(picture).convert("RGB" if kind is JPEG else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise Refused("La imagen está dañada y no se puede abrir. Toma la foto de nuevo o guárdala otra vez.") from None


class Drawn(NamedTuple):
    """A picture as a file, and how wide and high it is."""

    content: bytes
    size: tuple[int, int]


def drawn(picture: Image.Image, kind: Kind, longest: int = LONGEST_SIDE, *, quality: int = 85) -> Drawn:
    """Return a picture drawn anew: no longer on any side than it needs to be, with nothing but its pixels."""
    smaller = picture.copy()
    smaller.thumbnail((longest, longest))
    mode = "RGB" if kind is JPEG else "RGBA"
    clean = Image.frombytes(mode, smaller.size, smaller.convert(mode).tobytes())
    file = io.BytesIO()
    clean.save(file, format="JPEG" if kind is JPEG else "PNG", quality=quality, optimize=True)
    return Drawn(file.getvalue(), clean.size)


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
