"""Sends one test message by hand and keeps what was said, so that an operator sees where the mail fails.

What it hands over is the outbox's own message; nothing is queued. No line holds the password, however a server answers.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any, Final, Literal

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.utils import DNS_NAME

from tequio.kernel.delivery import compose

if TYPE_CHECKING:
    from tequio.kernel.models import OutboxMessage

TIMEOUT: Final = 5.0
"""Seconds that each answer may take: a person waits for the page."""
HIDDEN: Final = "(oculto)"
LONGEST: Final = 500
OK: Final = 250
FORWARDS: Final = 251
UNKNOWN: Final = "No se pudo hablar con el servidor. Lee en el diálogo hasta dónde llegó."
FAULTS: Final[dict[type[Exception], str]] = {
    ConnectionRefusedError: "Nadie atiende en el puerto {port} de {host}. Revisa el puerto y que la red deje salir.",
    socket.gaierror: "No existe un servidor con el nombre «{host}», o esta máquina no puede preguntarlo.",
    TimeoutError: "{host} no respondió en {seconds} segundos. La red puede estar cerrada en el puerto {port}.",
    ssl.SSLCertVerificationError: "El certificado de {host} no es de confianza, venció o es de otro nombre.",
    ssl.SSLError: "El cifrado no coincide: smtps:// usa el puerto 465 y smtp:// usa el 587.",
    smtplib.SMTPAuthenticationError: "El servidor no aceptó el usuario o la contraseña de TEQUIO_SMTP.",
    smtplib.SMTPSenderRefused: "El servidor no deja enviar como {sender}. Pon en TEQUIO_FROM un correo de esa cuenta.",
    smtplib.SMTPRecipientsRefused: "El servidor no acepta escribir a tu correo. Lee por qué en su última respuesta.",
    smtplib.SMTPDataError: "El servidor rechazó el mensaje después de leerlo. Lee por qué en su última respuesta.",
    smtplib.SMTPNotSupportedError: "El servidor no ofrece lo que pedimos: cifrado o entrada con contraseña.",
    smtplib.SMTPServerDisconnected: "El servidor cerró la conexión sin terminar.",
    smtplib.SMTPConnectError: "El servidor respondió que no atiende ahora.",
}
"""The first kind that fits is said: the narrow ones stand before the wide ones."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said, by us or by the server."""

    who: Literal["Este sitio", "El servidor"]
    text: str


@dataclass(slots=True)
class Dialogue:
    """All that was said, and in a plain sentence what went wrong; nothing, if the server took the message."""

    lines: list[Line] = field(default_factory=list)
    fault: str = ""

    def say(self, who: Literal["Este sitio", "El servidor"], text: str) -> None:
        """Keep a line, without secrets and not endless."""
        for secret in secrets():
            text = text.replace(secret, HIDDEN)
        self.lines.append(Line(who, text[:LONGEST]))


class Overheard(smtplib.SMTP):
    """A connection that keeps what both sides say; what is said to prove who we are is hidden."""

    def __init__(self, dialogue: Dialogue, host: str, port: int, **more: Any) -> None:
        self.dialogue, self.is_proving = dialogue, False
        super().__init__(host, port, **more)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say a command."""
        shown = f"{cmd.upper()} {args}".strip()
        if self.is_proving:
            shown = f"{cmd} {args.partition(' ')[0]} {HIDDEN}" if cmd == "AUTH" else HIDDEN
        self.dialogue.say("Este sitio", shown)
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Hear an answer."""
        code, words = super().getreply()
        for line in words.decode(errors="replace").splitlines() or [""]:
            self.dialogue.say("El servidor", f"{code} {line}")
        return code, words

    def login(self, user: str, password: str, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """Prove who we are, out of hearing."""
        self.is_proving = True
        try:
            return super().login(user, password, initial_response_ok=initial_response_ok)
        finally:
            self.is_proving = False


class OverheardTls(Overheard, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def converse(message: OutboxMessage) -> Dialogue:
    """Hand a message to the mail server of the settings and return what was said."""
    dialogue = Dialogue()
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    how = "con TLS desde el inicio" if settings.EMAIL_USE_SSL else "sin cifrar todavía"
    dialogue.say("Este sitio", f"(conecta con {host}, puerto {port}, {how})")
    try:
        _hand_over(message, dialogue)
    except (OSError, smtplib.SMTPException) as error:
        dialogue.fault = explain(error)
    return dialogue


def _hand_over(message: OutboxMessage, dialogue: Dialogue) -> None:
    """Say what a sending says, one step after the other."""
    context = EmailBackend().ssl_context
    kind, more = (OverheardTls, {"context": context}) if settings.EMAIL_USE_SSL else (Overheard, {})
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    with kind(
        dialogue, settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname=str(DNS_NAME), timeout=TIMEOUT, **more
    ) as server:
        server.ehlo()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=context)
            dialogue.say("Este sitio", "(sigue cifrado con TLS; el certificado es válido)")
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        code, words = server.mail(sender)
        if code != OK:
            raise smtplib.SMTPSenderRefused(code, words, sender)
        code, words = server.rcpt(message.recipient)
        if code not in {OK, FORWARDS}:
            raise smtplib.SMTPRecipientsRefused({message.recipient: (code, words)})
        code, words = server.data(compose(message).as_bytes())
        if code != OK:
            raise smtplib.SMTPDataError(code, words)


def explain(error: OSError | smtplib.SMTPException) -> str:
    """Return in a plain sentence what an error of the connection means, and what to look at."""
    if isinstance(error.__context__, TimeoutError):  # the library calls it a disconnection
        error = error.__context__
    sentence = next((said for kind, said in FAULTS.items() if isinstance(error, kind)), UNKNOWN)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return sentence.format(host=settings.EMAIL_HOST, port=settings.EMAIL_PORT, sender=sender, seconds=f"{TIMEOUT:.0f}")


def secrets() -> list[str]:
    """Return what no line may hold: the password, and the forms in which it travels."""
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    if not password:
        return []
    forms = (password, f"\0{user}\0{password}")
    return [password, *(b64encode(form.encode()).decode() for form in forms)]
