"""Dating the way to the installation, and skipping a step of setting up an exercise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.exercises.enums import RUN_EXERCISE, SetupStep
from tequio.exercises.forms.setup import InstallationForm, SkipForm
from tequio.exercises.queries import timetable
from tequio.exercises.views.answers import exercise_within_reach
from tequio.exercises.workflows import plan_installation, resume_step, skip_step
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

USUAL: Final = timedelta(days=60)
"""From today to the installation that is proposed first."""


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose the days before an installation, for the day that is asked, and set them."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    chosen = InstallationForm(request.GET if "installs_on" in request.GET else {"installs_on": today() + USUAL})
    day = chosen.cleaned_data["installs_on"] if chosen.is_valid() else today() + USUAL
    form = InstallationForm(request.POST or None, initial={"installs_on": day})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["installs_on"]

    def send() -> HttpResponse:
        plan_installation(exercise, day, by=request.user, at=timezone.now())
        return redirect("site:setup", exercise.jurisdiction.slug)

    shown = {"exercise": exercise, "form": form, "moments": timetable(day)}
    return when_sent(request, form, send) or render(request, "exercises/installation.html", shown)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Ask why a step is skipped, or take it up again."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    if word not in SetupStep.values:
        raise Http404
    step, back = SetupStep(word), redirect("site:setup", exercise.jurisdiction.slug)
    if request.method == "POST" and "resume" in request.POST:
        resume_step(exercise, step, by=request.user, at=timezone.now())
        return back
    form = SkipForm(request.POST or None)

    def send() -> HttpResponse:
        skip_step(exercise, step, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        return back

    return when_sent(request, form, send) or render(
        request, "exercises/skip.html", {"exercise": exercise, "form": form, "step": step}
    )
