"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.accounts.workflows import forget_expired_addresses
from tequio.kernel.periodic import every


@task()
def forget_addresses() -> None:
    """Forget the addresses of invitations that expired."""
    forget_expired_addresses(at=timezone.now())


every("forget_expired_addresses", forget_addresses, timedelta(hours=1))
