"""Every address of the resolver with every hostile value: an answer in words, its headers, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tequio.accounts.models import User
from tests.attack.hostile import QUERIES, VALUES
from tests.attack.site import desk_addresses, outside_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http.response import HttpResponseBase
    from django.test import Client

    from tests.attack.site import Address

pytestmark = pytest.mark.req("SI-01")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
WRITING = ("POST", "PUT", "PATCH", "DELETE")
LEAKS = (b"Traceback", b"/site-packages/", b"SECRET_KEY", b"DJANGO_SETTINGS_MODULE", b"Exception Type")
SPANISH = (
    "página",
    "petición",
    "petici\\\\u00f3n",
    "dirección",
    "existe",
    "No hay",
    "La API",
    "recurso",
    "servicio",
    "correctamente",
)
PROBLEM = "application/problem+json"
FEW = 3
SHARP = ("NUL", "not UTF-8", "tag", "integer", "digits past what Python converts", "other digits", "wildcards", "long")


@pytest.fixture
def attacker(first_pal_client: Client) -> Client:
    """A visitor's client that sees a failure as the visitor would."""
    first_pal_client.raise_request_exception = False
    return first_pal_client


@pytest.fixture
def staff(db: None) -> User:
    """Somebody who may do anything."""
    return User.objects.create_superuser("staff", "staff@example.mx", "una contraseña de prueba")


def paths(address: Address) -> Iterator[str]:
    """Yield an address as it should be, then with each hostile value in each of its parts and parameters."""
    yield address.filled()
    for place in range(len(address.holes)):
        yield from (address.filled(place, value) for value in VALUES.values())
    for name in address.parameters:
        yield from (f"{address.filled()}?{name}={value}" for value in sharp(address))
        yield f"{address.filled()}?{name}=1&{name}=2"
        yield f"{address.filled()}?{name}[]=1"
    yield from (f"{address.filled()}?{query}" for query in QUERIES)


def sharp(address: Address) -> Iterable[str]:
    """Return all values, or for a view that reads many parameters alike those that broke something somewhere."""
    return VALUES.values() if len(address.parameters) <= FEW else (VALUES[name] for name in SHARP)


def body_of(response: HttpResponseBase) -> bytes:
    return b"".join(response) if response.streaming else response.content


def faults(path: str, response: HttpResponseBase, *, public: bool = True) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    status, headers, body = response.status_code, response.headers, body_of(response)
    if status >= 500:
        yield f"answers {status}"
    if leaked := [leak for leak in LEAKS if leak in body]:
        yield f"shows {leaked}"
    if public and response.cookies:
        yield f"sets {list(response.cookies)}"
    yield from missing_headers(path, response)
    if "Location" in headers and not goes_home(headers["Location"]):
        yield f"leads to {headers['Location'][:80]}"
    if 400 <= status < 500 and response.request["REQUEST_METHOD"] != "HEAD":
        yield from unexplained(path, status, headers.get("Content-Type", ""), body)


def missing_headers(path: str, response: HttpResponseBase) -> Iterator[str]:
    """Yield the headers of security that an answer lacks."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    if not headers.get("Referrer-Policy"):
        yield "has no referrer policy"
    if "default-src 'none'" not in policy:
        yield f"has the policy {policy!r}"
    if "frame-ancestors" not in policy and "sandbox" not in policy and not path.startswith("/media/"):
        yield "may be framed"
    if "unsafe" in policy and not path.startswith("/gestion/"):
        yield f"allows the unsafe: {policy}"


def goes_home(location: str) -> bool:
    """Tell whether a redirect stays on the site, as browsers read addresses."""
    read = location.replace("\\", "/")
    parts = urlsplit(read)
    return not read.startswith("//") and (not parts.netloc or parts.netloc in {"testserver", "localhost:8000"})


def unexplained(path: str, status: int, kind: str, body: bytes) -> Iterator[str]:
    """Yield what a refusal lacks: the API answers a problem, a page says in Spanish what happened."""
    if path.startswith("/api/"):
        if kind != PROBLEM or json.loads(body)["status"] != status or not json.loads(body)["title"]:
            yield f"refuses with {status} {kind} {body[:60]!r}"
    elif not any(word in body.decode() for word in SPANISH):
        yield f"refuses with {status} and says {body[:80]!r}"


@pytest.mark.parametrize("address", outside_addresses(), ids=lambda each: each.pattern)
def test_hostile_values_are_answered_in_words(attacker: Client, address: Address) -> None:
    wrong = {
        path: found
        for path in paths(address)
        if (found := list(faults(path, attacker.get(path), public=address.is_public)))
    }
    assert wrong == {}, "\n".join(f"{path[:200]}: {found}" for path, found in wrong.items())


@pytest.mark.once
@pytest.mark.parametrize("role", ["visitor", "stranger", "staff"])
def test_every_method_is_answered_to_everybody(attacker: Client, stranger: User, staff: User, role: str) -> None:
    account = {"visitor": None, "stranger": stranger, "staff": staff}[role]
    wrong = {}
    for address in outside_addresses():
        if account:
            attacker.force_login(account)  # again for each: one of the addresses signs out
        path = address.filled()
        answers = {method: attacker.generic(method, path) for method in METHODS}
        for method, got in answers.items():
            if found := list(faults(path, got, public=plain(address, method))):
                wrong[f"{method} {path}"] = found
    assert wrong == {}


def plain(address: Address, method: str) -> bool:
    """Tell whether an answer must leave nothing in the browser: forms and what is refused may."""
    return method == "GET" and address.is_public


@pytest.mark.parametrize("method", WRITING)
def test_no_public_address_takes_what_is_sent(attacker: Client, method: str) -> None:
    public = [address.filled() for address in outside_addresses() if address.is_public]
    sent = {path: attacker.generic(method, path, b"a=1") for path in public}
    taken = {path: response.status_code for path, response in sent.items() if response.status_code < 300}
    assert taken == {}


@pytest.mark.once
def test_nobody_but_editors_reaches_the_desk(attacker: Client, stranger: User) -> None:
    asked = [each.filled() for each in desk_addresses()]
    asked += [f"/gestion/{VALUES[name]}/" for name in VALUES]
    for signed_in in (False, True):
        if signed_in:
            attacker.force_login(stranger)
        for method in ("GET", "POST"):
            answers = {path: attacker.generic(method, path) for path in asked}
            assert {
                path: got.status_code
                for path, got in answers.items()
                if got.status_code not in {302, 403, 404, 400, 405, 301, 308}
            } == {}
            wrong = {path: found for path, got in answers.items() if (found := list(faults(path, got, public=False)))}
            assert wrong == {}
