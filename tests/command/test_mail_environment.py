"""TEQUIO_SMTP and TEQUIO_FROM: what they mean, and errors that say the mend and no password."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tequio.project.environment import Smtp, sender, smtp

ADDRESS = "https://tequio.example.mx"


@pytest.mark.parametrize(
    ("url", "meaning"),
    [
        ("", Smtp()),
        ("smtp://u:p%40s@correo.mx", Smtp("correo.mx", 587, "u", "p@s", starttls=True)),
        ("smtp://correo.mx:25", Smtp("correo.mx", 25, starttls=True)),
        ("smtps://u:p@correo.mx", Smtp("correo.mx", 465, "u", "p", tls=True)),
        ("smtp://127.0.0.1:25?starttls=0", Smtp("127.0.0.1", 25)),
        ("smtp://[::1]:25/?starttls=0", Smtp("::1", 25)),
        ("smtp://localhost?starttls=0", Smtp("localhost", 587)),
    ],
)
def test_an_address_means_a_server(monkeypatch: pytest.MonkeyPatch, url: str, meaning: Smtp) -> None:
    monkeypatch.setenv("TEQUIO_SMTP", url)
    assert smtp() == meaning


@pytest.mark.parametrize(
    "url",
    [
        "correo.mx:25", "http://u:s3creto@correo.mx", "smtp://", "smtp://u:s3creto@correo.mx:x", "smtp://u:s3creto/@correo.mx",
        "smtp://u:s3creto@correo.mx?starttls=0", "smtps://u:s3creto@127.0.0.1?starttls=0", "smtp://127.0.0.1.mx?starttls=0",
        "smtp://u@correo.mx", "smtp://correo.mx?otra=1", "smtp://correo.mx/buzon",
    ],
)  # fmt: skip
def test_an_error_says_the_mend_and_no_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TEQUIO_SMTP", url)
    with pytest.raises(ImproperlyConfigured, match=r"TEQUIO_SMTP.*(smtp://|starttls)") as told:
        smtp()
    assert "s3creto" not in str(told.value)


def test_a_mail_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sender(ADDRESS) == "no-responder@tequio.example.mx"
    monkeypatch.setenv("TEQUIO_SMTP", "smtp://correo.mx")
    with pytest.raises(ImproperlyConfigured, match="needs TEQUIO_FROM"):
        sender(ADDRESS)
    monkeypatch.setenv("TEQUIO_FROM", "Gobierno abierto <avisos@example.mx>")
    assert sender(ADDRESS) == "Gobierno abierto <avisos@example.mx>"


@pytest.mark.parametrize("wrong", ["avisos", "a@example.mx\nBcc: b@example.mx", "a@example.mx\x7f"])
def test_a_sender_is_one_address_in_one_line(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("TEQUIO_FROM", wrong)
    with pytest.raises(ImproperlyConfigured, match="TEQUIO_FROM"):
        sender(ADDRESS)
