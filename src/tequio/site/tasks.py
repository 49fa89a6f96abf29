"""Jobs of the whole site."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from tequio.kernel.searchindex import rebuild


@task
def rebuild_search() -> int:
    """Make the search index say what is published now; return how many entries it wrote or removed."""
    done = rebuild(at=timezone.now())
    return done.written + done.removed
