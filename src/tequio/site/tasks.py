"""What follows a publication: cached pages drop at once, and a job brings the search entries up to date."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from tequio.kernel.editionstamp import drop_all
from tequio.kernel.facts import FILE_ATTACHED, PUBLISHED, subscribe
from tequio.kernel.jobs import enqueue
from tequio.kernel.searchindex import rebuild


@task()
def rebuild_search() -> None:
    """Make the search entries those of what is public now."""
    rebuild(at=timezone.now())


def drop_pages(**_fact: object) -> None:
    """Make every cached page be rendered again."""
    drop_all(at=timezone.now())


def find_anew(**_fact: object) -> None:
    """Queue one rebuild, however many facts come together."""
    enqueue(rebuild_search, key="rebuild_search")


subscribe(PUBLISHED, drop_pages)
subscribe(FILE_ATTACHED, drop_pages)
subscribe(PUBLISHED, find_anew)
