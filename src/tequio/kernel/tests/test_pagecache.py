"""The page cache: never private, never older than the last publication, there when the database is not."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel.editionstamp import EditionStamp
from tequio.kernel.pagecache import PageCache, Shelf
from tequio.kernel.pages import Answer, encoding, make_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

from . import pagecache_site
from .pagecache_site import MIDNIGHT, NOON, SPOILERS, Client, Got, world

# A request closes old connections; one that an earlier test opened is left in peace only inside a transaction.
pytestmark = [pytest.mark.urls(pagecache_site.__name__), pytest.mark.django_db]


@pytest.fixture
def stamp(tmp_path: Path) -> EditionStamp:
    return EditionStamp(tmp_path / "edition-stamp")


@pytest.fixture
def client(stamp: EditionStamp, settings: SettingsWrapper, tmp_path: Path) -> Iterator[Client]:
    settings.STATIC_ROOT = tmp_path
    world.__init__()
    # As Django's own test client does: a request must not close the connection that other tests hold.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Client(PageCache(WSGIHandler(), stamp=stamp, capacity=1_000_000))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_page_is_rendered_once_and_says_that_it_is_shared(client: Client) -> None:
    first, second = client.get("/publica/"), client.get("/publica/")
    assert world.rendered["/publica/"] == 1
    assert (first.status, first.text, first.headers) == (second.status, second.text, second.headers)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in first.headers
    assert "Content-Security-Policy" in first.headers


@pytest.mark.parametrize(
    ("accepts", "used"),
    [
        ("br, gzip", "br"), ("gzip, deflate", "gzip"), ("gzip;q=0.5, br;q=0", "gzip"), ("*", "br"), ("", None),
        ("identity", None), ("gzip;q=0", None), ("br;q=,gzip", "br"), ("GZIP", "gzip"), ("gzip;q=abc", None),
    ],
)  # fmt: skip
def test_each_client_gets_an_encoding_it_takes(client: Client, accepts: str, used: str | None) -> None:
    plain = client.get("/publica/").text
    got = client.get("/publica/", HTTP_ACCEPT_ENCODING=accepts)
    assert got.headers.get("Content-Encoding") == used
    assert got.text == plain
    assert int(got.headers["Content-Length"]) == len(got.raw)
    assert world.rendered["/publica/"] == 1


def test_etags_differ_by_encoding_and_give_304(client: Client) -> None:
    got = {accepts: client.get("/publica/", HTTP_ACCEPT_ENCODING=accepts) for accepts in ("br", "gzip", "")}
    assert len({answer.headers["ETag"] for answer in got.values()}) == 3
    etag = got["br"].headers["ETag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get("/publica/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=held)
        assert (again.status, again.raw, again.headers["ETag"]) == (304, b"", etag)
        assert "Content-Length" not in again.headers
    assert client.get("/publica/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etag).status == 200
    assert client.get("/publica/", HTTP_IF_NONE_MATCH='"other"').status == 200


def test_date_of_modification_gives_304_only_without_etag(client: Client) -> None:
    modified = client.get("/publica/").headers["Last-Modified"]
    assert client.get("/publica/", HTTP_IF_MODIFIED_SINCE=modified).status == 304
    assert client.get("/publica/", HTTP_IF_MODIFIED_SINCE="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert client.get("/publica/", HTTP_IF_MODIFIED_SINCE="ayer").status == 200
    both = client.get("/publica/", HTTP_IF_MODIFIED_SINCE=modified, HTTP_IF_NONE_MATCH='"other"')
    assert both.status == 200


def test_head_has_the_headers_of_get_and_no_body(client: Client) -> None:
    head = client.get("/publica/", REQUEST_METHOD="HEAD")
    assert head.raw == b""
    assert head.headers == client.get("/publica/").headers
    assert world.rendered["/publica/"] == 1
    assert client.get("/privada/", REQUEST_METHOD="HEAD").raw == b""


def test_drop_shows_the_change_at_once(client: Client, stamp: EditionStamp) -> None:
    before = client.get("/publica/")
    world.text = "Avance: 4 de 8"
    assert "3 de 8" in client.get("/publica/").text
    stamp.drop(at=NOON)
    after = client.get("/publica/", HTTP_IF_NONE_MATCH=before.headers["ETag"])
    assert after.status == 200
    assert "4 de 8" in after.text


def test_page_that_did_not_change_keeps_its_etag_and_date_after_a_drop(client: Client, stamp: EditionStamp) -> None:
    with time_machine.travel(NOON, tick=False):
        before = client.get("/publica/")
    stamp.drop(at=NOON)
    with time_machine.travel(MIDNIGHT, tick=False):
        after = client.get("/publica/")
    assert world.rendered["/publica/"] == 2
    assert after.headers == before.headers


def test_publication_while_a_page_is_rendered_is_not_lost(client: Client, stamp: EditionStamp) -> None:
    world.delay = 0.2
    rendering = threading.Thread(target=client.get, args=["/publica/"])
    rendering.start()
    time.sleep(0.1)
    stamp.drop(at=NOON)
    rendering.join()
    client.get("/publica/")
    assert world.rendered["/publica/"] == 2


def test_page_changes_by_itself_at_its_instant(client: Client) -> None:
    with time_machine.travel(MIDNIGHT - timedelta(seconds=1), tick=False):
        client.get("/diaria/")
        client.get("/diaria/")
        assert world.rendered["/diaria/"] == 1
    with time_machine.travel(MIDNIGHT, tick=False):
        client.get("/diaria/")
    assert world.rendered["/diaria/"] == 2


@pytest.mark.parametrize("name", [*SPOILERS, "streaming", "privada"])
def test_what_is_not_public_is_never_kept(client: Client, name: str) -> None:
    first = client.get(f"/{name}/")
    client.get(f"/{name}/")
    assert world.rendered[f"/{name}/"] == 2
    assert client.cache.pages.used == client.cache.missing.used == 0
    assert "Tequio-Datos-De" not in first.headers


@pytest.mark.parametrize(
    "personal",
    [
        {"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_COOKIE": "_ga=1; sessionid=abc"}, {"HTTP_COOKIE": "messages=x"},
        {"HTTP_AUTHORIZATION": "Bearer x"}, {"REQUEST_METHOD": "POST"}, {"HTTP_COOKIE": "django_language=en"},
    ],
)  # fmt: skip
def test_personal_requests_neither_read_nor_write_the_cache(client: Client, personal: dict[str, str]) -> None:
    client.get("/publica/", **personal)
    assert client.cache.pages.used == 0
    client.get("/publica/")
    kept = client.cache.pages.used
    world.text = "solo para mí"
    assert "solo para mí" in client.get("/publica/", **personal).text or personal.get("REQUEST_METHOD") == "POST"
    assert client.cache.pages.used == kept
    assert "solo para mí" not in client.get("/publica/").text


def test_foreign_cookies_do_not_matter(client: Client) -> None:
    client.get("/publica/")
    client.get("/publica/", HTTP_COOKIE="_ga=GA1.2.3; otra=1")
    assert world.rendered["/publica/"] == 1


def test_order_of_parameters_does_not_matter_and_their_values_do(client: Client) -> None:
    assert "pagina=2" in client.get("/publica/", "tema=agua&pagina=2").text
    client.get("/publica/", "pagina=2&tema=agua")
    assert world.rendered["/publica/"] == 1
    for query in (
        "pagina=2",
        "pagina=2&tema=",
        "pagina=2%26tema%3Dagua",
        "tema=agua&pagina=3",
        "tema=agua2&pagina=",
    ):
        client.get("/publica/", query)
    assert world.rendered["/publica/"] == 6


@pytest.mark.parametrize(
    "query",
    [
        *("utm_source=x", "pagina=1&otra=1", "%00=1", "=%ff", "__proto__=1"),
        *("a" * 1_001, "&".join(f"pagina={n}" for n in range(50))),
    ],
)
def test_hostile_or_unknown_query_is_answered_and_never_kept(client: Client, query: str) -> None:
    assert client.get("/publica/", query).status == (400 if "%00" in query else 200)
    assert client.cache.pages.used == 0


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=2, max_size=2, unique=True))
def test_keys_never_collide(two: list[tuple[str, str, str]]) -> None:
    keys = [
        PageCache._key(
            _keyless, {"REQUEST_METHOD": "GET", "PATH_INFO": "/" + where, "wsgi.url_scheme": "http",
                       "QUERY_STRING": f"{quote(name, safe='')}={quote(value, safe='')}"}
        )
        for where, name, value in ((a, b or "n", c) for a, b, c in two)
    ]  # fmt: skip
    same = [(a, b or "n", c) for a, b, c in two]
    assert None in keys or (keys[0] == keys[1]) == (same[0] == same[1])


_keyless = PageCache.__new__(PageCache)
_keyless._static, _keyless._personal = "/static/", None


def test_hosts_and_schemes_are_kept_apart(client: Client, settings: SettingsWrapper) -> None:
    client.get("/publica/")
    client.get("/publica/", HTTP_HOST="127.0.0.1")
    client.get("/publica/", HTTP_X_FORWARDED_PROTO="https")  # no proxy is set: nobody's word
    assert world.rendered["/publica/"] == 2
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.get("/publica/", HTTP_X_FORWARDED_PROTO="https")
    assert world.rendered["/publica/"] == 3
    assert client.get("/publica/", HTTP_HOST="evil.example").status == 400


def test_a_herd_renders_a_page_once(client: Client) -> None:
    world.delay = 0.2
    answers: list[Got] = []
    herd = [threading.Thread(target=lambda: answers.append(client.get("/publica/"))) for _ in range(20)]
    for one in herd:
        one.start()
    for one in herd:
        one.join()
    assert world.rendered["/publica/"] == 1
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert client.cache.in_flight == {}


def test_private_pages_do_not_wait_for_each_other(client: Client) -> None:
    client.get("/privada/")
    world.delay = 0.3
    began = time.monotonic()
    crowd = [threading.Thread(target=client.get, args=["/privada/"]) for _ in range(5)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert time.monotonic() - began < 1.0


def test_database_away_leaves_the_last_good_page(client: Client, stamp: EditionStamp) -> None:
    with time_machine.travel(NOON, tick=False):
        good = client.get("/publica/")
    world.database_is_away = True
    assert client.get("/publica/").headers == good.headers
    stamp.drop(at=NOON)
    old = client.get("/publica/")
    assert (old.status, old.text) == (200, good.text)
    assert old.headers["Tequio-Datos-De"] == "2026-03-02T12:00:00-06:00"
    client.get("/publica/")
    assert world.rendered["/publica/"] == 2
    world.database_is_away, world.text = False, "ha vuelto"
    client.cache._database_rests_until = 0.0
    back = client.get("/publica/")
    assert "ha vuelto" in back.text
    assert "Tequio-Datos-De" not in back.headers


def test_database_away_without_a_page_is_the_products_own_error(client: Client) -> None:
    world.database_is_away = True
    assert client.get("/publica/").status == 500
    world.database_is_away = False
    assert client.get("/publica/").status == 200
    assert client.cache.in_flight == {}


def test_withdrawn_page_never_comes_back(client: Client, stamp: EditionStamp) -> None:
    client.get("/retirada/")
    world.text = "retirado"
    stamp.drop(at=NOON)
    assert client.get("/retirada/").status == 410
    world.database_is_away = True
    assert client.get("/retirada/").status == 500


def test_not_found_is_remembered_for_seconds_and_evicts_no_page(client: Client) -> None:
    client.get("/publica/")
    for n in range(200):
        assert client.get(f"/no/{n}/").status == 404
    client.get("/no/199/", HTTP_IF_NONE_MATCH="*")
    assert world.rendered["/no/199/"] == 1
    client.get("/publica/")
    assert world.rendered["/publica/"] == 1
    assert client.cache.missing.used <= client.cache.missing.capacity
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=11)):
        client.get("/no/199/")
    assert world.rendered["/no/199/"] == 2
    assert client.get("/ausente/").status == 404


def test_shelf_stays_within_its_bytes() -> None:
    shelf = Shelf(10_000)
    page = make_page(Answer("200 OK", [], b"x" * 499), stamp=1, fresh_until=1.0, before=None, at=0.0)
    keys = [(False, "h", str(n), ()) for n in range(10)]
    for key in keys:
        shelf.put(key, page)
        shelf.get(keys[0])
    assert shelf.used <= 10_000
    assert shelf.get(keys[0]) is page
    assert shelf.get(keys[1]) is None


@given(st.text())
def test_any_accept_encoding_is_read(header: str) -> None:
    assert encoding(header) in {"br", "gzip", "identity"}


def test_stamp_only_grows_however_close_two_drops_are(stamp: EditionStamp) -> None:
    stamps = [stamp.drop(at=NOON) for _ in range(3)]
    assert stamps == sorted(set(stamps))
    assert stamp.drop(at=NOON - timedelta(days=9)) > stamps[-1]
    assert stamp.current() == EditionStamp(stamp.path).current()


def test_machines_agree_through_the_shared_cache(tmp_path: Path) -> None:
    shared = LocMemCache("edition", {})
    here, there = (EditionStamp(tmp_path / name, shared) for name in ("here", "there"))
    assert here.current() == there.current()
    dropped = here.drop(at=datetime.now(UTC))
    there._ask_next = 0.0
    assert there.current() == dropped


def test_shared_cache_down_means_rendering_never_an_old_page(client: Client, tmp_path: Path) -> None:
    class Down(LocMemCache):
        def get(self, *_args: object, **_kwargs: object) -> int:
            raise ConnectionRefusedError

    stamp = EditionStamp(tmp_path / "stamp", Down("down", {}))
    client.cache.stamp = stamp
    assert client.get("/publica/").status == client.get("/publica/").status == 200
    assert world.rendered["/publica/"] == 2
    stamp.drop(at=NOON)
