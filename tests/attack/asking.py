"""Asks an address of the matrix as each person would, on real objects, and undoes what the request wrote."""

from __future__ import annotations

import re
from contextlib import contextmanager
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import File
from django.db import connection, transaction
from django.test import Client

from tequio.content.views import AT_DESK
from tequio.kernel.access import PUBLIC
from tests.attack.examples import Example, Scene, example_of
from tests.attack.filling import filled
from tests.attack.matrix import FILE, PERSONS, REFUSALS, SAFE, Row, outcome
from tests.cast import without_second_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase

WRITE: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OF_SESSIONS: Final = {"django_session"}
BARE: Final = ", who gave no second step"
TRIED: Final = ("GET", "POST")
SETTLED: Final = {PUBLIC, AT_DESK}  # test_addresses sends to all of these what they do not take
for part in sorted(FILE.parent.glob("examples_*.py")):
    import_module(f"tests.attack.{part.stem}")


@contextmanager
def undone() -> Iterator[set[str]]:
    """Give the tables that are written inside, but for those of sessions; all of it is undone."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, *told: Any) -> Any:
        found = WRITE.match(sql)
        if found and found[1] not in OF_SESSIONS:
            tables.add(found[1])
        return execute(sql, *told)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield tables
        transaction.set_rollback(True)


def entered(scene: Scene, person: str) -> Client:
    """Return the browser of a person; of staff, with the second step unless it is said otherwise."""
    client = Client(raise_request_exception=False)
    if person != "visitor":
        client.cookies[settings.SESSION_COOKIE_NAME] = scene.sessions[person]
    return client


def sessions_of(scene: Scene) -> dict[str, str]:
    """Let each person enter once; what each request writes is undone, and their session stays as it was."""
    found = {}
    for person in PERSONS:
        if person != "visitor":
            for name in (person, person + BARE):
                client = Client()
                client.force_login(scene.person(person))
                if name.endswith(BARE):
                    without_second_step(client)
                found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def sent_by(scene: Scene, person: str, path: str, row: Row, pages: dict[str, str | None]) -> dict[str, Any]:
    """Return what a person sends: their own page's form, or that of the first who may send it."""
    able = (each for each in PERSONS if "POST" in row.methods and row.expected(each, "POST") == "ok")
    for each in dict.fromkeys([person, *able]):
        if each not in pages:
            pages[each] = shown(entered(scene, each).get(path))
        if (page := pages[each]) is not None:
            return filled(page, path)
    return {}


def shown(response: HttpResponseBase) -> str | None:
    """Return the page of an answer, read to its end where it is sent in parts and may still fail; else nothing."""
    if response.streaming:
        b"".join(response)
    elif response.status_code == HTTPStatus.OK and "html" in response.get("Content-Type", ""):
        return response.text
    return None


@contextmanager
def objects_of(scene: Scene, row: Row) -> Iterator[Example]:
    """Make the objects of an address, once for everybody who asks for it."""
    with undone():
        yield example_of(row.address, row.case, scene)


def answers(scene: Scene, row: Row, person: str, example: Example) -> dict[str, str]:
    """Return how an address answers a person, by method; each method finds the objects as they were made."""
    found = {}
    path = example.path(row.address)
    cache.clear()  # what somebody else asked for spends nobody's turns
    for method in TRIED:
        if method not in row.methods and "GET" in row.methods and row.access in SETTLED:
            continue
        with undone():
            sent = {**sent_by(scene, person, path, row, example.pages), **example.sent} if method == "POST" else {}
            for file in sent.values():
                if isinstance(file, File):
                    file.seek(0)
            client = entered(scene, person)
            with undone() as tables:
                response = client.get(path) if method == "GET" else client.post(path, sent)
                found[method] = outcome(method, response, wrote=bool(tables))
                page = shown(response)
                if method == "GET":
                    example.pages[person] = page
                if tables and (method in SAFE or found[method] in REFUSALS):
                    found[method] += f" and wrote {sorted(tables)}"
    return found


def faults(scene: Scene, row: Row, person: str, example: Example) -> Iterator[str]:
    """Yield where an address does not answer a person as its line says."""
    for method, found in answers(scene, row, person, example).items():
        if method in row.methods:
            expected = row.expected(person, method)
            if found != expected:
                yield f"{method} {row.address} {row.case}: {person} gets «{found}», the file says «{expected}»"
        elif found not in REFUSALS:
            yield f"{method} {row.address}: {person} gets «{found}», the file says that it takes {row.methods}"
