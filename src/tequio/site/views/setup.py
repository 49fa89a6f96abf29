"""The wizard by which a municipality sets up its exercise, and the exercise as a citizen will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tequio.accounts.models import Jurisdiction
from tequio.accounts.views.answers import found
from tequio.exercises.enums import OPEN_EXERCISE, RUN_EXERCISE
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.site.queries.exercise import exercise_page
from tequio.site.queries.setup import exercise_to_set_up, setup_steps
from tequio.site.views.exercise import shown_exercise

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(OPEN_EXERCISE)
@require_safe
def setup(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the seven steps of a municipality, each done or what it lacks, and the way to do it."""
    place = get_object_or_404(Jurisdiction.objects.municipalities().select_related("parent"), slug=slug)
    if not request.user.has_perm(OPEN_EXERCISE, place):
        raise Http404
    exercise = exercise_to_set_up(place, today())
    steps = setup_steps(place, exercise, today())
    shown = {
        "place": place,
        "exercise": exercise,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "is_whole": all(step.is_done for step in steps),
        "following": next((step for step in steps if not step.is_done and not step.skipped), None),
    }
    return render(request, "site/setup.html", shown)


@requires(RUN_EXERCISE)
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an exercise's page as a citizen will see it, also while it is a draft."""
    page = found(exercise_page(slug, today=today(), viewer=request.user))
    if not request.user.has_perm(RUN_EXERCISE, page.exercise):
        raise Http404
    return render(request, "site/exercise/preview.html", shown_exercise(page))
