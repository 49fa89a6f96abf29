"""The page that tries the mail: what was said with a real server, what each fault means, and never the password."""

from __future__ import annotations

import re
import ssl
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from html import unescape
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.test import Client
from tests.cast import NOW

from tequio.accounts.tests.test_people_pages import inside
from tequio.accounts.workflows import try_mail
from tequio.kernel import maildialogue, mailfolder
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused
from tequio.kernel.tests.mailserver import Post, free_port, mail_server, scripted_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-05")]
PAGE = "/garante/correo/"
PHRASE = "s3creta de prueba"
USER = "avisos"


@pytest.fixture
def server(settings: SettingsWrapper) -> Iterator[Post]:
    """A server without encryption or account, as one of the same machine."""
    with mail_server(Post()) as running:
        point_at(settings, running.port)
        yield running


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate of this machine and its key, in which nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return place


def point_at(settings: SettingsWrapper, port: int, *, account: bool = False, **more: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = more.get("starttls", False), more.get("tls", False)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = (USER, PHRASE) if account else ("", "")
    settings.DEFAULT_FROM_EMAIL = "Gobierno abierto <avisos@example.mx>"


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def page_after_trying(person: User) -> str:
    answer = inside(person).post(PAGE)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return unescape(answer.text)


def said(page: str) -> list[str]:
    return re.findall(r"<code>(.*?)</code>", page)


def test_the_dialogue_with_a_server_is_read_line_by_line(server: Post, operator: User) -> None:
    page = page_after_trying(operator)
    assert "El servidor recibió el mensaje" in page
    lines = said(page)
    commands = [line.partition(" ")[0] for line in lines if not line[0].isdigit()]
    assert commands == ["(conecta", "EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    assert f"RCPT TO:<{operator.email}>" in lines
    assert lines[-2:] == ["QUIT", "221 Bye"]
    assert "250 taken" in lines
    (letter,) = server.received
    assert letter["Subject"] == "Prueba del correo"
    assert server.to == [operator.email]
    assert not OutboxMessage.objects.exists()


def test_only_operators_try_the_mail(server: Post, cast: dict[str, User], visitor: Any) -> None:
    allowed = {part for part, person in cast.items() if inside(person).get(PAGE).status_code == 200}
    assert allowed == {"superuser", "operator"}
    for part, person in cast.items():
        if part not in allowed:
            assert inside(person).post(PAGE).status_code == 403
            with pytest.raises(Refused):
                try_mail(by=person, at=NOW)
    assert Client().post(PAGE)["Location"] == f"/entrar/?next={PAGE}"
    with pytest.raises(Refused):
        try_mail(by=visitor, at=NOW)
    assert not server.received


def test_an_operator_without_an_address_is_told(server: Post, operator: User) -> None:
    operator.email = ""
    operator.save()
    answer = inside(operator).post(PAGE)
    assert answer.status_code == 409
    assert "no tiene un correo" in answer.text


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_the_password_is_never_shown(
    settings: SettingsWrapper, operator: User, certificate: Path, monkeypatch: pytest.MonkeyPatch, *, accepted: bool,
    mechanism: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls = {
        "tls_context": context_of(certificate),
        "auth_exclude_mechanism": {"PLAIN", "LOGIN"} - {mechanism},
        "authenticator": lambda *_: AuthResult(success=accepted, handled=False),
    }
    with mail_server(Post(), **tls) as running:
        point_at(settings, running.port, account=True, starttls=True)
        page = page_after_trying(operator)
        assert len(running.received) == accepted
    assert ("El servidor recibió el mensaje" in page) is accepted
    assert ("no aceptó el usuario o la contraseña" in page) is not accepted
    assert "(sigue cifrado con TLS; el certificado es válido)" in said(page)
    assert any(line.startswith("AUTH") and "(oculto)" in line for line in said(page))
    for form in (PHRASE, f"\0{USER}\0{PHRASE}"):
        assert form not in page
        assert b64encode(form.encode()).decode() not in page


def test_a_server_that_repeats_the_password_does_not_show_it(settings: SettingsWrapper, operator: User) -> None:
    whole = b64encode(f"\0{USER}\0{PHRASE}".encode()).decode()
    answers = ("220 hola", "250-yo\r\n250 AUTH PLAIN", f"535 no: {PHRASE} {whole}", "221 adiós")
    with scripted_server(*answers) as port:
        point_at(settings, port, account=True)
        page = page_after_trying(operator)
    assert "535 no: (oculto) (oculto)" in said(page)
    assert "no aceptó el usuario o la contraseña" in page
    assert PHRASE not in page
    assert whole not in page


def test_a_certificate_nobody_trusts_sends_nothing(
    settings: SettingsWrapper, operator: User, certificate: Path
) -> None:
    with mail_server(Post(), tls_context=context_of(certificate)) as running:
        point_at(settings, running.port, starttls=True)
        assert "El certificado de 127.0.0.1 no es de confianza" in page_after_trying(operator)
        assert not running.received


def test_encryption_from_the_start_is_spoken_too(
    settings: SettingsWrapper, operator: User, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(Post(), ssl_context=context_of(certificate)) as running:
        point_at(settings, running.port, tls=True)
        page = page_after_trying(operator)
        assert len(running.received) == 1
    assert "con TLS desde el inicio" in page


def test_the_wrong_port_for_the_encryption_is_told(server: Post, settings: SettingsWrapper, operator: User) -> None:
    point_at(settings, server.port, tls=True)
    assert "smtps:// usa el puerto 465" in page_after_trying(operator)
    point_at(settings, server.port, starttls=True)
    assert "no ofrece lo que pedimos" in page_after_trying(operator)
    assert not server.received


def test_nobody_at_the_port_is_told(settings: SettingsWrapper, operator: User) -> None:
    port = free_port()
    point_at(settings, port)
    assert f"Nadie atiende en el puerto {port} de 127.0.0.1." in page_after_trying(operator)


def test_a_name_that_is_no_server_is_told(settings: SettingsWrapper, operator: User) -> None:
    point_at(settings, 25)
    settings.EMAIL_HOST = "correo.invalid"
    assert "No existe un servidor con el nombre «correo.invalid»" in page_after_trying(operator)


def test_a_server_that_is_silent_does_not_hold_the_page(
    settings: SettingsWrapper, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maildialogue, "TIMEOUT", 0.3)
    for answers in ((), ("220 hola",)):
        with scripted_server(*answers) as port:
            point_at(settings, port)
            assert "no respondió en" in page_after_trying(operator)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (("554 hoy no",), "respondió que no atiende ahora"),
        (("220 hola", "250 yo", "550 usted no", "221 adiós"), "no deja enviar como avisos@example.mx"),
        (("220 hola", "250 yo", "250 sí", "550 no existe", "221 adiós"), "no acepta escribir a tu correo"),
        (("220 hola", "250 yo", "250 sí", "250 sí", "354 diga", "554 parece publicidad"), "rechazó el mensaje"),
        (("220 hola", "250 yo", "250 sí", "250 sí", "451 espere", "221 adiós"), "rechazó el mensaje"),
    ],
)
def test_each_refusal_has_its_sentence(
    settings: SettingsWrapper, operator: User, answers: tuple[str, ...], sentence: str
) -> None:
    with scripted_server(*answers, *["221 adiós"] * 2) as port:
        point_at(settings, port)
        page = page_after_trying(operator)
    assert sentence in page
    assert "El mensaje no salió" in page
    assert said(page)[-1] in {answers[-1], "QUIT", "221 adiós"}


def test_what_a_server_says_is_text(settings: SettingsWrapper, operator: User) -> None:
    with scripted_server("554 <script>alert(1)</script>" + "a" * 400) as port:
        point_at(settings, port)
        page = inside(operator).post(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("demo", [True, False])
def test_without_a_server_the_message_goes_to_the_folder(
    settings: SettingsWrapper, operator: User, tmp_path: Path, *, demo: bool
) -> None:
    settings.EMAIL_HOST, settings.DEMO, settings.MAIL_FOLDER = "", demo, tmp_path / "correo"
    shown = inside(operator).get(PAGE).text
    assert ('href="/buzon/"' in shown) is demo
    page = page_after_trying(operator)
    assert ("léelo en unos segundos" in page) is demo
    assert "1 mensaje por salir" in page
    call_command("work", once=True)
    assert [letter.recipient for letter in mailfolder.newest(5)] == [operator.email]


def test_the_setup_is_shown_without_secrets(settings: SettingsWrapper, operator: User) -> None:
    point_at(settings, 587, account=True, starttls=True)
    page = unescape(inside(operator).get(PAGE).text)
    for shown in ("127.0.0.1", "587", "STARTTLS", "Gobierno abierto <avisos@example.mx>", "No hay mensajes por salir"):
        assert shown in page
    assert PHRASE not in page
