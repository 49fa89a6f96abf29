"""Every address, every person, every method: each answer is the one that the reviewed file says (matrix.csv)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from django.urls import path

from tequio.kernel.access import PUBLIC, declared
from tequio.kernel.datasets import datasets
from tests.attack.asking import BARE, TRIED, answers, faults, objects_of
from tests.attack.examples import EXAMPLES
from tests.attack.matrix import FILE, PERSONS, REFUSALS, SAFE, Row, dead, line_of, missing, routes, rows, strange
from tests.cast import again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.attack.examples import Example, Scene

pytestmark = [pytest.mark.once, pytest.mark.req("EX-01", "SI-04")]

HOW: Final = (
    f"Read each line as a reviewer would, then put it in tests/attack/{FILE.name}. A part that is no usual key\n"
    "needs an example in tests/attack/examples.py, or in an examples_*.py of its own (docs/testing.md, «The matrix»)."
)


TWO_STEPS: Final = ("operator", "guarantor_staff", "superuser")
"""Whose role asks for a second step."""
SHARES: Final = 12
"""Into how many tests the lines are dealt, so that several processes share them."""


def wrong_answers(scene: Scene, row: Row, known: list[Row]) -> Iterator[str]:
    """Yield where a line is wrong; of one of many addresses its first is asked, and by whom it is closed each."""
    for person in PERSONS:
        if row.address.endswith("*") and not REFUSALS.isdisjoint(row.cells[person].split("/")):
            for address in covered(row, known):
                with objects_of(scene, address) as example:
                    yield from faults(scene, address, person, example)
    open_to = [
        each for each in PERSONS if not row.address.endswith("*") or REFUSALS.isdisjoint(row.cells[each].split("/"))
    ]
    with objects_of(scene, row) as example:
        for person in open_to:
            yield from faults(scene, row, person, example)
        yield from wrong_without_second_step(scene, row, example)


def wrong_without_second_step(scene: Scene, row: Row, example: Example) -> Iterator[str]:
    """Yield where whoever gave no second step is neither led to it nor answered as anybody, or writes."""
    for person in TWO_STEPS:
        for method, found in answers(scene, row, person + BARE, example).items():
            if method not in row.methods:
                continue
            may, anybody = row.expected(person, method), row.expected("stranger", method)
            led = {"step", "no", anybody, may if method in SAFE else may.replace("ok", "step")} | REFUSALS
            if "." in row.access and may not in REFUSALS:
                led = {"step"}
            if found not in led and not (found == may and may_by_a_seat(scene, row, person)):
                wanted = " or ".join(sorted(led))
                yield f"{method} {row.address} {row.case}: {person} without second step gets «{found}», not {wanted}"


def may_by_a_seat(scene: Scene, row: Row, person: str) -> bool:
    """Whether somebody may without any role that asks for a second step, as who holds a seat does."""
    bare = again(scene.person(person))
    bare.showed_second_step = False
    return bare.has_perm(row.access)


def covered(row: Row, known: list[Row]) -> list[Row]:
    """Return each address of a line of many, but for those of the API that are made alike."""
    alike = tuple(f"api/v1/{key}" for key in datasets() if key != "actividades")
    covers = [each for each in routes() if line_of(known, each) == row and not each.startswith(alike)]
    return [replace(row, address=each) for each in covers]


def suggestion(scene: Scene, address: str, access: str) -> str:
    """Return the line that an address lacks, as it answers today."""
    trying = Row(address, "", TRIED, access, dict.fromkeys(PERSONS, "ok"))
    with objects_of(scene, trying) as example:
        found = {person: answers(scene, trying, person, example) for person in PERSONS}
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


@pytest.mark.parametrize("share", range(SHARES))
def test_every_address_answers_as_its_line_says(scene: Scene, share: int) -> None:
    found = [fault for row in rows()[share::SHARES] for fault in wrong_answers(scene, row, rows())]
    assert not found, "\n".join(found)


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
