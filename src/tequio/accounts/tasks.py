"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.accounts.workflows import forget_expired_addresses, forget_expired_sessions, retain
from tequio.kernel.periodic import every


@task()
def forget_addresses() -> None:
    """Forget the addresses of invitations that expired."""
    forget_expired_addresses(at=timezone.now())


@task()
def forget_sessions() -> None:
    """Forget the sessions that ended."""
    forget_expired_sessions(at=timezone.now())


@task()
def erase_outlived() -> None:
    """Erase what has been kept of people for as long as it could be."""
    retain(at=timezone.now())


every("erase_outlived", erase_outlived, timedelta(days=1), shift=timedelta(hours=3))
every("forget_expired_sessions", forget_sessions, timedelta(hours=1))
every("forget_expired_addresses", forget_addresses, timedelta(hours=1))
