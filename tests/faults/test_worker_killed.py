"""kill -9 of the worker, a job longer than its lease, and SIGTERM: real processes on a real database."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tequio.kernel.jobs import enqueue
from tequio.kernel.tests.tasks import slow

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.conftest import Start

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0


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
