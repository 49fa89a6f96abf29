"""The working page of an exercise, where its rooms meet, and the exercise as a citizen will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.accounts.queries import towns_of
from tequio.accounts.views.answers import found
from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE
from tequio.exercises.models import Exercise
from tequio.exercises.queries import workable_exercise
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.site.queries.exercise_work import work_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(RUN_EXERCISE)
@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """Show those who run an exercise where it stands, what each phase lacks, and the way to mend it."""
    exercise = found(workable_exercise(request.user, slug, RUN_EXERCISE))
    shown = {
        "page": work_page(exercise, today=today()),
        "exercise": exercise,
        "accompanies": request.user.has_perm(ACCOMPANY_EXERCISE, exercise),
    }
    return render(request, "site/exercise_work.html", shown)


@requires(RUN_EXERCISE)
@require_safe
def exercises_at_work(request: HttpRequest) -> HttpResponse:
    """List the exercises that the person runs, those under way first."""
    seen = Exercise.objects.visible_to(request.user).filter(archived_on__isnull=True)
    mine = seen.select_related("jurisdiction").prefetch_related("guarantor_terms").order_by("state", "name")
    shown = [exercise for exercise in mine if request.user.has_perm(RUN_EXERCISE, exercise)]
    places = towns_of(request.user, today())
    return render(request, "site/exercises_at_work.html", {"exercises": shown, "places": places})
