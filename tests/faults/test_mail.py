"""The worker killed around the mail server's acknowledgement: the message arrives, with at most one duplicate."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tequio.kernel.mail import post
from tequio.kernel.models import OutboxMessage
from tequio.kernel.tests.mailserver import Post, free_port, mail_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Start

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0
HELD = 0.7  # seconds in which the worker hears the acknowledgement and waits for the database


def aim(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Tell the workers which server to use."""
    monkeypatch.setenv("TEQUIO_SMTP", f"smtp://127.0.0.1:{port}?starttls=0")
    monkeypatch.setenv("TEQUIO_FROM", "avisos@example.mx")


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


def receipts(folder: Path) -> list[tuple[bool, str]]:
    """Return, of each message in the workers' database, whether it was sent and what is left of its text."""
    if connection.vendor == "postgresql":
        return [(row.sent_at is not None, row.body) for row in OutboxMessage.objects.all()]
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        rows = copy.execute("SELECT sent_at, body FROM kernel_outboxmessage").fetchall()
    return [(sent_at is not None, body) for sent_at, body in rows]


@contextmanager
def nothing_is_written(folder: Path) -> Iterator[None]:
    """Hold the message, so that no worker can write its receipt."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            list(OutboxMessage.objects.select_for_update())
            yield
            with connection.cursor() as cursor:  # else the server carries out what a dead worker had asked
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
        return
    with closing(sqlite3.connect(folder / "copy.sqlite3", timeout=PATIENCE, isolation_level=None)) as copy:
        copy.execute("BEGIN IMMEDIATE")
        yield
        copy.execute("ROLLBACK")


@pytest.mark.parametrize("acknowledged", [False, True])
def test_a_worker_killed_around_the_acknowledgement_leaves_at_most_one_duplicate(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, acknowledged: bool
) -> None:
    post("code:1", "ana@example.org", "Código", "483920", at=timezone.now())
    with mail_server(Post()) as server:
        aim(monkeypatch, server.port)
        server.may_answer.clear()
        doomed = start(1)
        assert server.arrived.wait(PATIENCE)
        assert receipts(tmp_path) == [(False, "483920")]
        with nothing_is_written(tmp_path):
            if acknowledged:
                server.may_answer.set()
                time.sleep(HELD)
            assert doomed.poll() is None
            doomed.kill()
            doomed.wait()
        server.may_answer.set()
        start(1)
        wait_until(lambda: receipts(tmp_path) == [(True, "")])
        assert len(server.received) == 2
        assert len({letter["Message-ID"] for letter in server.received}) == 1


def test_a_server_that_comes_back_gets_the_message_once(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    aim(monkeypatch, port)
    post("code:1", "ana@example.org", "Código", "483920", at=timezone.now())
    start(5)
    time.sleep(4)
    assert receipts(tmp_path) == [(False, "483920")]
    with mail_server(Post(), port) as server:
        wait_until(lambda: receipts(tmp_path) == [(True, "")])
        assert len(server.received) == 1
