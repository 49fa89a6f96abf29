"""The cast: persons with fixed permissions, and a stranger without any."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

NOON = datetime(2026, 1, 31, 18, 0, tzinfo=UTC)
"""Noon of 31 January in central Mexico."""


@dataclass(frozen=True)
class Someone:
    """An actor of a workflow who may do what is listed."""

    name: str
    may: frozenset[str] = field(default_factory=frozenset)

    def has_perm(self, perm: str, _obj: Any = None) -> bool:
        return perm in self.may

    def get_username(self) -> str:
        return self.name


EDITOR = Someone("editora", frozenset({"kernel.submit_concept"}))
SECRETARY = Someone(
    "secretario", frozenset({"kernel.submit_concept", "kernel.approve_concept", "kernel.retire_concept"})
)
STRANGER = Someone("ajena")
CAST = (EDITOR, SECRETARY, STRANGER)
