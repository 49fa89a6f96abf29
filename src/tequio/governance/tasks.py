"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.governance.workflows import close_due_elections, tell_rolls
from tequio.kernel.periodic import every


@task()
def count_elections() -> int:
    """Count the elections whose window ended; return how many."""
    return close_due_elections(at=timezone.now())


@task()
def tell_of_elections() -> int:
    """Tell the rolls how their elections stand; return of how many."""
    return tell_rolls(at=timezone.now())


every("tell_of_elections", tell_of_elections, timedelta(minutes=1))
every("close_due_elections", count_elections, timedelta(minutes=1))
