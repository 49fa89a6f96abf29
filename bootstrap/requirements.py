"""./tequio requirements: which tests show which requirement, read from the source without running it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from bootstrap.steps import ROOT, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REQUIREMENTS = ROOT / "docs" / "requirements.yaml"
IDENTIFIER = re.compile(r"^\s+([A-Z]{2}-\d{2,}):", re.MULTILINE)


def requirements() -> int:
    """Print each requirement with the tests marked with it; return 0."""
    known = known_requirements()
    shown = shown_requirements()
    for identifier in known:
        tests = shown.get(identifier, [])
        say(f"{identifier}  {len(tests)}" + "".join(f"\n       {test}" for test in tests))
    say(f"\n{sum(identifier in shown for identifier in known)} of {len(known)} requirements have tests")
    return 0


def known_requirements() -> list[str]:
    """Return the requirements' ids, in the order of docs/requirements.yaml."""
    return IDENTIFIER.findall(REQUIREMENTS.read_text())


def unknown_requirements(marked: Iterable[tuple[str, str]]) -> list[str]:
    """Return as test: id the marks, given as pairs, whose id docs/requirements.yaml does not have."""
    known = set(known_requirements())
    return sorted(f"{test}: {identifier}" for test, identifier in marked if identifier not in known)


def shown_requirements() -> dict[str, list[str]]:
    """Return, for each id that a test carries, the tests as file::name."""
    found = defaultdict(list)
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            for name, identifiers in marked_tests(path):
                for identifier in identifiers:
                    found[identifier].append(f"{path.relative_to(ROOT)}::{name}")
    return dict(found)


def marked_tests(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield a file's tests with the ids of their marks, those of their class and of the file included."""
    tree = ast.parse(path.read_text())
    everywhere = [
        identifier
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        for identifier in marks(node.value)
    ]
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        shared = everywhere + (decorations(node) if isinstance(node, ast.ClassDef) else [])
        for member in members:
            if isinstance(member, ast.FunctionDef) and member.name.startswith("test_"):
                yield member.name, shared + decorations(member)


def decorations(node: ast.ClassDef | ast.FunctionDef) -> list[str]:
    """Return the ids in a test's or a class's decorators."""
    return [identifier for decorator in node.decorator_list for identifier in marks(decorator)]


def marks(expression: ast.expr) -> list[str]:
    """Return the ids named by pytest.mark.req(…) anywhere in an expression."""
    return [
        argument.value
        for node in ast.walk(expression)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "req"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
