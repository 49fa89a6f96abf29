"""A small site behind a page cache, and a client that asks it as a server would."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from wsgiref.util import setup_testing_defaults

import brotli
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path

from tequio.kernel.pagecache import PageCache, cached_page

if TYPE_CHECKING:
    from collections.abc import Callable


NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)
MIDNIGHT = NOON + timedelta(hours=12)


class World:
    """What the views below show and how often each was rendered."""

    def __init__(self) -> None:
        self.rendered: Counter[str] = Counter()
        self.text, self.database_is_away, self.delay = "Avance: 3 de 8", False, 0.0
        self.answer = HttpResponse

    def page(self, request: HttpRequest) -> HttpResponse:
        self.rendered[request.path] += 1
        time.sleep(self.delay)
        if self.database_is_away:
            raise OperationalError("the server is away")
        return HttpResponse(f"<p>{self.text}</p>{request.GET.urlencode()}" + "<p>Compromiso</p>" * 200)


world = World()


@cached_page(parameters=["pagina", "tema"])
def public(request: HttpRequest) -> HttpResponse:
    return world.page(request)


@cached_page(fresh_until=lambda _request: MIDNIGHT)
def daily(request: HttpRequest) -> HttpResponse:
    return world.page(request)


def private(request: HttpRequest) -> HttpResponse:
    return world.page(request)


@cached_page()
def withdrawn(request: HttpRequest) -> HttpResponse:
    response = world.page(request)
    response.status_code = 410 if world.text == "retirado" else 200
    return response


@cached_page()
def missing(request: HttpRequest, _name: str) -> HttpResponse:
    return HttpResponse(world.page(request).content, status=404)


@cached_page()
def absent(_request: HttpRequest) -> HttpResponse:
    raise Http404


def set_cookie(response: HttpResponse, _request: HttpRequest) -> None:
    response.set_cookie("a", "b")


def read_session(_response: HttpResponse, request: HttpRequest) -> None:
    request.session.get("who")


def make_token(_response: HttpResponse, request: HttpRequest) -> None:
    get_token(request)


def header(name: str, value: str) -> Callable[[HttpResponse, HttpRequest], None]:
    return lambda response, _request: response.headers.__setitem__(name, value)


def status(code: int) -> Callable[[HttpResponse, HttpRequest], None]:
    return lambda response, _request: setattr(response, "status_code", code)


SPOILERS: dict[str, Callable[[HttpResponse, HttpRequest], None]] = {
    "cookie": set_cookie,
    "session": read_session,
    "csrf": make_token,
    "private": header("Cache-Control", "private, max-age=60"),
    "no-store": header("Cache-Control", "no-store"),
    "vary": header("Vary", "Accept-Encoding, Cookie"),
    "error": status(500),
    "redirect": status(302),
    "large": lambda response, _request: response.write(b"x" * 2_000_001),
}


def spoiled(name: str) -> Callable[[HttpRequest], HttpResponse]:
    @cached_page()
    def view(request: HttpRequest) -> HttpResponse:
        response = world.page(request)
        SPOILERS[name](response, request)
        return response

    return view


@cached_page()
def streaming(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([world.page(request).content])


urlpatterns = [
    path("estilo/", include("tequio.kernel.urls")),  # every page names its picture there
    path("publica/", public),
    path("diaria/", daily),
    path("privada/", private),
    path("retirada/", withdrawn),
    path("no/<str:_name>/", missing),
    path("ausente/", absent),
    path("streaming/", streaming),
    *(path(f"{name}/", spoiled(name)) for name in SPOILERS),
]


class Got:
    """An answer as a client reads it."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.raw = int(status[:3]), dict(headers), body
        assert len(self.headers) == len(headers) or self.headers.get("Set-Cookie")
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding", ""))
        self.text = (unpack(body) if unpack and body else body).decode()


class Client:
    """Asks a page cache as a server would."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache

    def get(self, path: str, query: str = "", **environ: str) -> Got:
        full = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", **environ}
        setup_testing_defaults(full)
        sent: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.cache(full, lambda status, headers, _exc=None: sent.append((status, headers)))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        return Got(*sent[-1], body)
