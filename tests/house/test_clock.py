"""Who and when are arguments: the clock is read at the edges only."""

from __future__ import annotations

import ast
import re

from tests.house.source import Module, dotted, product

READING = re.compile(r"\btimezone\.(now|localdate)$|\bdatetime\.(now|utcnow|today)$|\bdate\.today$|\btime\.time$")
# The worker and the page cache stand at the edge too: nobody calls them who could bring the time.
EDGES = {"views", "api", "management", "tasks", "middleware", "feeds", "jobs", "pagecache"}
CLOCK = "src/tequio/kernel/clock.py"


def readings(module: Module) -> list[str]:
    """Return the places where a module that is not at the edge reads the clock."""
    if module.kind in EDGES or module.room == "project" or module.place == CLOCK:
        return []
    found = []
    for node in ast.walk(module.tree):
        names = [dotted(node)] if isinstance(node, ast.Attribute) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [f"{module.place}:{node.lineno} {name}" for name in names if READING.search(name)]
    return found


def test_the_clock_is_read_at_the_edges() -> None:
    assert [fault for module in product() for fault in readings(module)] == []


def test_a_hidden_clock_is_found() -> None:
    text = (
        "from django.utils.timezone import now\n"
        "field = DateField(default=timezone.now)\n"
        "day = datetime.date.today()\n"
        "fine = timezone.localtime(at)\n"
    )
    assert len(readings(Module("src/tequio/plans/models.py", text))) == 3
    assert readings(Module("src/tequio/plans/views.py", text)) == []
