"""The public pages of elections: their list, each one with its result, and what a recount needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.exercises.models import Exercise
from tequio.governance.enums import ElectionState
from tequio.governance.models import Election
from tequio.governance.queries.elections import next_edge, receipts_file, status_at, votes_file, winners_of
from tequio.kernel.access import public
from tequio.kernel.components import Link
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

MOST_RECEIPTS: Final = 500
"""Receipts that the page lists; the file has them all."""
RECOUNT: Final = "recuento.py"


def edge(request: HttpRequest) -> datetime | None:
    """Return when a page of elections changes by itself: the next opening or close that it shows."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    shown = Election.objects.visible_to(None).filter(exercise__slug=asked.get("slug", ""))
    if "number" in asked:
        shown = shown.filter(number=asked["number"])
    return next_edge(shown.filter(state=ElectionState.CALLED), timezone.now())


def seen(slug: str, number: int) -> Election:
    """Return an election that anybody may see, or answer that there is none."""
    elections = Election.objects.visible_to(None).select_related("exercise__jurisdiction", "urn", "previous__exercise")
    return get_object_or_404(elections, exercise__slug=slug, number=number)


def trail(exercise: Exercise, *links: Link) -> list[Link]:
    """Return where a page of elections stands."""
    return [Link("Ejercicios", "/ejercicios/"), Link(exercise.name, exercise.get_absolute_url()), *links]


@public
@require_safe
@cached_page(fresh_until=edge)
def election_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the elections of an exercise, the newest first."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None).select_related("jurisdiction"), slug=slug)
    at = timezone.now()
    elections = Election.objects.visible_to(None).filter(exercise=exercise).select_related("exercise")
    shown = {
        "exercise": exercise,
        "elections": [(each, status_at(each, at)) for each in elections],
        "trail": trail(exercise, Link("Elecciones")),
    }
    return render(request, "governance/elections/list.html", shown)


@public
@require_safe
@cached_page(fresh_until=edge)
def election(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what is elected, who stands, how one votes, and the result with all that a recount needs."""
    found, at = seen(slug, number), timezone.now()
    candidates = list(found.candidates.select_related("registration__organization"))
    receipts = found.urn.receipts or []
    shown = {
        "election": found,
        "exercise": found.exercise,
        "status": status_at(found, at),
        "candidates": candidates,
        "ranked": sorted(candidates, key=lambda each: (-(each.votes or 0), each.position or 0)),
        "winners": winners_of(found),
        "by_lot": any(each.by_lot for each in candidates),
        "receipts": receipts if len(receipts) <= MOST_RECEIPTS else [],
        "second_round": Election.objects.filter(previous=found).select_related("exercise").first(),
        "trail": trail(found.exercise, Link("Elecciones", f"/ejercicios/{slug}/elecciones/"), Link(found.question)),
    }
    return render(request, "governance/elections/election.html", shown)


@public
@require_safe
def votes(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send the votes without voters, as they were counted."""
    data = votes_file(seen(slug, number))
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="application/json; charset=utf-8", headers=saved("votos.json"))


@public
@require_safe
def receipts(_request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send the receipts of all ballots."""
    found = seen(slug, number).urn.receipts
    if found is None:
        raise Http404
    data = receipts_file(found)
    return HttpResponse(data, content_type="text/plain; charset=utf-8", headers=saved("comprobantes.txt"))


@public
@require_safe
def recount(_request: HttpRequest) -> FileResponse:
    """Send the program that counts the votes again, which needs nothing but Python."""
    program = settings.VERIFIER.with_name(RECOUNT)
    return FileResponse(
        program.open("rb"), as_attachment=True, filename=RECOUNT, content_type="text/x-python; charset=utf-8"
    )


def saved(name: str) -> dict[str, str]:
    """Return the headers of a file to save."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
