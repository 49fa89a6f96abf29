"""The plan as published: the whole document, its files and what it leaves out or contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from tequio.kernel.access import public
from tequio.kernel.components import Link
from tequio.kernel.models import EditionFile
from tequio.kernel.pagecache import cached_page
from tequio.plans.enums import FindingKind
from tequio.plans.queries.reading import EDITION_KIND
from tequio.site.queries.chapters import chapters
from tequio.site.queries.findings import findings_page
from tequio.site.queries.published import Published, published_plan, short_address
from tequio.site.views.answers import found, unknown_filter
from tequio.site.views.exercise import EXERCISES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

A_YEAR = 31_536_000  # seconds


def trail(plan: Published, *rest: Link) -> list[Link]:
    """Return the way to a page of a plan; the last link, without address, is the page itself."""
    slug = plan.dossier.exercise_slug
    own = Link(plan.dossier.kind_label, reverse("site:plan", args=[slug]) if rest else "")
    return [EXERCISES, Link(plan.dossier.exercise_name, reverse("site:exercise", args=[slug])), own, *rest]


@public
@require_safe
@cached_page()
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole document as published, chapter by chapter."""
    shown = found(published_plan(slug))
    return render(
        request,
        "site/plan.html",
        {
            "plan": shown,
            "dossier": shown.dossier,
            "chapters": chapters(shown.dossier),
            "files": list(shown.edition.files.all()) if shown.edition else [],
            "findings": shown.plan.findings.count(),
            "accent": shown.accent,
            "short_address": short_address(shown.dossier.code),
            "trail": trail(shown),
        },
    )


@public
@require_safe
def commitments(_request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the plan's commitments, which the exercise's page lists with their state."""
    found(published_plan(slug))
    return redirect(f"{reverse('site:exercise', args=[slug])}#compromisos")


@public
@require_safe
def plan_file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """Serve a file of the current edition, or of the one that `edicion` names, which then never changes."""
    shown = found(published_plan(slug))
    number = request.GET.get("edicion", "")
    current = str(shown.edition.number) if shown.edition else "0"
    numbers = range(1, int(current) + 1)
    if wrong := unknown_filter(request, "edicion", "Edición", numbers):
        return wrong
    rows = EditionFile.objects.filter(edition__kind=EDITION_KIND, edition__subject=shown.plan.code, name=name)
    file = found(rows.filter(edition__number=number or current).first())

    @condition(etag_func=lambda _request: f'"{file.sha256}"')
    def served(_request: HttpRequest) -> FileResponse:
        return FileResponse(file.open(), content_type=file.media_type, filename=file.name)

    answer = served(request)
    forever, asked_again = {"max_age": A_YEAR, "immutable": True}, {"no_cache": True}
    patch_cache_control(answer, public=True, **(forever if number else asked_again))
    return answer


@public
@require_safe
@cached_page(parameters=("tipo", "compromiso"))
def inconsistencies(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the document leaves out or contradicts, by kind and commitment."""
    shown = found(published_plan(slug))
    numbers = [part.number for part in shown.dossier.commitments]
    wrong = unknown_filter(request, "tipo", "Qué pasa", FindingKind.values) or unknown_filter(
        request, "compromiso", "Compromiso", numbers
    )
    if wrong:
        return wrong
    kind, commitment = request.GET.get("tipo", ""), request.GET.get("compromiso", "")
    rows = list(shown.plan.findings.select_related("commitment"))
    return render(
        request,
        "site/inconsistencies.html",
        {
            "plan": shown,
            "page": findings_page(shown.dossier, rows, kind=kind, commitment=commitment),
            "active": active(request, kind, commitment),
            "accent": shown.accent,
            "trail": trail(shown, Link("Inconsistencias")),
        },
    )


def active(request: HttpRequest, kind: str, commitment: str) -> list[Link]:
    """Return the filters that are applied, each with the address that removes it."""
    own, parts = request.path, {"tipo": kind, "compromiso": commitment}
    others = {key: "".join(f"?{k}={v}" for k, v in parts.items() if v and k != key) for key in parts}
    named = {"tipo": FindingKind(kind).label if kind else "", "compromiso": f"Compromiso {commitment}"}
    return [Link(named[key], own + others[key]) for key, value in parts.items() if value]
