"""News as Atom and deadlines as a calendar, of all, of an exercise or of a commitment."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.calendar import Day, calendar
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.monitoring.forms import FILTERS, read
from tequio.monitoring.queries.changes import Entry, changes, subject
from tequio.monitoring.queries.deadlines import deadlines
from tequio.monitoring.queries.narrowing import public_choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

MOST_CHANGES: Final = 50
MOST_DEADLINES: Final = 1_000


@public
@require_safe
@cached_page(parameters=FILTERS)
@explains_bad_addresses
def news(request: HttpRequest) -> HttpResponse:
    """Tell the newest changes of what the dashboard's filters leave."""
    asked = Asked(request, FILTERS)
    narrowing, _, named = read(asked, public_choices())
    asked.settle()
    title = " · ".join(["Compromisos", *(name for name in named.values() if name)])
    found = changes(None, most=MOST_CHANGES, within=narrowing.of(None, today=today()))
    return _atom(request, title, asked.address("/tablero/"), [change.entry for change in found])


@public
@require_safe
@cached_page()
@explains_bad_addresses
def subject_news(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Tell the newest changes of an exercise, or of one of its commitments."""
    Asked(request, {}).settle()
    named = subject(slug, number, viewer=None)
    if named is None:
        raise Http404("No hay un ejercicio ni un compromiso publicado con ese nombre.")
    changed = changes(None, most=MOST_CHANGES, within=named.standings)
    told = [*(change.entry for change in changed), *named.acts]
    newest = sorted(told, key=attrgetter("on"), reverse=True)[:MOST_CHANGES]
    return _atom(request, named.name, named.address, newest)


@public
@require_safe
@cached_page(parameters=FILTERS, fresh_until=next_midnight)
@explains_bad_addresses
def due_days(request: HttpRequest) -> HttpResponse:
    """Give the deadlines of what the dashboard's filters leave as a calendar."""
    asked = Asked(request, FILTERS)
    narrowing, _, _ = read(asked, public_choices())
    asked.settle()
    due = deadlines(narrowing.of(None, today=today()), most=MOST_DEADLINES)
    days = [
        Day(
            identity=f"{each.code}/plazo",
            title=f"Vence {each.code}: {each.title}",
            starts_on=each.on,
            ends_on=each.on,
            text=each.institution,
            address=settings.SITE_ADDRESS + each.address,
        )
        for each in due
    ]
    return calendar("Plazos de los compromisos", days, at=timezone.now())


def _atom(request: HttpRequest, title: str, address: str, found: Sequence[Entry]) -> HttpResponse:
    """Write a feed; an entry's identity is a tag, which does not change when pages move."""
    site = settings.SITE_ADDRESS
    feed = Atom1Feed(
        title=f"{title} · {settings.SITE_NAME}",
        link=site + address,
        description="Actos, reportes, evidencias y juicios, los más recientes primero.",
        language="es-MX",
        feed_url=site + request.get_full_path(),
    )
    for entry in found:
        noon = timezone.make_aware(dt.datetime.combine(entry.on, dt.time(12)))
        feed.add_item(
            title=entry.said,
            link=site + entry.address,
            description=entry.text,
            unique_id=f"tag:{urlsplit(site).hostname},2026:{entry.identity}",
            pubdate=noon,
            updateddate=noon,
            author_name=entry.who,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
