"""Files, functions and templates aim at 300, 40 and 150 lines; these are the hard limits."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import Module, modules, name_of, templates

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = 400
FUNCTION = 60
TEMPLATE = 200


def long_files(found: Iterable[Module]) -> list[str]:
    """Return the files over the limit."""
    return [module.place for module in found if len(module.text.splitlines()) > FILE]


def long_functions(module: Module) -> list[str]:
    """Return a file's functions over the limit, counted from def to the last line."""
    return [
        f"{module.place}:{node.lineno} {node.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION
    ]


def test_files_are_short() -> None:
    assert long_files(modules()) == []


def test_functions_are_short() -> None:
    assert [fault for module in modules() for fault in long_functions(module)] == []


def test_templates_are_short() -> None:
    assert [name_of(t) for t in templates() if len(t.read_text().splitlines()) > TEMPLATE] == []


def test_the_limits_bite() -> None:
    body = "    pass\n"
    assert long_functions(Module("a.py", "def fits():\n" + body * (FUNCTION - 1))) == []
    assert long_functions(Module("a.py", "def long():\n" + body * FUNCTION)) == ["a.py:1 long"]
    assert long_files([Module("a.py", "\n" * FILE), Module("b.py", "\n" * (FILE + 1))]) == ["b.py"]
