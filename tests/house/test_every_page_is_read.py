"""Every page that anybody may open is opened by a journey in a real browser: a new one without it fails here."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tequio.kernel.access import OPEN_FORM, PUBLIC

from .source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def public_pages(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Yield the routes of our own pages for everybody: those whose address is empty or ends in a slash."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from public_pages(pattern.url_patterns, route)
        elif getattr(pattern.callback, "access", "") in {PUBLIC, OPEN_FORM} and (not route or route.endswith("/")):
            yield route


def opened() -> set[str]:
    """Return the routes that the journeys' texts lead to, alone or after the address of an exercise."""
    texts = {
        node.value
        for file in (ROOT / "tests" / "journeys").glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/" in node.value
        if " " not in node.value
    }
    bases = ["", *(text for text in texts if text.startswith("/ejercicios/") and text != "/ejercicios/")]
    return {found for text in texts for base in bases if (found := route(base + text.partition("?")[0]))}


def route(address: str) -> str:
    """Return the route of an address, or nothing."""
    try:
        return f"{resolve(address).route}|" if address.startswith("/") else ""
    except Resolver404:
        return ""


def test_every_public_page_has_a_journey() -> None:
    asked = {f"{page}|" for page in public_pages(get_resolver().url_patterns)}
    assert asked - opened() == set()
