"""The site as an attacker maps it: every address that the resolver knows, and what each of its parts may be."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import URLResolver, get_resolver

from tequio.kernel.access import PUBLIC
from tequio.kernel.datasets import datasets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.urls import URLPattern

HOLE: Final = re.compile(r"<(?:\w+:)?(\w+)>|\((?!\?)(?:[^()]|\([^()]*\))*\)")
REAL: Final = {
    "slug": "tonalli-2023-2025",
    "key": "arboles",
    "number": "1",
    "name": "pal.pdf",
    "code": "TON1-01",
    "colour": "9b2247",
    "clave": "TON1",
    "extension": "ttl",
    "version": "2026.01.15",
    "rest": "nada",
}
"""What stands in each hole when another is attacked."""
UNDECLARED: Final = {"plan_file": ("edicion",), "wagtail_serve": ("pagina", "preview")}
ONE: Final = "1"
DESK: Final = "/gestion/"


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver, the parameters that its view declares, and whether it is a page for everyone."""

    pattern: str
    parameters: tuple[str, ...]
    is_public: bool

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of the parts that may be anything, in order."""
        return tuple(found.group(1) or "" for found in HOLE.finditer(self.pattern))

    def filled(self, at: int = -1, value: str = "") -> str:
        """Return the address with real parts, and a value in the hole that is attacked."""
        parts = [REAL.get(name, ONE) for name in self.holes]
        if at >= 0:
            parts[at] = value
        given = iter(parts)
        return HOLE.sub(lambda _: next(given), self.pattern)


def patterns(found: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the resolver with its pattern."""
    for each in found:
        address = prefix + str(each.pattern).strip("^$").replace(r"\Z", "")
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, address)
        else:
            yield address, each


def parameters(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the parameters that a view declares to the page cache, under all that wraps it."""
    while view:
        own = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "parameters" in own:
            return tuple(own["parameters"])
        view = getattr(view, "__wrapped__", None)
    return ()


@cache
def addresses() -> tuple[Address, ...]:
    """Return every address once; of the API's, which are made from a table, the lists know their parameters."""
    made = []
    for address, pattern in patterns(get_resolver().url_patterns):
        named = parameters(pattern.callback) or UNDECLARED.get(pattern.name or "", ())
        is_public = getattr(pattern.callback, "access", PUBLIC) == PUBLIC
        made.append(Address(address, tuple(named), is_public=is_public))
    return tuple(dict.fromkeys(made))


def outside_addresses() -> list[Address]:
    """Return the addresses outside the desk; of the API's tables, which are all made alike, the longest one's."""
    alike = tuple(f"/api/v1/{key}" for key in datasets() if key != "actividades")
    return [each for each in addresses() if not each.pattern.startswith((DESK, *alike))]


def desk_addresses() -> list[Address]:
    """Return the addresses of the editors' desk."""
    return [each for each in addresses() if each.pattern.startswith(DESK)]
