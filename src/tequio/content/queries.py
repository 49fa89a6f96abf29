"""Reads of editorial pages that are not one page's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import strip_tags

from tequio.content.models import ContentPage, NewsPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from tequio.content.models import PublicPage


def published_pages() -> Iterator[PublicPage]:
    """Yield every published page that has words of its own, news last."""
    yield from ContentPage.objects.live().order_by("path")
    yield from newest_news()


def newest_news() -> QuerySet[NewsPage]:
    """Return the published news, the newest first."""
    news: QuerySet[NewsPage] = NewsPage.objects.live().order_by("-dated_on", "-pk")
    return news


def plain_text(page: PublicPage) -> str:
    """Return all that a page says, without marks, for searching."""
    parts = [page.lede, *(str(block.render()) for block in page.body)]
    return " ".join(" ".join(strip_tags(part.replace("<", " <")) for part in parts).split())
