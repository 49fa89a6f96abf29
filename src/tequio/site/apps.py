"""Registers the room with Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils import timezone


class SiteConfig(AppConfig):
    """Home, search, agenda and the pages where rooms meet."""

    name = "tequio.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whenever something is published, drop every kept page and bring the search index up to it."""
        from tequio.kernel.facts import FILE_ATTACHED, PUBLISHED, subscribe

        subscribe(PUBLISHED, drop_pages)
        subscribe(FILE_ATTACHED, drop_pages)
        subscribe(PUBLISHED, index_again)


def drop_pages(**_fact: Any) -> None:
    """Make kept pages be rendered again."""
    from tequio.kernel.editionstamp import drop_all

    drop_all(at=timezone.now())


def index_again(**_fact: Any) -> None:
    """Queue one rebuild of the search index, however many things are published before it runs."""
    from tequio.kernel.jobs import enqueue
    from tequio.site.tasks import rebuild_search

    enqueue(rebuild_search, key="rebuild_search")
