"""What follows a publication: kept pages drop, and the search index is brought up to it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_tasks import task

from tequio.kernel.editionstamp import drop_all
from tequio.kernel.facts import CHANGED, FILE_ATTACHED, PUBLISHED, STATUS_CHANGED, subscribe
from tequio.kernel.jobs import enqueue
from tequio.kernel.searchindex import rebuild


@task
def rebuild_search() -> int:
    """Make the search index say what is published now; return how many entries it wrote or removed."""
    done = rebuild(at=timezone.now())
    drop_all(at=timezone.now())
    return done.written + done.removed


def listen() -> None:
    """Subscribe to the facts of publication; called once the rooms are loaded."""
    subscribe(PUBLISHED, drop_pages)
    subscribe(PUBLISHED, index_again)
    subscribe(CHANGED, drop_pages)
    subscribe(CHANGED, index_again)
    subscribe(FILE_ATTACHED, drop_pages)
    subscribe(STATUS_CHANGED, drop_pages)


def drop_pages(**_fact: Any) -> None:
    """Make kept pages be rendered again."""
    drop_all(at=timezone.now())


def index_again(**_fact: Any) -> None:
    """Queue one rebuild of the search index, however many things are published before it runs."""
    enqueue(rebuild_search, key="rebuild_search")
