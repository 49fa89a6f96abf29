"""Every address, every person, every method: each answer is the one that the reviewed file says (matrix.csv)."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import path

from tequio.content.views import AT_DESK
from tequio.kernel.access import PUBLIC, declared
from tequio.kernel.datasets import datasets
from tequio.kernel.packs import load_pack
from tests.attack.examples import EXAMPLES, Scene, example_of
from tests.attack.filling import filled
from tests.attack.matrix import (
    FILE,
    PERSONS,
    REFUSALS,
    SAFE,
    Row,
    dead,
    line_of,
    missing,
    outcome,
    routes,
    rows,
    strange,
)
from tests.cast import NOW, without_second_step
from tests.packs.broken import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase
    from pytest_django import DjangoDbBlocker

    from tequio.accounts.models import User

pytestmark = pytest.mark.req("EX-01", "SI-04")

WRITE: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OF_SESSIONS: Final = {"django_session"}
BARE: Final = ", who gave no second step"
TRIED: Final = ("GET", "POST")
SETTLED: Final = {PUBLIC, AT_DESK}  # test_addresses sends to all of these what they do not take
for part in sorted(FILE.parent.glob("examples_*.py")):
    import_module(f"tests.attack.{part.stem}")
HOW: Final = (
    f"Read each line as a reviewer would, then put it in tests/attack/{FILE.name}. A part that is no usual key\n"
    "needs an example in tests/attack/examples.py, or in an examples_*.py of its own (docs/testing.md, «The matrix»)."
)


@pytest.fixture(scope="module")
def invented(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the invented pack once; what each request writes leaves with its own transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(GOOD, by=None, at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def scene(
    request: pytest.FixtureRequest, invented: None, db: None, cast: dict[str, User], plain_static_files: None
) -> Scene:
    """The cast on the site of the invented pack, each with an address shown to be theirs."""
    cache.clear()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email or "ajena@example.mx", verified=True, primary=True)
        for person in cast.values()
    )
    return Scene(request)


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
        client.force_login(scene.person(person.removesuffix(BARE)))
    return without_second_step(client) if person.endswith(BARE) else client


def sent_by(scene: Scene, person: str, path: str, row: Row) -> dict[str, Any]:
    """Return what a person sends: their own page's form, or that of the first who may send it."""
    able = (each for each in PERSONS if "POST" in row.methods and row.expected(each, "POST") == "ok")
    for each in dict.fromkeys([person, *able]):
        page = entered(scene, each).get(path)
        if page.status_code == 200 and "html" in page.get("Content-Type", "") and not page.streaming:
            return filled(page.text, path)
        consume(page)
    return {}


def consume(response: HttpResponseBase) -> None:
    """Read an answer that is sent in parts to its end, where it may still fail."""
    if response.streaming:
        b"".join(response)


def answers(scene: Scene, row: Row, person: str) -> dict[str, str]:
    """Return how an address answers a person, by method; each method finds the objects as they were made."""
    found = {}
    with undone():
        example = example_of(row.address, row.case, scene)
        path = example.path(row.address)
        for method in TRIED:
            if method not in row.methods and "GET" in row.methods and row.access in SETTLED:
                continue
            sent = {**sent_by(scene, person, path, row), **example.sent} if method == "POST" else {}
            client = entered(scene, person)
            with undone() as tables:
                response = client.get(path) if method == "GET" else client.post(path, sent)
                found[method] = outcome(method, response, wrote=bool(tables))
                consume(response)
                if tables and (method in SAFE or found[method] in REFUSALS):
                    found[method] += f" and wrote {sorted(tables)}"
    return found


def faults(scene: Scene, row: Row, person: str) -> Iterator[str]:
    """Yield where an address does not answer a person as its line says."""
    for method, found in answers(scene, row, person).items():
        if method in row.methods:
            expected = row.expected(person, method)
            if found != expected:
                yield f"{method} {row.address} {row.case}: {person} gets «{found}», the file says «{expected}»"
        elif found not in REFUSALS:
            yield f"{method} {row.address}: {person} gets «{found}», the file says that it takes {row.methods}"


