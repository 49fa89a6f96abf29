"""The mail outbox: a message is written with the transaction that decides it, and a job sends it.

Nobody else speaks to a mail server. Libraries come here too, through the backend in project/mail.py.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.core.validators import validate_email
from django.db import transaction

from tequio.kernel.jobs import enqueue
from tequio.kernel.models import OutboxMessage
from tequio.kernel.tasks import deliver_mail

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Unpack

URGENT: Final = 50
HEADERS: Final = re.compile(r"List-[A-Za-z-]+|Reply-To|In-Reply-To|References|Precedence|X-[A-Za-z0-9-]+")
"""What a writer may say in a header; who, what and when are the outbox's to write."""
BREAKING: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
"""What a mail program may take for the end of a line: behind it a stranger could write headers."""


class Attachment(NamedTuple):
    """A small file that travels with a message; what is public is better linked."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


class Extras(TypedDict, total=False):
    """What few messages carry."""

    html: str
    headers: Mapping[str, str] | None
    attachments: Sequence[Attachment]


def post(
    key: str, recipient: str, subject: str, body: str, *, at: datetime, urgent: bool = False, **extras: Unpack[Extras]
) -> bool:
    """Queue a message with the present transaction; return False if this recipient has one with this key.

    An urgent one goes before the others: somebody waits for it at a screen.
    """
    headers = dict(extras.get("headers") or {})
    files = extras.get("attachments", ())
    address = plain_address(recipient)
    refuse_injection(subject, *headers.values(), *(part for file in files for part in (file.name, file.media_type)))
    if unknown := [name for name in headers if not HEADERS.fullmatch(name)]:
        raise ValueError(f"a message cannot carry the header {unknown[0]!r}")
    text = {"subject": subject, "body": body, "html": extras.get("html", ""), "headers": headers}
    packed = [[file.name, b64encode(file.data).decode(), file.media_type] for file in files]
    with transaction.atomic():
        message, is_new = OutboxMessage.objects.get_or_create(
            key=key, recipient=address, defaults={**text, "attachments": packed, "queued_at": at}
        )
        if is_new:
            task = deliver_mail.using(priority=URGENT) if urgent else deliver_mail
            enqueue(task, str(message.pk), key=f"mail:{message.pk}")
    return is_new


def plain_address(recipient: str) -> str:
    """Return an address as mail servers compare it: the domain in small ASCII letters; refuse what is none."""
    refuse_injection(recipient)
    validate_email(recipient)
    name, _, domain = recipient.rpartition("@")
    return f"{name}@{domain.encode('idna').decode().lower()}"


def refuse_injection(*values: str) -> None:
    """Refuse, before anything is stored, a value that would end its line."""
    if any(BREAKING.search(value) for value in values):
        raise ValueError("a line break cannot stand in an address, a subject or a header")
