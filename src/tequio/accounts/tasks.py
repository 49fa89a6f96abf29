"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from tequio.accounts.workflows import (
    forget_expired_addresses,
    forget_expired_sessions,
    forget_tellings,
    retain,
    send_digests,
)
from tequio.kernel.periodic import DAY, every


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


@task()
def send_todays_digests() -> int:
    """Send everybody their digest of the day; return how many."""
    return send_digests(at=timezone.now())


@task()
def forget_old_tellings() -> int:
    """Forget what people were told long ago; return how many rows."""
    return forget_tellings(at=timezone.now())


every("send_digests", send_todays_digests, DAY, shift=timedelta(hours=settings.DIGEST_HOUR))
every("forget_tellings", forget_old_tellings, DAY, shift=timedelta(hours=3))
every("erase_outlived", erase_outlived, DAY, shift=timedelta(hours=3))
every("forget_expired_sessions", forget_sessions, timedelta(hours=1))
every("forget_expired_addresses", forget_addresses, timedelta(hours=1))
