"""The worker: schedules periodic jobs, puts back those of dead workers, runs what is due."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from tequio.kernel.jobs import LEASE, recover, run_next
from tequio.kernel.periodic import schedule

if TYPE_CHECKING:
    from argparse import ArgumentParser

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs jobs until it is told to stop; SIGTERM lets the present job finish."""

    help = "Run the jobs of the queue"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Accept --once, --interval and --lease (seconds)."""
        parser.add_argument("--once", action="store_true", help="run what is due, then exit")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds(), help="seconds a dead worker holds")

    def handle(self, *, once: bool, interval: float, lease: float, **_options: Any) -> None:
        """Work until SIGTERM or SIGINT, or until nothing is due with --once."""
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        worker, held = uuid4().hex, timedelta(seconds=lease)
        while not stop.is_set():
            try:
                if work_once(worker, held):
                    continue
            except (InterfaceError, OperationalError):
                if once:
                    raise
                logger.exception("the database does not answer; the worker goes on when it does")
            if once:
                return
            stop.wait(interval)
            close_old_connections()


def work_once(worker: str, lease: timedelta) -> bool:
    """Do what is due now: periodic jobs, those of dead workers, then one job; return whether there was one."""
    schedule(timezone.now())
    recover(timezone.now(), lease=lease)
    return run_next(worker, lease=lease)
