"""Deny by default: every address declares its permission, or that it is public (tequio.kernel.access)."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI
from ninja.operation import PathView

from tequio.kernel.access import PUBLIC, declared, public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.http import HttpRequest


def undeclared(patterns: Iterable[URLPattern | URLResolver], prefix: str = "", *, above: bool = False) -> Iterator[str]:
    """Yield the addresses that declare nothing, themselves or in what includes them."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        here = above or "access" in vars(pattern)
        if isinstance(pattern, URLResolver):
            yield from undeclared(pattern.url_patterns, address, above=here)
        else:
            yield from (f"{address} ({view})" for view in silent_views(pattern.callback, declared_above=here))


def silent_views(view: Callable[..., Any], *, declared_above: bool) -> list[str]:
    """Return what answers at an address without a declaration; each operation of an API declares its own."""
    owner = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    if isinstance(owner, PathView):
        functions = [operation.view_func for operation in owner.operations]
        return [function.__name__ for function in functions if not hasattr(function, "access")]
    return [] if declared_above or hasattr(view, "access") else [getattr(view, "__name__", repr(view))]


def test_every_address_declares_who_may_open_it() -> None:
    assert list(undeclared(get_resolver().url_patterns)) == []


def page(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


def open_page(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_silent_address_is_found() -> None:
    silent = [path("a/", page), path("b/", public(open_page))]
    assert list(undeclared(silent)) == ["a/ (page)"]


def test_an_inclusion_declares_for_what_it_includes() -> None:
    included = (silent_pages(), "library", "library")
    assert list(undeclared([path("x/", included)])) == ["x/a/ (page)"]
    assert list(undeclared([declared(path("x/", included), PUBLIC)])) == []


def silent_pages() -> list[URLPattern]:
    return [path("a/", page)]


def test_an_operation_of_an_api_declares_its_own() -> None:
    api = NinjaAPI(urls_namespace="house", docs_url=None)

    @api.get("/silent")
    def silent(request: HttpRequest) -> str:
        return request.path

    @api.get("/open")
    @public
    def spoken(request: HttpRequest) -> str:
        return request.path

    addresses = list(undeclared([declared(path("api/", api.urls), PUBLIC)]))
    assert addresses == ["api/silent (silent)"]
