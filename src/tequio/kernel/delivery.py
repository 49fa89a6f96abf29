"""Sends the messages of the outbox: to the mail server, or to a folder when there is none.

A worker may die between the server's acknowledgement and `settle`; the next one then sends that message again, with
the same Message-ID. This is the one duplicate that no outbox can avoid.
"""

from __future__ import annotations

import re
import smtplib
from base64 import b64decode
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.db.models.functions import Now

from tequio.kernel import mailfolder
from tequio.kernel.jobs import GivenUpError
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Send = Callable[[OutboxMessage], None]

PATIENCE: Final = timedelta(days=3)
PERMANENT: Final = range(500, 600)
SIGN_IN: Final = {530, 534, 535, 538}
"""Answers about our account at the server: the operator mends that, and the message can go then."""
UNBROKEN: Final = SMTP.clone(max_line_length=996)
"""For headers only: an address that is cut and encoded to fit a line, no mail program finds (RFC 8058)."""
ADDRESS: Final = re.compile(r"[^\s<>]+@[^\s<>]+")


class MailDelayedError(Exception):
    """The server did not take the message, and may later."""


def deliver(identifier: str) -> None:
    """Send a message that was not sent; a job calls this, once or more."""
    with to_server() if settings.EMAIL_HOST else to_folder() as send:
        message = claim(identifier)
        if message is not None:
            send(message)
            settle(message)


def claim(identifier: str) -> OutboxMessage | None:
    """Take a message under its lock, after the server answered; return None if it was sent meanwhile.

    The lock ends before the sending: held through it, a slow mail server would stop every writer of SQLite.
    """
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().filter(pk=identifier, sent_at=None).first()
        if message:
            message.tries += 1
            message.refusal = ""
            message.save(update_fields=["tries", "refusal"])
    return message


def settle(message: OutboxMessage) -> None:
    """Write the receipt and wipe what the message said."""
    OutboxMessage.objects.filter(pk=message.pk, sent_at=None).update(
        sent_at=Now(), subject="", body="", html="", refusal="", headers={}, attachments=[]
    )


@contextmanager
def to_folder() -> Iterator[Send]:
    """Give what keeps a message as a file, so that nothing leaves the machine."""
    yield lambda message: mailfolder.keep(compose(message), identifier=message.pk, at=message.queued_at)


@contextmanager
def to_server() -> Iterator[Send]:
    """Give what hands a message to the mail server, over a connection that is open."""
    backend = EmailBackend()
    try:
        with explained(final=False):
            backend.open()
        server = backend.connection
        if server is None:
            raise MailDelayedError("the mail server did not answer")
        yield lambda message: hand_over(server, message)
    finally:
        backend.fail_silently = True  # what follows the acknowledgement changes nothing
        backend.close()


def hand_over(server: smtplib.SMTP, message: OutboxMessage) -> None:
    """Return when the server acknowledged the message; keep its words if it never will."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        with explained(final=True):
            server.send_message(compose(message), sender, [message.recipient])
    except GivenUpError as refused:
        OutboxMessage.objects.filter(pk=message.pk).update(refusal=str(refused))
        raise


@contextmanager
def explained(*, final: bool) -> Iterator[None]:
    """Say in the server's words, without anybody's address, why not: later, or never if `final` and it refused."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        code, words = answer(error)
        never = final and code in PERMANENT and code not in SIGN_IN
        # `from None`: the library's own text names the recipient, and a traceback is logged.
        raise (GivenUpError if never else MailDelayedError)(ADDRESS.sub("…", words)) from None


def answer(error: OSError) -> tuple[int, str]:
    """Return the code and the words of a server's answer; 0 if it gave none."""
    code, words = 0, str(error).encode()
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else words
    text = words.decode(errors="replace")
    return code, f"{code} {text}" if code else text or type(error).__name__


def compose(message: OutboxMessage) -> EmailMessage:
    """Return a message as it travels: the same text and Message-ID each time."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = settings.DEFAULT_FROM_EMAIL
    letter["To"] = message.recipient
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.queued_at)
    letter["Message-ID"] = f"<{message.pk}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        letter[name] = value
    letter.set_content(message.body)
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    for name, data, media_type in message.attachments:
        kind, _, subtype = media_type.partition("/")
        letter.add_attachment(b64decode(data), maintype=kind, subtype=subtype or "octet-stream", filename=name)
    letter.policy = UNBROKEN
    return letter
