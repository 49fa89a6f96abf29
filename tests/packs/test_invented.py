"""What the invented pack promises to the tests that use it, before any product code reads it."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.packs.broken import BROKEN, GOOD, Broken
from tests.packs.planted import FOLDER, PLANTED, Planted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLANS = sorted(folder.name for folder in (GOOD / "planes").iterdir())


def read(plan: str) -> dict[str, Any]:
    return {
        file.name: yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted((GOOD / "planes" / plan).glob("*.yaml"))
    }


def keys(table: str, column: str = "clave") -> set[str]:
    with (GOOD / table).open(encoding="utf-8", newline="") as rows:
        return {row[column] for row in csv.DictReader(rows)}


def values(part: Any, *names: str) -> Iterator[str]:
    """Yield the texts that stand under any of some keys, at every depth."""
    if isinstance(part, list):
        for item in part:
            yield from values(item, *names)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in names and isinstance(value, str):
                yield value
            yield from values(value, *names)


@pytest.mark.parametrize("plan", PLANS)
def test_references_lead_somewhere(plan: str) -> None:
    parts = list(read(plan).values())
    followed = read(plan)["seguimiento.yaml"]["actividades"]
    codes = {part["codigo"] for part in followed} | {"TON1", "XOC1"}
    assert set(values(parts, "organizacion", "responsable")) <= keys("organizaciones.csv")
    assert set(values(parts, "persona")) <= keys("personas.csv")
    assert set(values(parts, "lista")) <= keys("listas.csv")
    assert set(values(parts, "codigo")) <= keys("conceptos.csv", "codigo") | codes


@pytest.mark.parametrize("plan", PLANS)
def test_statements_of_the_plan_quote_its_chapters(plan: str) -> None:
    parts = read(plan)
    chapters = " ".join(values(parts["plan.yaml"]["capitulos"], "dice"))
    quotes = [part["cita"] for part in parts["ejercicio.yaml"]["afirmaciones"] if part["documento"] == "plan"]
    assert quotes
    assert [quote for quote in quotes if quote not in chapters] == []


def voices(followed: dict[str, Any]) -> tuple[bool, bool, str]:
    """Return whether it was reported, whether something proves it, and civil society's last judgement."""
    judged = [part["juicio"] for part in followed.get("juicios", []) if part["voz"] == "sociedad_civil"]
    return "reportes" in followed, "evidencias" in followed, judged[-1] if judged else ""


def test_the_dashboard_has_every_combination_of_voices_to_show() -> None:
    followed = read("tonalli-2023-2025")["seguimiento.yaml"]["actividades"]
    every = set(product((False, True), (False, True), ("", "validada", "objetada")))
    assert {voices(part) for part in followed} == every - {(False, False, "")}
    assert set(values(followed, "estado")) == {"en_curso", "con_problema", "terminada", "cancelada"}
    assert set(values(followed, "voz")) == {"sociedad_civil", "comite"}


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_planted_contradiction_stands_once_and_is_in_the_list(planted: Planted) -> None:
    for swap in planted.swaps:
        assert (GOOD / FOLDER / swap.file).read_text(encoding="utf-8").count(swap.old) == 1
    (row,) = [
        line
        for line in (GOOD / "PLANTADAS.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {planted.number} |")
    ]
    assert f"`{planted.swaps[0].file}`" in row
    assert f"`{planted.path}`" in row


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_broken_copy_differs_from_the_good_pack_where_it_says(broken: Broken, tmp_path: Path) -> None:
    pack, expected = broken.copy_to(tmp_path)
    assert expected.file in {path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*")} or expected.path
    assert any(path.is_symlink() for path in pack.rglob("*")) or contents(pack) != contents(GOOD)
