"""Institutions, people and places are data: no name of a data pack stands in a .py or .html."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from tests.house.source import ROOT, files, modules, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PACKS = ROOT / "packs"
# The tables of a pack whose rows have proper names; the other tables are lists of words anybody may use.
NAMED = re.compile(r"organi[sz]a|person|lugar|place|municip|jurisdic|parti[dt]|estado|entidad")
NAME_COLUMNS = {"nombre", "nombre_oficial", "name", "siglas", "acronym"}
SHORTEST = 4


def pack_names(folder: Path) -> set[str]:
    """Return the names and acronyms in the tables of a folder's packs."""
    return {
        row[column].strip()
        for path in folder.rglob("*.csv")
        if NAMED.search(path.stem)
        for row in table(path)
        for column in NAME_COLUMNS & row.keys()
        if len(row[column].strip()) >= SHORTEST
    }


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield a table's rows; a cell that is not there is empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, restval="")


def named(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that a text says, as whole words."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)


def test_no_name_of_a_pack_stands_in_code_or_pages() -> None:
    if not PACKS.exists():
        pytest.skip("there is no data pack in packs/ yet")
    names = pack_names(PACKS)
    assert names
    texts = {module.place: module.text for module in modules()}
    texts |= {name_of(path): path.read_text() for path in files("*.html")}
    assert {place: found for place, text in texts.items() if (found := named(text, names))} == {}


def test_a_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "organizaciones.csv").write_text("clave,nombre,siglas\na,Instituto de la Bruma,IBRU\n")
    (tmp_path / "palabras.csv").write_text("clave,nombre\nb,Participación\n")
    names = pack_names(tmp_path)
    assert names == {"Instituto de la Bruma", "IBRU"}
    assert named("El IBRU y el Instituto de la Bruma; no IBRUJO, ni participación", names) == [
        "IBRU",
        "Instituto de la Bruma",
    ]
