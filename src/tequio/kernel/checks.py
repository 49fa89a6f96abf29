"""What Django's system checks say of a deployment: a library with a known fault, mail that stays, a door left open."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

WAL_RESET_MENDED: Final = (3, 51, 3)
MENDED_BEFORE: Final[dict[tuple[int, ...], int]] = {(3, 44): 6, (3, 50): 7}
"""Older series that had the mend brought to them, from this release on (sqlite.org/wal.html, "the WAL-reset bug")."""
LOCAL: Final = {"localhost", "127.0.0.1", "[::1]", ".localhost", "testserver"}


@register(Tags.database, deploy=True)
def sqlite_is_mended(**_asked: Any) -> list[CheckMessage]:
    """Warn when the server's and the worker's processes share a SQLite that may lose a write (very rarely)."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if not engine.endswith("sqlite3") or is_mended(sqlite3.sqlite_version_info[:3]):
        return []
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset race, and several processes write to this file.",
            hint="Use PostgreSQL (DATABASE_URL), or a Python with SQLite 3.51.3 or later.",
            id="tequio.W001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves(**_asked: Any) -> list[CheckMessage]:
    """Warn when a public site writes its mail to a folder: nobody could enter, for no code would arrive."""
    if settings.EMAIL_HOST or not settings.HTTPS:
        return []
    return [
        checks.Warning(
            "TEQUIO_SMTP is empty: every message stays in a folder, and nobody receives the code to enter.",
            hint="Write TEQUIO_SMTP, as smtp://user:password@host:587 (docs/operating.md).",
            id="tequio.W002",
        )
    ]


@register(Tags.security)
def debug_stays_at_home(**_asked: Any) -> list[CheckMessage]:
    """Refuse a debugging server that others can reach: its error pages show settings and data."""
    return stays_at_home("TEQUIO_DEBUG", "tequio.E001") if settings.DEBUG else []


@register(Tags.security)
def demo_stays_at_home(**_asked: Any) -> list[CheckMessage]:
    """Refuse a demo that others can reach: its mailbox shows everybody's messages, and the codes in them."""
    return stays_at_home("TEQUIO_DEMO", "tequio.E002") if settings.DEMO else []


def stays_at_home(variable: str, identifier: str) -> list[CheckMessage]:
    """Return the error of a setting for one's own machine when the site answers to other names."""
    hosts = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if not hosts:
        return []
    return [
        Error(
            f"{variable} is on and the site answers as {', '.join(hosts)}.",
            hint=f"Turn {variable} off, or leave only localhost in TEQUIO_HOSTS.",
            id=identifier,
        )
    ]


def is_mended(version: tuple[int, int, int]) -> bool:
    """Tell whether a SQLite release is free of the WAL-reset race."""
    mended_from = MENDED_BEFORE.get(version[:2])
    return version >= WAL_RESET_MENDED or (mended_from is not None and version[2] >= mended_from)
