"""The working pages of an exercise's phases and of its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.accounts.views.answers import unless_refused
from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE
from tequio.exercises.forms.exercise import MethodForm, PhaseDatesForm, WaiverForm
from tequio.exercises.models import Method
from tequio.exercises.queries import methods_to_adopt, needs_of, standing_phases
from tequio.exercises.views.answers import exercise_within_reach, to_work
from tequio.exercises.workflows import adopt_method, finish_phase, plan_phase, waive_requisite
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

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

    def send() -> HttpResponse:
        plan_phase(phase, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("site:exercise_work", slug)

    shown = {"form": form, "phase": phase, "exercise": phase.exercise}
    return when_sent(request, form, send) or render(request, "exercises/phase_dates.html", shown)


@requires(RUN_EXERCISE)
@require_POST
def finish(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Give a phase as done."""
    phase = phase_within_reach(request, slug, order, RUN_EXERCISE)

    def done() -> HttpResponse:
        finish_phase(phase, by=request.user, at=timezone.now())
        return redirect("site:exercise_work", slug)

    return unless_refused(request, done, back=to_work(phase.exercise))


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, slug: str, order: int) -> HttpResponse:
    """Ask what a phase goes without, and why."""
    phase = phase_within_reach(request, slug, order, ACCOMPANY_EXERCISE)
    needs = [need for need in needs_of(phase, today()) if need.blocks]
    form = WaiverForm(needs, request.POST or None)

    def send() -> HttpResponse:
        told = form.cleaned_data
        waive_requisite(phase, told["requisite"], reason=told["reason"], by=request.user, at=timezone.now())
        return redirect("site:exercise_work", slug)

    shown = {"form": form, "phase": phase, "exercise": phase.exercise}
    return when_sent(request, form, send) or render(request, "exercises/waive.html", shown)


@requires(ACCOMPANY_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which method the exercise adopts, and by which agreement."""
    exercise = exercise_within_reach(request, slug, ACCOMPANY_EXERCISE)
    methods = methods_to_adopt(exercise, today())
    choices = [(each.name, [(f"{each.key}:{p.order}", str(p)) for p in each.phases.all()]) for each in methods]
    form = MethodForm(choices, request.POST or None)

    def send() -> HttpResponse:
        key, _, order = form.cleaned_data["phase"].partition(":")
        chosen, agreement = Method.objects.get(key=key), form.cleaned_data["agreement"]
        adopt_method(exercise, chosen, agreement=agreement, current=int(order), by=request.user, at=timezone.now())
        return redirect("site:exercise_work", slug)

    shown = {"form": form, "exercise": exercise, "methods": methods, "phases": standing_phases(exercise)}
    return when_sent(request, form, send) or render(request, "exercises/method.html", shown)
