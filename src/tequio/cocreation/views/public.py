"""The public pages of tables: the list of an exercise's, and each one with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.queries.kits import published_kit
from tequio.cocreation.queries.openings import opening_of
from tequio.cocreation.queries.reports import report_of
from tequio.cocreation.queries.tables import clock_of, shown_tables
from tequio.cocreation.queries.talks import talks_of
from tequio.exercises.enums import EventState
from tequio.exercises.models import Exercise
from tequio.exercises.queries.events import attendance, makes_wait
from tequio.exercises.views.events import facts
from tequio.kernel.access import public
from tequio.kernel.along import read_along
from tequio.kernel.clock import next_midnight
from tequio.kernel.components import Fact, Link
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from tequio.cocreation.models import Table


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """List the co-creation tables of an exercise, the latest first, each with its outcome."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None), slug=slug)
    told = {"exercise": exercise, "tables": shown_tables(None, slug), "trail": trail(exercise, Link("Mesas"))}
    return render(request, "cocreation/tables/public_list.html", told)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def table(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a table: what for, when and how to take part; once closed, its report."""
    rows = shown_tables(None, slug).filter(event__slug=key)
    one = found(next(iter(read_along(rows, "stages", "closed_texts", "small_tables")), None))
    event, kit, clock = one.event, published_kit(one), clock_of(one)
    figures = attendance(event) if event.is_live else None
    told = {
        "table": one,
        "event": event,
        "facts": list(table_facts(one)),
        "clock": clock,
        "report": report_of(one) if one.closed_at else None,
        "opening": opening_of(one),
        "has_kit": kit is not None,
        "talks": talks_of(clock, kit) if event.state != EventState.CANCELLED else (),
        "is_open": event.takes_registrations(timezone.now()),
        "is_full": makes_wait(event, figures, timezone.now()),
        "keeps_places": event.keeps_places(timezone.now()),
        "page_address": settings.SITE_ADDRESS + one.get_absolute_url(),
        "trail": trail(one.exercise, Link("Mesas", f"{one.exercise.get_absolute_url()}mesas/"), Link(event.name)),
    }
    return render(request, "cocreation/tables/public.html", told)


def table_facts(table: Table) -> Iterator[Fact]:
    """Yield what one needs to know of a table, in one block."""
    yield Fact("Temática", table.theme.name)
    yield Fact("Tipo de mesa", table.get_kind_display())
    yield from list(facts(table.event))[1:]
    if table.follows:
        yield Fact("Continúa a", table.follows.event.name, table.follows.get_absolute_url())


def trail(exercise: Exercise, *here: Link) -> list[Link]:
    """Return where a public page of tables stands."""
    return [Link("Ejercicios", "/ejercicios/"), Link(exercise.name, exercise.get_absolute_url()), *here]
