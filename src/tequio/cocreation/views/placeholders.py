"""Where the pages of tables will stand: until they do, a table's pages are its event's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from tequio.cocreation.enums import PREPARE_TABLE
from tequio.cocreation.models import Table
from tequio.kernel.access import public, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
@require_safe
def table(_request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Lead to the page of a table's event."""
    found = get_object_or_404(Table.objects.visible_to(None), event__exercise__slug=slug, event__slug=key)
    return redirect(found.event)


@requires(PREPARE_TABLE)
@require_safe
def run_tables(_request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the events of the exercise."""
    return redirect("exercises:run_events", slug)


@requires(PREPARE_TABLE)
@require_safe
def run_table(_request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Lead to the working page of the table's event."""
    return redirect("exercises:run_event", slug, key)
