"""One text for one value: the JSON that is hashed, and its SHA-256 (lower-case hexadecimal)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

Json: TypeAlias = "dict[str, Any] | list[Any] | str | int | bool | None"


def canonical(value: Json) -> str:
    """Return the value as JSON, keys sorted, no spaces; refuse what two engines would write differently."""
    _check(value)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text.encode()  # a lone surrogate has no UTF-8
    return text


def digest(value: Json) -> str:
    """Return the SHA-256 of a value's canonical JSON in UTF-8."""
    return sha256(canonical(value).encode())


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def instant(at: datetime) -> str:
    """Return an aware instant in UTC, ISO 8601 with microseconds, as 2026-01-31T06:00:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _check(value: object) -> None:
    """Refuse floats, unknown types, keys that are not text, and NUL, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a text with NUL cannot be recorded")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be text, not {type(key).__name__}")
            _check(key)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} has no canonical JSON; write it as text")
