"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task

from tequio.kernel.periodic import every


@task()
def publish_scheduled() -> None:
    """Publish and take down the pages whose hour has come."""
    call_command("publish_scheduled", verbosity=0)


every("publish_scheduled_pages", publish_scheduled, timedelta(minutes=5))
