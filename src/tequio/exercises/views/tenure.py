"""The working pages of an exercise's end: handing it over, closing it, archiving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.accounts.views.answers import unless_refused
from tequio.exercises.enums import ACCOMPANY_EXERCISE
from tequio.exercises.forms.exercise import HandOverForm
from tequio.exercises.queries import accompanied_exercises, other_guarantors
from tequio.exercises.views.answers import exercise_within_reach, to_work
from tequio.exercises.workflows import EXERCISE, archive_exercise, hand_over
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which institution will answer for the exercise, and for the others of its guarantor."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)
    day = today()
    form = HandOverForm(other_guarantors(exercise, day), request.POST or None, initial={"on": day})

    def send() -> HttpResponse:
        told = form.cleaned_data
        given = list(accompanied_exercises(request.user, day)) if told["everywhere"] else [exercise]
        with transaction.atomic():
            for each in given:
                hand_over(each, told["successor"], on=told["on"], by=request.user, at=timezone.now())
        return redirect("site:exercise", slug)

    shown = {"form": form, "exercise": exercise, "terms": exercise.guarantor_terms.select_related("organization")}
    return when_sent(request, form, send) or render(request, "exercises/hand_over.html", shown)


@requires(ACCOMPANY_EXERCISE)
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an exercise whose phases are done, or archive one that is closed."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)

    def end() -> HttpResponse:
        if "archive" in request.POST:
            archive_exercise(exercise, by=request.user, at=timezone.now())
        else:
            EXERCISE.run(exercise, "close", by=request.user, at=timezone.now())
        return redirect("site:exercise", slug)

    return unless_refused(request, end, back=to_work(exercise))
