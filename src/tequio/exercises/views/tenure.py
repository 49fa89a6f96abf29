"""The working pages of an exercise's end: handing it over, closing it, archiving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.exercises.enums import ACCOMPANY_EXERCISE
from tequio.exercises.forms.exercise import HandOverForm
from tequio.exercises.queries import accompanied_exercises, other_guarantors
from tequio.exercises.views.reach import exercise_within_reach
from tequio.exercises.workflows import EXERCISE, archive_exercise, hand_over
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused, attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which institution will answer for the exercise, and for the others of its guarantor."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)
    day = today()
    form = HandOverForm(other_guarantors(exercise, day), request.POST or None, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = list(accompanied_exercises(request.user, day)) if told["everywhere"] else [exercise]

        def hand_over_all() -> int:
            with transaction.atomic():
                for each in given:
                    hand_over(each, told["successor"], on=told["on"], by=request.user, at=timezone.now())
            return len(given)

        if attempt(form, hand_over_all):
            return redirect("site:exercise", slug)
    shown = {"form": form, "exercise": exercise, "terms": exercise.guarantor_terms.select_related("organization")}
    return render(request, "exercises/hand_over.html", shown)


@requires(ACCOMPANY_EXERCISE)
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an exercise whose phases are done, or archive one that is closed."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)
    try:
        if "archive" in request.POST:
            archive_exercise(exercise, by=request.user, at=timezone.now())
        else:
            EXERCISE.run(exercise, "close", by=request.user, at=timezone.now())
    except Refused as refused:
        return render(request, "exercises/refused.html", {"why": refused, "exercise": exercise}, status=409)
    return redirect("site:exercise", slug)
