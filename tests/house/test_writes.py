"""A write is a verb: pages, forms, loaders and tasks call workflows, they do not write themselves."""

from __future__ import annotations

import ast

from tests.house.source import Module, product

WRITERS = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
ASYNCHRONOUS = {f"a{name}" for name in WRITERS}
EDGES = {"views", "forms", "packs", "api", "admin", "tasks", "feeds"}


def writes(module: Module) -> list[str]:
    """Return the calls that write, in a module that must not."""
    if module.kind not in EDGES:
        return []
    return [
        f"{module.place}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITERS | ASYNCHRONOUS
    ]


def test_only_workflows_write() -> None:
    assert [fault for module in product() for fault in writes(module)] == []


def test_a_write_in_a_view_is_found() -> None:
    text = "def page(request, plan):\n    plan.save()\n    Plan.objects.update_or_create(key=1)\n"
    assert writes(Module("src/tequio/plans/views/plan.py", text)) == [
        "src/tequio/plans/views/plan.py:2 .save()",
        "src/tequio/plans/views/plan.py:3 .update_or_create()",
    ]
    assert writes(Module("src/tequio/plans/workflows.py", text)) == []
