"""Workers that are processes of their own, on the test's database or its copy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[[float], subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a worker with a lease in seconds; none outlives the test."""
    workers: list[subprocess.Popen[bytes]] = []

    def run(lease: float) -> subprocess.Popen[bytes]:
        # Without the checks, two fifths of a start: it is what a busy machine multiplies.
        command = [sys.executable, "-m", "django", "work", "--interval", "0.1", "--lease", str(lease), "--skip-checks"]
        environment = os.environ | {
            "DATABASE_URL": database(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tequio.project.settings",
            "PYTHONPATH": str(settings.ROOT / "src"),
        }
        workers.append(subprocess.Popen(command, env=environment))
        return workers[-1]

    yield run
    for worker in workers:
        worker.kill()
        worker.wait()


def database(folder: Path) -> str:
    """Return the address of the test database; of SQLite's, its copy."""
    values = connection.settings_dict
    if connection.vendor == "postgresql":
        password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
        # A socket's folder cannot stand as the host of an address, so it stands behind it.
        where = {name: values[name.upper()] or values["OPTIONS"].get(name, "") for name in ("host", "port")}
        return f"postgresql://{values['USER']}{password}@/{values['NAME']}?{urlencode(where)}"
    path = folder / "copy.sqlite3"
    if not path.exists():
        with closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    return f"sqlite://{path}"
