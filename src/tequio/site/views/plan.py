"""The plan as published: the whole document, its files and what it leaves out or contradicts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from tequio.accounts.views.answers import found
from tequio.kernel.access import public
from tequio.kernel.components import Link
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.models import EditionFile
from tequio.kernel.pagecache import cached_page
from tequio.plans.enums import FindingKind
from tequio.plans.queries.reading import EDITION_KIND
from tequio.site.queries.chapters import chapters
from tequio.site.queries.findings import findings_page
from tequio.site.queries.published import Published, published_plan, short_address
from tequio.site.views.exercise import EXERCISES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

A_YEAR: Final = 31_536_000  # seconds
FORMS: Final = {"pdf": "PDF", "docx": "Word", "jsonld": "Datos enlazados (JSON-LD)"}
FILTERS: Final = {"tipo": "Qué pasa", "compromiso": "Compromiso"}


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
            "chapters": partial(chapters, shown.dossier),  # asked only when the page does not keep them
            "files": files(shown),
            "findings": shown.plan.findings.count(),
            "accent": shown.accent,
            "short_address": short_address(shown.dossier.code),
            "trail": trail(shown),
        },
    )


def files(plan: Published) -> list[tuple[str, EditionFile]]:
    """Return the files of the current edition with the name of their form, the one to read first."""
    made = {file.name.rpartition(".")[2]: file for file in plan.edition.files.all()} if plan.edition else {}
    return [(name, made[ending]) for ending, name in FORMS.items() if ending in made]


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
    asked = request.GET.get("edicion", "")
    editions = [str(number) for number in range(shown.edition.number if shown.edition else 0, 0, -1)]
    rows = EditionFile.objects.filter(edition__kind=EDITION_KIND, edition__subject=shown.plan.code, name=name)
    wanted = [number for number in editions if asked in ("", number)][:1]
    file = found(rows.filter(edition__number__in=wanted).first())

    @condition(etag_func=lambda _request: f'"{file.sha256}"')
    def served(_request: HttpRequest) -> FileResponse:
        return FileResponse(file.open(), content_type=file.media_type, filename=file.name)

    answer = served(request)
    forever, asked_again = {"max_age": A_YEAR, "immutable": True}, {"no_cache": True}
    patch_cache_control(answer, public=True, **(forever if asked else asked_again))
    return answer


@public
@require_safe
@cached_page(parameters=FILTERS)
@explains_bad_addresses
def inconsistencies(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the document leaves out or contradicts, by kind and commitment."""
    shown = found(published_plan(slug))
    asked = Asked(request, FILTERS)
    kind = asked.one_of("tipo", FindingKind.values)
    commitment = asked.one_of("compromiso", [str(part.number) for part in shown.dossier.commitments])
    asked.settle()
    rows = list(shown.plan.findings.select_related("commitment"))
    named = {
        "tipo": FindingKind(kind).label if kind else "",
        "compromiso": f"Compromiso {commitment}" if commitment else "",
    }
    return render(
        request,
        "site/inconsistencies.html",
        {
            "plan": shown,
            "page": findings_page(shown.dossier, rows, kind=kind, commitment=commitment),
            "active": asked.active(named),
            "accent": shown.accent,
            "trail": trail(shown, Link("Inconsistencias")),
        },
    )
