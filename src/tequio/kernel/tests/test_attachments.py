"""Files from people: what is kept, what is refused and in which words, and how they are served."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.cast import NOW

from tequio.kernel.attachments import MOST_BYTES, PICTURES, SANDBOX, answer_with, attach
from tequio.kernel.canonical import sha256
from tequio.kernel.models import Attachment
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def files(settings: SettingsWrapper, tmp_path: Path) -> None:
    """Keep the files of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path


def upload(content: bytes, name: str = "acta.pdf") -> SimpleUploadedFile:
    """Return a file as a form brings it."""
    return SimpleUploadedFile(name, content)


def stored(kept: Attachment) -> bytes:
    """Return the bytes that were kept."""
    with kept.file.open("rb") as file:
        content: bytes = file.read()
    return content


def photograph(form: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture that says, in what is not seen, where it was taken."""
    picture, hidden = Image.new("RGB", size, "white"), Image.Exif()
    hidden[0x010E] = "tomada en mi casa"
    hidden[0x0112] = 6  # lying on its side
    saved = io.BytesIO()
    picture.save(saved, format=form, exif=hidden)
    return saved.getvalue()


def test_document_is_kept_as_it_came_with_its_hash(db: None) -> None:
    kept = attach(upload(PDF), at=NOW)
    assert (kept.media_type, kept.size, kept.sha256) == ("application/pdf", len(PDF), sha256(PDF))
    assert stored(kept) == PDF
    assert "acta" not in kept.file.name


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_picture_is_drawn_anew_upright_and_without_what_it_hid(db: None, form: str) -> None:
    sent = photograph(form)
    assert b"tomada en mi casa" in sent
    kept = attach(upload(sent, "foto.jpg"), at=NOW)
    assert b"tomada en mi casa" not in stored(kept)
    assert Image.open(io.BytesIO(stored(kept))).size == (20, 40)
    assert kept.sha256 == sha256(stored(kept))


def test_large_picture_is_made_smaller(db: None) -> None:
    kept = attach(upload(photograph(size=(4000, 1000)), "foto.jpg"), at=NOW)
    assert max(Image.open(io.BytesIO(stored(kept))).size) == 2400


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "El archivo está vacío"),
        (SVG, "no se reconoce. Se espera un archivo PDF, JPG, PNG"),
        (b"<html><script>alert(1)</script>", "no se reconoce"),
        (b"MZ" + bytes(200), "no se reconoce"),
        (photograph()[:300], "La imagen está dañada"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "La imagen está dañada"),
        (PDF + bytes(MOST_BYTES), "El archivo pesa más de 10 MB"),
    ],
)
def test_what_is_no_document_is_refused_and_leaves_nothing(db: None, tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        attach(upload(content, "documento.pdf"), at=NOW)
    assert not Attachment.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_enormous_picture_is_refused_before_it_is_drawn(db: None) -> None:
    saved = io.BytesIO()
    Image.new("1", (50_000, 1_300)).save(saved, format="PNG")
    with pytest.raises(Refused, match="50000 por 1300 puntos"):
        attach(upload(saved.getvalue(), "bomba.png"), at=NOW)


def test_document_is_no_picture(db: None) -> None:
    with pytest.raises(Refused, match="Se espera un archivo JPG, PNG"):
        attach(upload(PDF), allowed=PICTURES, at=NOW)


def test_served_file_cannot_act(db: None) -> None:
    response = answer_with(attach(upload(PDF, "a\r\nb.pdf"), at=NOW), shown=True)
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (SANDBOX, "nosniff")
    picture = answer_with(attach(upload(photograph(), "foto.jpg"), at=NOW), shown=True)
    assert picture["Content-Disposition"].startswith("inline")
    for served in (response, picture):
        served.close()
