"""The mail backend: what libraries send goes through the outbox, a row per recipient."""

from __future__ import annotations

import secrets
from email.message import Message
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMultiAlternatives
from django.utils import timezone

from tequio.kernel.mail import HEADERS, Attachment, post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class OutboxBackend(BaseEmailBackend):
    """Posts each message under a key of its own; urgent, for a library writes to somebody who asked."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages and return how many; the sender is always TEQUIO_FROM."""
        for message in email_messages:
            self._post(message)
        return len(email_messages)

    @staticmethod
    def _post(message: EmailMessage) -> None:
        key = f"library:{secrets.token_hex(16)}"
        headers = {name: str(value) for name, value in message.extra_headers.items() if HEADERS.fullmatch(name)}
        if message.reply_to:
            headers["Reply-To"] = ", ".join(map(str, message.reply_to))
        alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
        html = next((str(content) for content, kind in alternatives if kind == "text/html"), "")
        body = str(message.body)
        if message.content_subtype == "html":
            html = body
        for recipient in dict.fromkeys(parseaddr(str(address))[1] for address in message.recipients()):
            post(
                key,
                recipient,
                str(message.subject),
                body,
                at=timezone.now(),
                urgent=True,
                html=html,
                headers=headers,
                attachments=[attachment(part) for part in message.attachments],
            )


def attachment(part: Any) -> Attachment:
    """Return an attachment as the outbox keeps it, from either form that Django accepts."""
    if isinstance(part, Message):
        data = part.get_payload(decode=True)
        return Attachment(part.get_filename() or "adjunto", bytes(data or b""), part.get_content_type())
    name, content, kind = part
    data = content if isinstance(content, bytes) else str(content).encode()
    return Attachment(name or "adjunto", data, kind or "application/octet-stream")
