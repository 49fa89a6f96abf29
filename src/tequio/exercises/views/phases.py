"""The working pages of an exercise's phases and of its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE
from tequio.exercises.forms.exercise import MethodForm, PhaseDatesForm, WaiverForm
from tequio.exercises.models import Method
from tequio.exercises.queries import methods_to_adopt, needs_of, standing_phases
from tequio.exercises.views.reach import exercise_within_reach
from tequio.exercises.workflows import adopt_method, finish_phase, plan_phase, waive_requisite
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused, attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.exercises.models import Phase


def phase_within_reach(request: HttpRequest, slug: str, order: int, permission: str) -> Phase:
    """Return a phase of the method that an exercise follows, for who may work on it."""
    exercise = exercise_within_reach(request, slug, permission)
    found = next((phase for phase in standing_phases(exercise) if phase.order == order and phase.origin), None)
    if found is None:
        raise Http404
    return found


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Ask from which day to which a phase is planned."""
    phase = phase_within_reach(request, slug, order, RUN_EXERCISE)
    form = PhaseDatesForm(request.POST or None, initial={"starts_on": phase.starts_on, "ends_on": phase.ends_on})
    if request.method == "POST" and form.is_valid():
        planned = form.cleaned_data
        if attempt(form, lambda: plan_phase(phase, **planned, by=request.user, at=timezone.now())):
            return redirect("site:exercise_work", slug)
    return render(request, "exercises/phase_dates.html", {"form": form, "phase": phase, "exercise": phase.exercise})


@requires(RUN_EXERCISE)
@require_POST
def finish(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Give a phase as done."""
    phase = phase_within_reach(request, slug, order, RUN_EXERCISE)
    try:
        finish_phase(phase, by=request.user, at=timezone.now())
    except Refused as refused:
        return render(request, "exercises/refused.html", {"why": refused, "exercise": phase.exercise}, status=409)
    return redirect("site:exercise_work", slug)


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Ask what a phase goes without, and why."""
    phase = phase_within_reach(request, slug, order, ACCOMPANY_EXERCISE)
    needs = [need for need in needs_of(phase, today()) if need.blocks]
    form = WaiverForm(needs, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if attempt(
            form,
            lambda: waive_requisite(
                phase, told["requisite"], reason=told["reason"], by=request.user, at=timezone.now()
            ),
        ):
            return redirect("site:exercise_work", slug)
    return render(request, "exercises/waive.html", {"form": form, "phase": phase, "exercise": phase.exercise})


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which method the exercise adopts, and by which agreement."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)
    methods = methods_to_adopt(exercise, today())
    choices = [(each.name, [(f"{each.key}:{p.order}", str(p)) for p in each.phases.all()]) for each in methods]
    form = MethodForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, _, order = form.cleaned_data["phase"].partition(":")
        chosen = Method.objects.get(key=key)
        if attempt(
            form,
            lambda: adopt_method(
                exercise,
                chosen,
                agreement=form.cleaned_data["agreement"],
                current=int(order),
                by=request.user,
                at=timezone.now(),
            ),
        ):
            return redirect("site:exercise_work", slug)
    shown = {"form": form, "exercise": exercise, "methods": methods, "phases": standing_phases(exercise)}
    return render(request, "exercises/method.html", shown)
