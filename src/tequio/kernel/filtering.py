"""Reads what an address asks of a list; what it cannot mean is told in words, with links that take it away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render

from tequio.kernel.components import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.http import HttpRequest, HttpResponse

SHEET: Final = "hoja"
LONGEST_SAID: Final = 60
LONGEST_NUMBER: Final = 6  # digits
PASSING: Final = re.compile("atajos$|fbclid$|gclid$|utm_")
"""Parameters that no list reads and any address may carry: our own switch of shortcuts, and what networks add."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A parameter that a list does not understand, why, and the address without it."""

    name: str
    said: str
    without: str


class BadAddress(Exception):
    """An address asks what no list can answer; it is answered with the faults, as a 400."""

    def __init__(self, faults: Iterable[Fault], known: Mapping[str, str]) -> None:
        self.faults, self.known = tuple(faults), known
        super().__init__("; ".join(fault.said for fault in self.faults))


class Asked:
    """What an address asks: each known parameter is read once, and `settle` refuses the rest."""

    def __init__(self, request: HttpRequest, known: Mapping[str, str]) -> None:
        """Read the query of a request; `known` gives each parameter's name in words."""
        self.query, self.path, self.known = request.GET, request.path, known
        self.faults: list[Fault] = []
        for name in self.query:
            if name not in known and not PASSING.match(name):
                self.refuse(name, f"no existe el filtro «{visible(name)}»")

    def text(self, name: str, longest: int = 200) -> str:
        """Return a free text without its outer spaces, refused when it is too long."""
        value = self.query.get(name, "").strip()
        if len(value) > longest:
            return self.refuse(name, f"«{self.known[name]}» pasa de {longest} caracteres")
        return value

    def one_of(self, name: str, values: Iterable[str]) -> str:
        """Return the value of a filter, or nothing; one that is not among the offered is refused."""
        value = self.text(name)
        if value and value not in values:
            return self.refuse(name, f"«{self.known[name]}» no tiene la opción «{visible(value)}»")
        return value

    def sheet(self) -> int:
        """Return the number of the sheet asked for, from 1."""
        value = self.query.get(SHEET, "1")
        if value.isascii() and value.isdigit() and 0 < len(value) <= LONGEST_NUMBER and int(value):
            return int(value)
        self.refuse(SHEET, f"«{visible(value)}» no es un número de hoja")
        return 1

    def hold_sheet(self, sheet: int, last: int) -> None:
        """Refuse a sheet after the last one."""
        if sheet > max(last, 1):
            self.refuse(SHEET, f"la hoja {sheet} no existe; la última es la {max(last, 1)}")
        self.settle()

    def refuse(self, name: str, said: str) -> str:
        """Keep a fault and return nothing in place of the value."""
        self.faults.append(Fault(name, said, self.address(**{name: ""})))
        return ""

    def settle(self) -> None:
        """Raise what was found wrong, if anything was."""
        if self.faults:
            raise BadAddress(self.faults, self.known)

    def address(self, path: str = "", /, **changes: str) -> str:
        """Return this address with some parameters changed or, when empty, taken away; the sheet starts again."""
        query = self.query.copy()
        for name, value in {SHEET: "", **changes}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        return f"{path or self.path}?{query.urlencode()}" if query else path or self.path

    def active(self, named: Mapping[str, str]) -> tuple[Link, ...]:
        """Return the filters in force, by parameter and name, as links that take each away."""
        return tuple(Link(name, self.address(**{key: ""})) for key, name in named.items() if name)


def visible(text: str) -> str:
    """Return what was typed, short enough to be shown."""
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"


def explains_bad_addresses(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a BadAddress with a page that names each fault and how to go on."""

    @wraps(view)
    def explained(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadAddress as bad:
            told = {"faults": bad.faults, "known": bad.known, "whole": request.path}
            return render(request, "kernel/bad_address.html", told, status=HTTPStatus.BAD_REQUEST)

    return explained