def asked(known: list[Row], person: str) -> Iterator[Row]:
    """Yield each line; of a line of many addresses its first, and to whom it is closed each of them."""
    alike = tuple(f"api/v1/{key}" for key in datasets() if key != "actividades")
    for row in known:
        if not row.address.endswith("*") or REFUSALS.isdisjoint(row.cells[person].split("/")):
            yield row
        else:
            covered = [each for each in routes() if line_of(known, each) == row and not each.startswith(alike)]
            yield from (replace(row, address=each) for each in covered)


def suggestion(scene: Scene, address: str, access: str) -> str:
    """Return the line that an address lacks, as it answers today."""
    trying = Row(address, "", TRIED, access, dict.fromkeys(PERSONS, "ok"))
    found = {person: answers(scene, trying, person) for person in PERSONS}
    methods = tuple(method for method in TRIED if all(each[method] != "405" for each in found.values()))
    cells = {}
    for person, each in found.items():
        outcomes = [each[method] for method in methods]
        cells[person] = outcomes[0] if len(set(outcomes)) == 1 else "/".join(outcomes)
    return Row(address, "", methods, access, cells).line()


def test_every_address_has_a_line(scene: Scene) -> None:
    declares = routes()
    lines = [suggestion(scene, address, declares[address]) for address in missing(rows(), declares)]
    assert not lines, f"{len(lines)} addresses have no line. {HOW}\n\n" + "\n".join(lines)


def test_every_line_has_an_address() -> None:
    known = rows()
    assert dead(known, routes()) == [], f"take these lines out of {FILE.name}"
    assert sorted(set(EXAMPLES) - {row.address + row.case for row in known}) == [], "take these examples out"
    assert strange(known, routes()) == {}, "line and view say another thing (line, view)"
    places = [(row.address, row.case) for row in known]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("person", PERSONS)
def test_every_address_answers_as_its_line_says(scene: Scene, person: str) -> None:
    found = [fault for row in asked(rows(), person) for fault in faults(scene, row, person)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("person", ["operator", "guarantor_staff", "superuser"])
def test_whoever_gave_no_second_step_is_led_to_it_and_writes_nothing(scene: Scene, person: str) -> None:
    wrong = []
    for row in rows():
        for method, found in answers(scene, row, person + BARE).items():
            if method not in row.methods:
                continue
            may, anybody = row.expected(person, method), row.expected("stranger", method)
            led = {"step", "no", anybody, may if method in SAFE else may.replace("ok", "step")} | REFUSALS
            if "." in row.access and may not in REFUSALS:
                led = {"step"}
            if found not in led:
                wrong.append(f"{method} {row.address} {row.case}: «{found}», and it should be one of {sorted(led)}")
    assert not wrong, "\n".join(wrong)


def test_whatever_asks_a_permission_lets_somebody_write() -> None:
    """Else its refusals would show nothing: a form filled in wrong writes for nobody."""
    idle = [
        row.address
        for row in rows()
        if "." in row.access and "POST" in row.methods and not row.address.endswith("*")
        if "ok" not in {row.expected(person, "POST") for person in PERSONS}
    ]
    assert idle == [], "give what their forms send in tests/attack/examples.py"


def test_an_address_without_a_line_and_a_line_without_one_are_found() -> None:
    known = [Row("b/", "", ("GET",), "public", {}), Row("c/*", "", ("GET",), "public", {})]
    declared_ones = routes([declared(path("a/", print), PUBLIC), path("b/", print)])
    assert missing(known, declared_ones) == ["a/"]
    assert dead(known, declared_ones) == ["c/*"]
    assert strange(known, declared_ones) == {"b/": ("public", "")}
