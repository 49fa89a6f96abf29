"""The kernel's jobs; it reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.kernel import delivery
from tequio.kernel.jobs import forget_finished, retry_parked
from tequio.kernel.periodic import DAY, every


@task()
def deliver_mail(message: str) -> None:
    """Send a message of the outbox."""
    delivery.deliver(message)


@task()
def retry_mail() -> None:
    """Try again what was given up while the mail server was away for long."""
    at = timezone.now()
    retry_parked(deliver_mail, since=at - delivery.PATIENCE, at=at)


@task()
def forget_finished_jobs() -> int:
    """Erase what the queue no longer needs to remember; return how many."""
    return forget_finished(timezone.now())


every("forget_finished_jobs", forget_finished_jobs, DAY, shift=timedelta(hours=3))
every("retry_mail", retry_mail, timedelta(hours=1))
