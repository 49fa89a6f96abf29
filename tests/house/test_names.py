"""A module is named for what it holds; nothing happens behind a write, so no model signals."""

from __future__ import annotations

import ast

from tests.house.source import Module, modules, product

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services"}
SIGNALS = ("django.db.models.signals", "django.dispatch")


def imports(module: Module) -> set[str]:
    """Return the dotted names that a module imports."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def signals(module: Module) -> list[str]:
    """Return the imports of signals."""
    return sorted(f"{module.place}: {name}" for name in imports(module) if name.startswith(SIGNALS))


def test_no_module_is_a_drawer() -> None:
    assert [module.place for module in modules() if DRAWERS & set(module.parts)] == []


def test_no_signals() -> None:
    assert [fault for module in product() for fault in signals(module)] == []


def test_a_signal_and_a_drawer_are_found() -> None:
    sample = Module("src/tequio/plans/utils.py", "from django.db.models import signals\nimport django.dispatch\n")
    assert len(signals(sample)) == 2
    assert DRAWERS & set(sample.parts)
