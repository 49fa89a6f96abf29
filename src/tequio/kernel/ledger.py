"""The ledger's verb, its public download and its verification."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from tequio.kernel.canonical import canonical, digest
from tequio.kernel.locks import RECORD, take_turn
from tequio.kernel.models.ledger import GENESIS, LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime


@dataclass(frozen=True)
class DailyRoot:
    """The last hash of a day (in the site's time zone): who keeps it can prove that nothing before it changed."""

    day: date
    root: str
    last_sequence: int
    entries: int


@dataclass(frozen=True)
class Break:
    """Where a download does not hold, in a sentence."""

    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"Línea {self.line}: {self.reason}" if self.line else self.reason


@transaction.atomic
def record(kind: str, subject: str, payload: dict[str, Any], *, by: str | None, at: datetime) -> LedgerEntry:
    """Append a fact; `by` is a public reference or None.

    An entry is never dated before the one it follows, so that the days of the roots are in order.
    """
    take_turn(RECORD)
    last = LedgerEntry.objects.last()
    entry = LedgerEntry(
        sequence=last.sequence + 1 if last else 1,
        recorded_at=max(at, last.recorded_at) if last else at,
        kind=kind,
        subject=subject,
        recorded_by=by or "",
        payload=payload,
        payload_sha256=digest(payload),
        previous_hash=last.hash if last else GENESIS,
    )
    entry.hash = entry.seal()
    entry.save(force_insert=True)
    return entry


def ledger_lines() -> Iterator[str]:
    """Yield the public download: a line of JSON per entry, in order."""
    for entry in LedgerEntry.objects.iterator():
        yield entry.line() + "\n"


def daily_roots() -> list[DailyRoot]:
    """Return the root of each day that has entries; that of the present day may still change."""
    days = (
        LedgerEntry.objects.annotate(day=TruncDate("recorded_at", tzinfo=timezone.get_default_timezone()))
        .values("day")
        .order_by("day")
        .annotate(last=Max("sequence"), entries=Count("sequence"))
    )
    found = list(days)
    roots = LedgerEntry.objects.in_bulk([row["last"] for row in found])
    return [DailyRoot(row["day"], roots[row["last"]].hash, row["last"], row["entries"]) for row in found]


def verify(lines: Iterable[str], *, roots: Iterable[str] = ()) -> Iterator[Break]:
    """Yield every place where a download does not hold; each known root must be the hash of some entry."""
    missing = set(roots)
    previous: dict[str, Any] = {"sequence": 0, "hash": GENESIS, "recorded_at": ""}
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            yield from (Break(number, reason) for reason in _faults(entry, previous))
            if canonical(entry) != line.rstrip("\n"):
                yield Break(number, "no está escrito como se publicó.")
            previous = entry
            missing.discard(entry["hash"])
        except (ValueError, TypeError, KeyError, RecursionError):
            yield Break(number, "no se puede leer; desde aquí no se comprobó nada.")
            return
    for root in sorted(missing):
        yield Break(None, f"Ningún asiento tiene la raíz publicada {root}.")


def _faults(entry: dict[str, Any], previous: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an entry that should follow another."""
    if entry["sequence"] != previous["sequence"] + 1:
        yield f"le antecede el {previous['sequence']}; falta, sobra o se movió un asiento."
    if entry["previous_hash"] != previous["hash"]:
        yield "no sigue al asiento anterior."
    if entry["recorded_at"] < previous["recorded_at"]:
        yield "tiene fecha anterior a la del asiento que le antecede."
    if digest(entry["payload"]) != entry["payload_sha256"]:
        yield "su contenido no es el que se asentó."
    if digest({key: value for key, value in entry.items() if key not in {"payload", "hash"}}) != entry["hash"]:
        yield "sus datos no son los que se asentaron."
