"""Dirty workbooks, as Excel and LibreOffice make them: what is told of each is beside it, word by word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tequio.plans.tests.telling import told
from tequio.plans.tests.workbooks_made import MADE

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.req("PL-02"), pytest.mark.once]

FOLDER = Path(__file__).parent / "workbooks"
KEPT = sorted(path.stem for path in FOLDER.glob("*.xlsx"))
"""Saved by LibreOffice itself, from those of the same name."""


def expected(name: str) -> str:
    return (FOLDER / f"{name}.expected.txt").read_text()


@pytest.mark.parametrize(("name", "build"), MADE.items())
def test_each_made_workbook_is_told_as_it_should(name: str, build: Callable[[], bytes]) -> None:
    assert told(build()) == expected(name)


@pytest.mark.parametrize("name", KEPT)
def test_each_workbook_of_libreoffice_is_told_as_it_should(name: str) -> None:
    assert told((FOLDER / f"{name}.xlsx").read_bytes()) == expected(name)


def test_what_is_expected_is_of_a_workbook() -> None:
    names = {path.name.removesuffix(".expected.txt") for path in FOLDER.glob("*.expected.txt")}
    assert names == {*MADE, *KEPT}
    assert len(names) >= 12


def test_no_fault_lacks_a_place_what_was_found_what_is_expected_or_how_to_mend_it() -> None:
    for name in (*MADE, *KEPT):
        faults = expected(name).partition("AVISOS")[0].splitlines()[1:]
        for line in faults:
            assert line.strip() in {"", "nada"} or (": " in line and ". Se espera " in line and line.endswith("."))
