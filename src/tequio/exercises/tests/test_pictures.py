"""Pictures that people send: only their points are kept, and hostile files are refused in words."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.cast import NOW, account, again

from tequio.exercises.models import Registration
from tequio.exercises.tests.answering import CITIZEN, applied, drawing, published, upload
from tequio.exercises.workflows import accept_application
from tequio.kernel.pictures import HEAVIEST, redrawn
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Call, Exercise

pytestmark = [pytest.mark.req("EX-03", "SI-04")]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of few bytes that says that it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def located() -> bytes:
    """Return a photograph that tells where it was taken, and is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "casa-zq"
    exif.get_ifd(0x8825)[1] = "N"
    return drawing("JPEG", (40, 30), exif=exif, comment=b"secreto-zq")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_within_its_square(kind: str) -> None:
    with Image.open(BytesIO(redrawn(upload(drawing(kind, (2000, 1000))), longest=640))) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (640, 320))


def test_nothing_hidden_survives_and_it_stands_upright() -> None:
    data = redrawn(upload(located() + b"<script>cola-zq</script>"), longest=640)
    with Image.open(BytesIO(data)) as drawn:
        assert drawn.size == (30, 40)
        assert not drawn.getexif()
    assert b"zq" not in data


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(redrawn(upload(out.getvalue()), longest=640))) as drawn:
        assert drawn.mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "No pudimos leer"),
        (b"MZ\x90\x00" * 100, "No pudimos leer"),
        (SVG, "No pudimos leer"),
        (b"GIF89a" + b"\x00" * 60, "No pudimos leer"),
        (b"<html><script>alert(1)</script>", "No pudimos leer"),
        (drawing("TIFF"), "No pudimos leer"),
        (drawing("PNG", (300, 300))[:200], "No pudimos leer"),
        (drawing("JPEG", (300, 300))[:150], "No pudimos leer"),
        (bomb(50_000, 50_000), "mide demasiado"),
        (bomb(9_000, 9_000), "mide demasiado"),
        (bomb(12_001, 1), "mide demasiado"),
        (bomb(3_000, 3_000), "No pudimos leer"),
        (b"\x00" * (HEAVIEST + 1), "5 MB"),
    ],
    ids=[
        "empty",
        "program",
        "svg",
        "gif",
        "html",
        "tiff",
        "cut png",
        "cut jpeg",
        "bomb",
        "large",
        "long",
        "liar",
        "heavy",
    ],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        redrawn(upload(data), longest=640)


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison)


def test_a_logo_is_private_until_its_organization_is_a_member(call: Call, liaison: User) -> None:
    application = applied(call, picture=upload(drawing(), "../../etc/passwd.png"))
    assert application.picture.startswith("solicitudes/")
    assert "passwd" not in application.picture
    assert not Registration.objects.exclude(picture="").exists()
    accept_application(application, by=again(liaison), at=NOW)
    assert Registration.objects.get().picture == application.picture


def test_a_citizen_sends_no_picture(call: Call) -> None:
    with pytest.raises(Refused, match="no se pide imagen"):
        applied(call, account("beto"), CITIZEN, picture=upload(drawing()))
