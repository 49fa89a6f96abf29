"""The authorization matrix: a reviewed file that says of every address who may do what, and how each answer is named.

A line of `matrix.csv` is an address of the resolver; `prefix/*` stands for all addresses of a library or a table.
Columns: the methods it takes, what its view declares, and an outcome for each person of the cast, or one for each
method (`ok/403`). Outcomes: `ok` it answers (a method that writes: it wrote), `no` it answered in words and wrote
nothing, `door` led to the door, `step` led to the second step, or the number of a refusal.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.shortcuts import resolve_url
from django.urls import URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

FILE: Final = Path(__file__).with_name("matrix.csv")
PERSONS: Final = (
    "visitor",
    "stranger",
    "representative",
    "liaison",
    "other_liaison",
    "guarantor_staff",
    "far_staff",
    "operator",
    "superuser",
)
COLUMNS: Final = ("address", "case", "methods", "access", *PERSONS)
SAFE: Final = ("GET", "HEAD")
REFUSALS: Final = {"door", "step", "403", "404", "405"}


@dataclass(frozen=True)
class Row:
    """What the file says of an address; of a case of it, when an object of another kind is asked for."""

    address: str
    case: str
    methods: tuple[str, ...]
    access: str
    cells: dict[str, str]

    def expected(self, person: str, method: str) -> str:
        """Return the outcome that the file gives to a person and a method."""
        outcomes = self.cells[person].split("/")
        return outcomes[self.methods.index(method) if len(outcomes) > 1 else 0]

    def line(self) -> str:
        """Return the line as it stands in the file."""
        written = io.StringIO()
        cells = [self.address, self.case, " ".join(self.methods), self.access, *self.cells.values()]
        csv.writer(written, lineterminator="").writerow(cells)
        return written.getvalue()


def line_of(known: Iterable[Row], address: str) -> Row | None:
    """Return the line that stands for an address: its own, or that of what includes it."""
    lines = {row.address: row for row in known if not row.case}
    above = (lines[each] for each in lines if each.endswith("*") and address.startswith(each[:-1]))
    return lines.get(address) or max(above, key=lambda row: len(row.address), default=None)


def rows() -> list[Row]:
    """Return the lines of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines)
        assert tuple(read.fieldnames or ()) == COLUMNS, f"{FILE.name} has the columns {', '.join(COLUMNS)}"
        return [
            Row(
                line["address"],
                line["case"],
                tuple(line["methods"].split()),
                line["access"],
                {person: line[person] for person in PERSONS},
            )
            for line in read
        ]


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None) -> dict[str, str]:
    """Return every address of the resolver with what it declares."""
    found: dict[str, str] = {}
    for address, access in _walk(get_resolver().url_patterns if patterns is None else patterns):
        found.setdefault(address, access)
    return found


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str = "", above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the addresses below some, each with what it or what includes it declares."""
    for each in patterns:
        address = prefix + str(each.pattern)
        access = vars(each).get("access", above)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, address, access)
        else:
            yield address, getattr(each.callback, "access", access)


def outcome(method: str, response: HttpResponseBase, *, wrote: bool) -> str:
    """Return the name of an answer."""
    if response.status_code in {301, 302, 303}:
        there = urlsplit(response["Location"]).path
        if there == resolve_url("account_login"):
            return "door"
        if there == resolve_url("second_step"):
            return "step"
    if response.status_code >= 400:
        return str(response.status_code)
    return "ok" if wrote or method in SAFE else "no"


def missing(known: Iterable[Row], addresses: Iterable[str]) -> list[str]:
    """Return the addresses that no line stands for."""
    lines = list(known)
    return [address for address in addresses if line_of(lines, address) is None]


def dead(known: Iterable[Row], addresses: Iterable[str]) -> list[str]:
    """Return the lines that stand for no address."""
    lines, there = list(known), list(addresses)
    alive = {row.address for address in there if (row := line_of(lines, address))}
    return [row.address for row in lines if row.address not in alive]


def strange(known: Iterable[Row], declared: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the lines whose access is not what the view declares, with both."""
    lines = list(known)
    return {
        address: (row.access, access)
        for address, access in declared.items()
        if (row := line_of(lines, address)) and row.access != access
    }
