"""Reads the product's configuration from the environment, with safe defaults and errors that say the mend."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "si", "sí"}
POOL_WAIT = 3.0  # seconds that a request waits for a connection; pages are served from memory all the same
SMTP_FORM = "write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."
FALSE = {"0", "false", "no", ""}


def text(name: str, default: str = "") -> str:
    """Return a variable's text, or its default."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable; anything else is an error that names it."""
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is «{value}»; write 1 or 0.")


def number(name: str, default: int) -> int:
    """Return a whole number; anything else is an error that names it."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is «{value}»; write a whole number, for example {default}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def within(name: str, default: str, least: int, most: int) -> tuple[int, ...]:
    """Return whole numbers between two others, the largest first; anything else is an error that names it."""
    found = words(name, default)
    if not found or not all(each.isdecimal() and least <= int(each) <= most for each in found):
        raise ImproperlyConfigured(f"{name} is «{','.join(found)}»; write whole numbers from {least} to {most}.")
    return tuple(sorted(map(int, found), reverse=True))


def folder(name: str, default: Path) -> Path:
    """Return a folder that exists and can be written; make it if it is not there."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the folder {path} cannot be made ({error.strerror}).") from error
    return path


def host(address: str) -> str:
    """Return the host of the site's address; an address without one is an error."""
    name = urlsplit(address).hostname
    if not name:
        raise ImproperlyConfigured(f"TEQUIO_ADDRESS is «{address}»; write it with its scheme, as https://example.mx.")
    return name


def secret_key(data: Path) -> str:
    """Return SECRET_KEY, or one made once and kept in the data folder, readable by its owner only."""
    given = text("TEQUIO_SECRET_KEY")
    if given:
        return given
    kept = data / "secret-key"
    if not kept.exists():
        ours = kept.with_name(f"secret-key.{secrets.token_hex(8)}")  # whole first: another process may read
        descriptor = os.open(ours, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            kept.hardlink_to(ours)
        ours.unlink()
    return kept.read_text().strip()


def database(data: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL: SQLite in the data folder unless a PostgreSQL is named."""
    url = text("DATABASE_URL")
    if not url:
        return sqlite(data / "tequio.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": POOL_WAIT}, **dict(parse_qsl(parts.query))},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with «{parts.scheme}://»; write sqlite:///path/to/file or postgresql://user@host/name."
    )


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings of a SQLite file that several processes of one machine share."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,  # opening the file and its PRAGMAs cost each page a tenth
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is erased is overwritten: addresses that were forgotten, urns that were counted.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;"
            "PRAGMA secure_delete=ON;",
        },
    }


class Smtp(NamedTuple):
    """A mail server and how to speak to it; an empty host is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def smtp() -> Smtp:
    """Return the server that TEQUIO_SMTP names; without encryption only on this machine. Errors hold no password."""
    url = text("TEQUIO_SMTP")
    if not url:
        return Smtp()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"TEQUIO_SMTP cannot be read; {SMTP_FORM}") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise ImproperlyConfigured(f"TEQUIO_SMTP is no mail server; {SMTP_FORM} Write signs of a password as %40.")
    tls = parts.scheme == "smtps"
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    plain = options.pop("starttls", "1") == "0"
    if options or (plain and (tls or not is_loopback(parts.hostname))):
        raise ImproperlyConfigured("TEQUIO_SMTP: the one option is ?starttls=0, for smtp:// to this machine only.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ImproperlyConfigured(f"TEQUIO_SMTP: user and password go together; {SMTP_FORM}")
    return Smtp(parts.hostname, port or (465 if tls else 587), user, password, tls, not tls and not plain)


def is_loopback(name: str) -> bool:
    """Tell whether a host is this machine, without asking anybody."""
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def sender(address: str) -> str:
    """Return TEQUIO_FROM, which a mail server needs; without one, an invented sender at the site's host."""
    given = text("TEQUIO_FROM")
    if not given and text("TEQUIO_SMTP"):
        raise ImproperlyConfigured("TEQUIO_SMTP needs TEQUIO_FROM, for example «Gobierno abierto <avisos@example.mx>».")
    given = given or f"no-responder@{host(address)}"
    if "@" not in parseaddr(given)[1] or not given.isprintable():
        raise ImproperlyConfigured(f"TEQUIO_FROM is «{given}»; write «Name <name@example.mx>».")
    return given
