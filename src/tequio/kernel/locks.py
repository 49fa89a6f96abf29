"""Turns: verbs that must follow one another, each holding its turn until its transaction ends."""

from __future__ import annotations

from typing import Final

from django.db import connection

RECORD: Final = 7_001
"""The turn of ledger and editions: one lock for both, so that they cannot wait for each other."""


def take_turn(turn: int) -> None:
    """Wait for a turn and hold it until the transaction ends; SQLite already has one writer (BEGIN IMMEDIATE)."""
    if not connection.in_atomic_block:
        raise RuntimeError("a turn is held by a transaction: call this inside transaction.atomic()")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])
