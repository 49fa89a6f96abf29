"""Tests exercise the real thing: at most three patches in a hundred tests."""

from __future__ import annotations

import ast

from tests.house.source import Module, dotted, modules

PATCHES = {
    "patch",
    "patch.object",
    "patch.dict",
    "Mock",
    "MagicMock",
    "AsyncMock",
    "create_autospec",
    "mocker",
}
ALLOWED_IN_A_HUNDRED = 3


def patches(module: Module) -> int:
    """Count a file's mocks and patches."""
    called = [dotted(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    ours = [name.removeprefix("mock.").removeprefix("unittest.mock.") for name in called]
    return sum(name in PATCHES or name.endswith(("monkeypatch.setattr", "monkeypatch.setitem")) for name in ours)


def tests(module: Module) -> int:
    """Count a file's tests."""
    return sum(isinstance(n, ast.FunctionDef) and n.name.startswith("test_") for n in ast.walk(module.tree))


def test_patches_are_rare() -> None:
    found = [module for module in modules() if "tests" in module.place.split("/")]
    assert sum(map(patches, found)) * 100 <= ALLOWED_IN_A_HUNDRED * sum(map(tests, found))


def test_patches_are_counted() -> None:
    text = "def test_a(monkeypatch):\n    monkeypatch.setattr(a, 'b', 1)\n    mock.patch('a.b')\n    Mock()\n"
    assert patches(Module("a.py", text)) == 3
    assert tests(Module("a.py", text)) == 1
