"""A commitment's page and its route in time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.accounts.views.answers import found
from tequio.exercises.enums import ExerciseState
from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Link
from tequio.kernel.figures.roadmap import roadmap
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.plans.consistency.forms import FORM
from tequio.site.queries.commitment import (
    CommitmentPage,
    at_a_glance,
    commitment_page,
    counted,
    lateness,
    shortened,
    voices,
)
from tequio.site.queries.findings import grouped
from tequio.site.queries.published import short_address
from tequio.site.queries.roadmap import elements, rows
from tequio.site.views.exercise import drawn
from tequio.site.views.plan import trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WITHOUT: Final = "sin"
FILTERS: Final = {"evidencia": "Evidencia"}


@public
@require_safe
@cached_page(parameters=FILTERS, fresh_until=next_midnight)
@explains_bad_addresses
def commitment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what was promised, by whom, and what institution, evidence and civil society say of it."""
    asked = Asked(request, FILTERS)
    without = bool(asked.one_of("evidencia", [WITHOUT]))
    page = found(commitment_page(slug, number, without_evidence=without))
    asked.settle()
    return render(
        request,
        "site/commitment/page.html",
        {
            **context(page),
            "without_evidence": without,
            "promise": shortened("Nos comprometemos a", page.part.promise),
            "facts": at_a_glance(page),
            "voices": voices(page),
            "lateness": lateness(page, today()),
            "counted": counted(page.standing) if page.standing else "",
            "form": {name: (label, getattr(page.part, name)) for name, label in FORM.items()},
            "kinds": grouped(page.findings),
            "trail": trail(page.plan, Link(f"Compromiso {number}")),
            "drawn": partial(drawn, page.tree),  # asked only when the page does not keep it
        },
    )


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def commitment_roadmap(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what happens when: key actions and activities in time, and what the roadmap lacks."""
    page = found(commitment_page(slug, number))
    running = page.row.plan.exercise.state == ExerciseState.OPEN
    route = rows(page)
    return render(
        request,
        "site/commitment/roadmap.html",
        {
            **context(page),
            "road": roadmap(route, today=today() if running else None),
            "dated": sum(row.begins() is not None for row in route),
            "total": len(route),
            "elements": elements(page.part),
            "trail": trail(page.plan, Link(f"Compromiso {number}", page.row.get_absolute_url()), Link("Hoja de ruta")),
        },
    )


def context(page: CommitmentPage) -> dict[str, object]:
    """Return what both pages of a commitment show around themselves."""
    return {
        "page": page,
        "part": page.part,
        "plan": page.plan,
        "dossier": page.plan.dossier,
        "accent": page.plan.accent,
        "short_address": short_address(page.part.code),
        "origin": settings.SITE_ADDRESS,
    }
