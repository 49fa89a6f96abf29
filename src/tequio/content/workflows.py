"""The verbs of content: bring in the pages of a data pack without touching what editors wrote."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Page, Site

from tequio.content.enums import BlockKind, PageKind
from tequio.content.models import ContentPage, NewsIndexPage, NewsPage, PublicPage, Seed
from tequio.content.models.blocks import cleaned
from tequio.kernel.canonical import digest
from tequio.kernel.facts import PUBLISHED, announce
from tequio.kernel.upsert import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record

NEWS_SLUG = "noticias"

logger = logging.getLogger(__name__)


@transaction.atomic
def seed_pages(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write the pages of a pack that are new or changed there; one that an editor changed, erased or made stays."""
    seeds = {seed.key: seed for seed in Seed.objects.select_related("page")}
    added = changed = 0
    for record in records:
        facts = _facts(record)
        seed = seeds.get(record["clave"])
        if seed is None:
            added += _plant(record["clave"], facts, by=by, at=at)
        elif seed.page and seed.is_untouched and seed.sha256 != digest(facts):
            _publish(seed, seed.page.specific, facts, by=by, at=at)
            changed += 1
    gone = sorted(seeds.keys() - {record["clave"] for record in records})
    tally = Tally("páginas", added, changed, len(records) - added - changed, tuple(gone))
    logger.info("%s (por %s, %s)", tally, by or "la consola", at)
    return (tally,)


def announce_pages(*pages: Page) -> None:
    """Announce a change that Wagtail made without publishing: a page moved, erased or taken off the site."""
    for page in pages:
        announce(PUBLISHED, kind="content.page", subject=page.url_path, number=0)


def _plant(key: str, facts: dict[str, Any], *, by: User | None, at: datetime) -> bool:
    """Add a page, unless an editor has one at its address; tell whether it was added."""
    is_news = facts["kind"] == PageKind.NEWS
    parent = _news_index(by=by) if is_news else _front()
    if parent.get_children().filter(slug=key).exists():
        return False
    page = NewsPage(slug=key, dated_on=facts["dated_on"]) if is_news else ContentPage(slug=key)
    page.title = facts["title"]
    parent.add_child(instance=page)
    _publish(Seed(key=key, page=page), page, facts, by=by, at=at)
    return True


def _publish(seed: Seed, page: PublicPage, facts: dict[str, Any], *, by: User | None, at: datetime) -> None:
    """Give a page what the pack says of it, publish it, and remember which revision that was."""
    page.title = page.draft_title = facts["title"]
    page.lede = page.search_description = facts["lede"]
    page.body = json.dumps(facts["body"])
    if isinstance(page, NewsPage):
        page.dated_on, page.exercise_slug = facts["dated_on"], facts["exercise_slug"]
    revision = page.save_revision(user=by)
    revision.publish(user=by)
    seed.revision, seed.sha256, seed.seeded_at = revision, digest(facts), at
    seed.save()


def _front() -> Page:
    """Return the page under which all others hang; its address is that of the site's own front page."""
    front = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    if front.title != "Inicio":
        front.title = front.draft_title = "Inicio"
        front.save()
    return front


def _news_index(*, by: User | None) -> NewsIndexPage:
    """Return the list of news, made the first time."""
    index: NewsIndexPage | None = NewsIndexPage.objects.first()
    if index is None:
        index = NewsIndexPage(title="Noticias", slug=NEWS_SLUG, lede="Lo que cambia en este sitio y en los ejercicios.")
        _front().add_child(instance=index)
        index.save_revision(user=by).publish(user=by)
    return index


def _facts(record: Record) -> dict[str, Any]:
    """Return what a pack says of a page, as the page's own fields and as JSON."""
    return {
        "kind": str(record["tipo"]),
        "title": record["titulo"],
        "lede": record["entrada"],
        "dated_on": record["fecha"].isoformat() if record["fecha"] else None,
        "exercise_slug": record["ejercicio"],
        "body": [{"type": str(block["tipo"]), "value": _value(block)} for block in record["cuerpo"]],
    }


def _value(block: Record) -> Any:
    """Return a block's value as its StreamField keeps it."""
    text, title, address = block["texto"], block["titulo"], block["direccion"]
    match block["tipo"]:
        case BlockKind.TEXT:
            return cleaned(text)
        case BlockKind.STEPS:
            steps = [{"title": step["titulo"], "text": step["texto"]} for step in block["pasos"]]
            return {"title": title, "steps": steps}
        case BlockKind.QUOTE:
            return {"text": text, "source": block["fuente"], "address": address}
        case BlockKind.CALLOUT:
            return {"title": title, "text": cleaned(text)}
    return {"text": text, "address": address}
