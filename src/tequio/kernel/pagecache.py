"""Answers public pages from memory, before Django: a WSGI application around the product's.

A page is kept only when its view says so (`cached_page`) and its answer is truly public. It is rendered again
when the edition stamp changes (editionstamp.py) or when it changes by itself: docs/page-cache.md.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections import OrderedDict
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.timezone import localtime

from tequio.kernel.editionstamp import EditionStamp, edition_stamp
from tequio.kernel.pages import Answer, Header, Page, make_page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

Key = tuple[bool, str, str, tuple[tuple[str, str], ...]]

CACHEABLE: Final = "tequio.cacheable_until"  # in the request's environ: seconds since 1970, set by the view
DATABASE_AWAY: Final = "tequio.database_away"  # likewise: the view could not reach the database
LONGEST_QUERY: Final = 1_000
MOST_PARAMETERS: Final = 20
LARGEST_PAGE: Final = 2_000_000  # bytes
MISSING_FOR: Final = 10.0  # seconds for which «not found» is remembered
LONGEST_WAIT: Final = 10.0  # seconds a request waits for another that renders the same page
REST: Final = 1.0  # seconds during which a database found away is not asked again for a page we hold
MOST_UNCACHED: Final = 10_000  # addresses remembered as not kept
KEPT_STATUSES: Final = (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
PRIVATE: Final = re.compile(r"private|no-store")


def cached_page(
    *, parameters: Collection[str] = (), fresh_until: Callable[[HttpRequest], datetime | None] | None = None
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a public view's page be kept; `fresh_until` gives the instant at which the page changes by itself.

    An address with a parameter that the view does not declare is answered but never kept.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                until = fresh_until(request) if fresh_until else None
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
            except (OperationalError, InterfaceError):
                request.META[DATABASE_AWAY] = True
                raise
            if set(request.GET) <= set(parameters):
                request.META[CACHEABLE] = until.timestamp() if until else math.inf
            return response

        return cached

    return decorate


class Shelf:
    """Pages by key within a number of bytes; the least recently used give way."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.used = capacity, 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        """Return a page and remember that it was used."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page in place of the one before."""
        with self._lock:
            self._take(key)
            self._pages[key] = page
            self.used += page.size
            while self.used > self.capacity:
                self._take(next(iter(self._pages)))

    def discard(self, key: Key) -> None:
        """Forget a page if it is there."""
        with self._lock:
            self._take(key)

    def _take(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.used -= page.size


class PageCache:
    """The WSGI application that answers from memory what it may, and asks the product's for the rest."""

    def __init__(self, application: WSGIApplication, *, stamp: EditionStamp, capacity: int) -> None:
        self.application, self.stamp = application, stamp
        self.pages, self.missing = Shelf(capacity), Shelf(capacity // 16)
        self.in_flight: dict[Key, threading.Event] = {}
        self.uncached: OrderedDict[Key, None] = OrderedDict()
        self._lock = threading.Lock()
        self._database_rests_until = 0.0
        names = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages")
        self._personal = re.compile("|".join(f"{re.escape(name)}=" for name in names))
        self._static = settings.STATIC_URL

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        answer = self._remembered(key, environ, start_response)
        return self._rendered(key, environ, start_response) if answer is None else answer

    def _remembered(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        """Answer from memory if what is there is true, or is all there is while the database rests."""
        page = self.pages.get(key) or self.missing.get(key)
        if page is None:
            return None
        if page.is_fresh(self.stamp.current(), at=time.time()):
            return page.answer(environ, start_response)
        if time.monotonic() < self._database_rests_until:
            return _stale(page, environ, start_response)
        return None

    def _key(self, environ: WSGIEnvironment) -> Key | None:
        """Return what the page depends on, or None for a request that memory never answers."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(self._static):
            return None
        cookies = environ.get("HTTP_COOKIE")
        if "HTTP_AUTHORIZATION" in environ or (cookies and self._personal.search(cookies)):
            return None
        parameters: tuple[tuple[str, str], ...] = ()
        if query:
            if len(query) > LONGEST_QUERY:
                return None
            try:
                pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
            except ValueError:
                return None
            parameters = tuple(sorted(pairs, key=lambda pair: pair[0]))
        header, value = settings.SECURE_PROXY_SSL_HEADER or ("", None)
        secure = environ["wsgi.url_scheme"] == "https" or (bool(header) and environ.get(header) == value)
        return secure, environ.get("HTTP_HOST", "").lower(), environ.get("SCRIPT_NAME", "") + path, parameters

    def _rendered(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Ask the product for the page; of the requests that want one page at a time, one does."""
        if key in self.uncached:
            return self._asked(key, environ, start_response)
        with self._lock:
            flight = self.in_flight.get(key)
            if flight is None:
                mine = self.in_flight[key] = threading.Event()
        if flight is not None:
            flight.wait(LONGEST_WAIT)
            answer = self._remembered(key, environ, start_response)
            return self._asked(key, environ, start_response) if answer is None else answer
        try:
            return self._asked(key, environ, start_response)
        finally:
            with self._lock:
                del self.in_flight[key]
            mine.set()

    def _asked(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Return the product's answer, kept if it may be; the last good page if the database is away."""
        stamp = self.stamp.current()  # before rendering: what changes meanwhile makes this page old
        asked = {**environ, "REQUEST_METHOD": "GET"}
        held: list[tuple[str, list[Header]]] = []

        def hold(status: str, headers: list[Header], _exc_info: Any = None) -> Callable[[bytes], object]:
            held.append((status, headers))
            return _unwritable

        answer = self.application(asked, hold)
        status, headers = held[-1]
        before = self.pages.get(key) or self.missing.get(key)
        if asked.get(DATABASE_AWAY) and before is not None:
            _close(answer)
            self._database_rests_until = time.monotonic() + REST
            return _stale(before, environ, start_response)
        if not (isinstance(answer, HttpResponse) and CACHEABLE in asked and is_public(answer)):
            self._refuse(key, int(status[:3]))
            return _passed_on(answer, status, headers, environ, start_response)
        _close(answer)
        until, now = asked[CACHEABLE], time.time()
        if answer.status_code == HTTPStatus.NOT_FOUND:
            until = min(until, now + MISSING_FOR)
        answered = Answer(status, headers, answer.content)
        page = make_page(answered, stamp=stamp, fresh_until=until, before=before, at=now)
        self._keep(key, page)
        return page.answer(environ, start_response)

    def _keep(self, key: Key, page: Page) -> None:
        """Put a page on its shelf; «not found» has a small one of its own, so that guesses evict no page."""
        here, there = (self.pages, self.missing) if page.status.startswith("200") else (self.missing, self.pages)
        there.discard(key)
        here.put(key, page)
        self.uncached.pop(key, None)

    def _refuse(self, key: Key, status: int) -> None:
        """Remember that an address is not kept; what was kept of it goes, unless the server itself failed."""
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return
        self.pages.discard(key)
        self.missing.discard(key)
        with self._lock:
            self.uncached[key] = None
            if len(self.uncached) > MOST_UNCACHED:
                self.uncached.popitem(last=False)


def is_public(response: HttpResponse) -> bool:
    """Tell whether an answer is the same for everybody, so that it may be kept."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return (
        response.status_code in KEPT_STATUSES
        and not response.cookies
        and not PRIVATE.search(response.get("Cache-Control", ""))
        and not response.has_header("Content-Encoding")
        and varies <= {"", "accept-encoding"}
        and len(response.content) <= LARGEST_PAGE
    )


def page_cache(application: WSGIApplication) -> WSGIApplication:
    """Return the application behind this deployment's page cache; none while developing or where it has no room."""
    if settings.DEBUG or not settings.PAGE_CACHE_BYTES:
        return application
    return PageCache(application, stamp=edition_stamp(), capacity=settings.PAGE_CACHE_BYTES)


def _stale(page: Page, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a page that may be out of date, saying from when it is."""
    moment = localtime(datetime.fromtimestamp(page.rendered_at, UTC)).isoformat(timespec="seconds")
    return page.answer(environ, start_response, (("Tequio-Datos-De", moment),))


def _passed_on(
    answer: Iterable[bytes],
    status: str,
    headers: list[Header],
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    """Send the product's answer as it is; a HEAD request, which was asked as GET, gets no body."""
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        _close(answer)
        return ()
    return answer


def _close(answer: Iterable[bytes]) -> None:
    """End the product's request, which gives its database connection back."""
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _unwritable(_data: bytes) -> object:
    """Refuse WSGI's old way of writing, which Django does not use."""
    raise NotImplementedError
