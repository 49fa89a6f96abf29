"""kill -9 of the worker, a job longer than its lease, and SIGTERM: real processes on a real database."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from tequio.kernel.jobs import enqueue
from tequio.kernel.tests.tasks import slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[[float], subprocess.Popen[bytes]]

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0


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
    """Return the address of the test database; SQLite's is in memory, so its copy."""
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


def wait_for(log: Path, line: str) -> None:
    """Wait until a job has written a line."""
    limit = time.monotonic() + PATIENCE
    while not log.exists() or line not in log.read_text().splitlines():
        assert time.monotonic() < limit, f"«{line}» did not come"
        time.sleep(0.05)


def test_the_job_of_a_worker_that_was_killed_is_run_again(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    enqueue(slow, str(log), first=60)
    doomed = start(1)
    wait_for(log, "start 1")
    doomed.kill()
    start(1)
    wait_for(log, "end 2")
    assert log.read_text() == "start 1\nstart 2\nend 2\n"


def test_a_job_longer_than_its_lease_is_run_once_and_sigterm_lets_it_finish(start: Start, tmp_path: Path) -> None:
    log, other = tmp_path / "log", tmp_path / "other"
    enqueue(slow.using(priority=1), str(log), first=3)
    enqueue(slow, str(other), first=0)
    both = [start(0.6), start(0.6)]
    wait_for(log, "start 1")
    wait_for(other, "end 1")  # the other worker is up too: it would take the job, and SIGTERM finds it listening
    time.sleep(1.5)
    for worker in both:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(PATIENCE) for worker in both] == [0, 0]
    assert log.read_text() == "start 1\nend 1\n"
