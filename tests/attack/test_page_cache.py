"""The shared page cache in front of the whole product: nobody leaves anything in it for the next reader."""

from __future__ import annotations

from typing import TYPE_CHECKING
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.test.utils import override_settings

from tequio.accounts.models import User
from tequio.kernel.editionstamp import EditionStamp
from tequio.kernel.pagecache import PageCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Ask = Callable[..., tuple[str, dict[str, str], bytes]]

pytestmark = pytest.mark.req("SI-01")

PATHS = ("/", "/tablero/", "/buscar/?q=agua", "/ejercicios/", "/tablero/atom.xml", "/api/v1/planes", "/no-existe/")
EVIL = "evil.example"
POISON = {
    "another host": {"HTTP_HOST": EVIL},
    "host with a port": {"HTTP_HOST": "localhost:1"},
    "host with a name": {"HTTP_HOST": f"{EVIL}@localhost"},
    "two hosts": {"HTTP_HOST": f"localhost, {EVIL}"},
    "no host": {"HTTP_HOST": ""},
    "forwarded host": {"HTTP_X_FORWARDED_HOST": EVIL, "HTTP_X_HOST": EVIL, "HTTP_FORWARDED": f"host={EVIL}"},
    "forwarded port": {"HTTP_X_FORWARDED_PORT": "6666"},
    "forwarded scheme": {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_SCHEME": "evil"},
    "forwarded for": {"HTTP_X_FORWARDED_FOR": f"<script>{EVIL}"},
    "rewritten address": {"HTTP_X_ORIGINAL_URL": "/gestion/", "HTTP_X_REWRITE_URL": f"/{EVIL}"},
    "another method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    "language": {"HTTP_ACCEPT_LANGUAGE": "en"},
    "kind": {"HTTP_ACCEPT": "application/json"},
    "encoding": {"HTTP_ACCEPT_ENCODING": "br;q=1.0, gzip;q=0.5, *;q=0"},
    "broken encoding": {"HTTP_ACCEPT_ENCODING": "gzip;q=\u00e9,br;q=nan,*;q=inf" * 40},
    "range": {"HTTP_RANGE": "bytes=0-1"},
    "origin": {"HTTP_ORIGIN": f"https://{EVIL}", "HTTP_REFERER": f"https://{EVIL}/"},
    "a foreign cookie": {"HTTP_COOKIE": f"theme={EVIL}; csrftoken={EVIL}"},
    "a body": {"CONTENT_LENGTH": "5", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
    "held already": {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2050 00:00:00 GMT"},
    "prefetch": {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_PURPOSE": "prefetch"},
}


@pytest.fixture
def ask(first_pal_client: Client, tmp_path: Path) -> Iterator[Ask]:
    """Return what asks the product behind a fresh page cache: its status, headers and body."""
    product = WSGIHandler()
    cache = PageCache(product, stamp=EditionStamp(tmp_path / "stamp"), capacity=8_000_000)

    def asked(path: str, method: str = "GET", **environ: str) -> tuple[str, dict[str, str], bytes]:
        whole: dict[str, object] = {}
        setup_testing_defaults(whole)
        where, _, query = path.partition("?")
        whole |= {"REQUEST_METHOD": method, "PATH_INFO": where, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
        said: list[tuple[str, dict[str, str]]] = []
        body = cache(whole | environ, lambda status, headers, _exc=None: said.append((status, dict(headers))))
        told = b"".join(body)
        return (*said[-1], told)

    # As Django's own client does: the connection holds the test's transaction, so no request may close it.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield asked
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("name", POISON)
def test_what_one_asks_strangely_the_next_never_sees(ask: Ask, name: str) -> None:
    for path in PATHS:
        strange = ask(path, **POISON[name])
        assert not strange[0].startswith("5"), path
        assert EVIL.encode() not in strange[2], path
        assert EVIL not in str(strange[1]), path
        status, headers, body = ask(path)
        assert status.startswith(("200", "404")), path
        assert body
        assert "Content-Encoding" not in headers
        assert EVIL.encode() not in body


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", ""])
def test_no_method_leaves_an_answer_for_a_reader(ask: Ask, method: str) -> None:
    for path in PATHS:
        ask(path, method)
        status, _, body = ask(path)
        assert status.startswith(("200", "404"))
        assert body


def test_no_two_pages_share_a_validator(ask: Ask) -> None:
    tags = {}
    for path in PATHS:
        for encoding in ("identity", "gzip", "br"):
            status, headers, body = ask(path, HTTP_ACCEPT_ENCODING=encoding)
            if status.startswith("200"):
                assert tags.setdefault(headers["ETag"], (path, body)) == (path, body)
                unchanged = ask(path, HTTP_IF_NONE_MATCH=headers["ETag"], HTTP_ACCEPT_ENCODING=encoding)
                assert unchanged[0].startswith("304")


@pytest.mark.parametrize(
    "path",
    ["//", "//evil.example/", "//tablero/", "/./tablero/", "/tablero//", "/tablero/../gestion/", "/\\evil.example/"],
)
def test_odd_paths_are_pages_of_their_own(ask: Ask, path: str) -> None:
    status, headers, _ = ask(path)
    assert status.startswith(("404", "400", "301"))
    assert not headers.get("Location", "/").startswith(("//", "/\\", "http"))
    assert ask("/tablero/")[0].startswith("200")


@pytest.mark.parametrize(
    "spelled", ["sessionid={}", "sessionid ={}", " sessionid={}", "a=b;sessionid={}", 'x="; sessionid={}']
)
def test_nothing_shown_to_somebody_signed_in_is_kept(ask: Ask, spelled: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("secretaria-zq", "zq@example.mx"))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    for path in (*PATHS, "/gestion/", "/gestion/account/"):
        ask(path, HTTP_COOKIE=spelled.format(key))
        _, headers, body = ask(path)
        assert b"secretaria-zq" not in body
        assert b"zq@example.mx" not in body
        assert key not in str(headers)


def test_scheme_that_a_reader_claims_does_not_evict_the_page(ask: Ask) -> None:
    with override_settings(SECURE_SSL_REDIRECT=False):
        first = ask("/tablero/")
        ask("/tablero/", HTTP_X_FORWARDED_PROTO="https")
        assert ask("/tablero/")[1]["Last-Modified"] == first[1]["Last-Modified"]
