"""The kernel's own jobs; read when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.kernel.jobs import forget_finished
from tequio.kernel.periodic import DAY, every


@task
def forget_finished_jobs() -> int:
    """Erase what the queue no longer needs to remember; return how many."""
    return forget_finished(timezone.now())


every("forget_finished_jobs", forget_finished_jobs, DAY, shift=timedelta(hours=3))
