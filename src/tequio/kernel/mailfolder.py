"""The folder where messages stay when there is no mail server: written by the outbox, read by the demo's mailbox."""

from __future__ import annotations

import os
import re
from datetime import UTC
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path
    from uuid import UUID

NAME: Final = re.compile(r"\d{8}T\d{12}-[0-9a-f]{32}\.eml", re.ASCII)


class Letter(NamedTuple):
    """What a person reads of a message."""

    name: str
    sender: str
    recipient: str
    subject: str
    sent_at: datetime | None
    body: str


def keep(letter: EmailMessage, *, identifier: UUID, at: datetime) -> None:
    """Write a message whole or not at all, for its owner only; written again, it is the same file."""
    folder: Path = settings.MAIL_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{identifier.hex}.eml"
    unfinished = place.with_suffix(f".{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(letter.as_bytes())
    unfinished.replace(place)


def newest(count: int) -> list[Letter]:
    """Return the last messages, the newest first."""
    folder: Path = settings.MAIL_FOLDER
    names = sorted((path.name for path in folder.glob("*.eml") if NAME.fullmatch(path.name)), reverse=True)
    return [letter for name in names[:count] if (letter := read(name))]


def read(name: str) -> Letter | None:
    """Return a message, or None if no message has this name: only names the outbox gives, and no link elsewhere."""
    place: Path = settings.MAIL_FOLDER / name
    if not NAME.fullmatch(name) or place.is_symlink() or not place.is_file():
        return None
    letter = message_from_bytes(place.read_bytes(), policy=default)
    text = letter.get_body(("plain",))
    date = letter["Date"]
    return Letter(
        name,
        str(letter["From"] or ""),
        str(letter["To"] or ""),
        str(letter["Subject"] or ""),
        date.datetime if date else None,
        text.get_content() if text else "",
    )
