"""The job that releases data after something was published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_tasks import task

from tequio.kernel.jobs import enqueue
from tequio.opendata.workflows import RELEASE_KIND, release_datasets


@task
def release_what_changed(reason: str) -> int:
    """Release what changed; return how many versions were made. Done again, it makes none."""
    return len(release_datasets(by=None, at=timezone.now(), reason=reason))


def release_soon(*, kind: str, subject: str, **_rest: Any) -> None:
    """Queue one release, however many things were published meanwhile; a release itself is no reason."""
    if kind != RELEASE_KIND:
        enqueue(release_what_changed, f"Se publicó {subject}.", key="opendata.release")
