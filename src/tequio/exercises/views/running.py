"""The pages of who runs an exercise: its calls, from the draft to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.exercises.enums import CALLS_ONLINE, RUN_EXERCISE, CallState
from tequio.exercises.forms.calls import CallForm, ExtensionForm, OutcomeForm
from tequio.exercises.queries.calls import calls_of
from tequio.exercises.views.answers import run_call, run_exercise
from tequio.exercises.views.calls import WORDS, facts
from tequio.exercises.workflows import (
    CALL_MOVES,
    CallTerms,
    close_call,
    discard_call,
    draft_call,
    extend_call,
    proposed_terms,
    publish_call,
    redraft_call,
)
from tequio.exercises.workflows.call_texts import address_of
from tequio.kernel.access import requires
from tequio.kernel.clock import database_now
from tequio.kernel.components import Link
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tequio.exercises.models import Call, Exercise

KINDS: Final = {address_of(kind): kind for kind in CALLS_ONLINE}
WHAT_FOR: Final = {
    "participar": "Para formar la lista de miembros inscritos y elegir representantes.",
    "facilitar": "Para elegir a quien facilita el secretariado.",
    "suplente": "Para cubrir una suplencia.",
    "ampliar": "Para sumar miembros cuando el ejercicio ya está en marcha.",
}


def trail(exercise: Exercise, *here: Link) -> list[Link]:
    """Return the way to a working page of an exercise's calls."""
    work = Link(exercise.name, reverse("site:exercise_work", args=[exercise.slug]))
    return [work, Link("Convocatorias", reverse("exercises:calls", args=[exercise.slug])), *here]


@requires(RUN_EXERCISE)
@require_safe
def call_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the calls of an exercise, and the kinds that can be prepared."""
    exercise, at = run_exercise(request, slug), timezone.now()
    told = {
        "exercise": exercise,
        "calls": [(call, standing(call, at)) for call in calls_of(exercise, request.user)],
        "kinds": [(word, kind.label, WHAT_FOR[word]) for word, kind in KINDS.items()],
        "trail": [trail(exercise)[0], Link("Convocatorias")],
    }
    return render(request, "exercises/work/calls.html", told)


def standing(call: Call, at: Any) -> str:
    """Return how a call stands, in a word."""
    return "En preparación" if call.state == CallState.DRAFT else WORDS[call.standing_at(at)]


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_call(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Prepare a call from the model of its kind."""
    exercise, at = run_exercise(request, slug), timezone.now()
    if word not in KINDS:
        raise Http404
    form = CallForm(proposed_terms(exercise, KINDS[word], at=at), request.POST or None)
    told = {"exercise": exercise, "kind": KINDS[word].label, "trail": trail(exercise, Link("Nueva"))}

    def draft() -> Call:
        return draft_call(exercise, KINDS[word], form.terms(), by=request.user, at=at)

    return answered(request, form, "exercises/work/call_form.html", told, draft)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_call(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change a draft."""
    call, at = run_call(request, slug, key), timezone.now()
    if call.state != CallState.DRAFT or not (call.opens_at and call.closes_at):
        return to_call(call)
    now = CallTerms(call.title, call.bases, call.requirements, tuple(call.sectors), call.opens_at, call.closes_at)
    form = CallForm(now, request.POST or None)
    told = {"exercise": call.exercise, "call": call, "kind": call.get_kind_display(), "trail": trail(call.exercise)}

    def redraft() -> Call:
        return redraft_call(call, form.terms(), by=request.user, at=at)

    return answered(request, form, "exercises/work/call_form.html", told, redraft)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a draft as citizens will see it, and publish it."""
    call, at = run_call(request, slug, key), database_now()
    if call.state != CallState.DRAFT:
        return to_call(call)
    why = ""
    if request.method == "POST":
        try:
            return to_call(publish_call(call, by=request.user, at=at))
        except Refused as refused:
            why = str(refused)
    told = {
        "call": call,
        "exercise": call.exercise,
        "facts": facts(call, call.standing_at(at)),
        "blocks": [why] if why else CALL_MOVES.moves["publish"].blocks(call, at=at),
        "trail": trail(call.exercise, Link("Publicar")),
    }
    return render(request, "exercises/work/publish.html", told, status=409 if why else 200)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give a call more time."""
    call, at = run_call(request, slug, key), database_now()
    form = ExtensionForm(call.closes_at, request.POST or None)
    told = {"call": call, "exercise": call.exercise, "trail": trail(call.exercise, Link("Ampliar el plazo"))}

    def more() -> Call:
        written = form.cleaned_data
        return extend_call(call, written["closes_at"], reason=written["reason"], by=request.user, at=at).call

    return answered(request, form, "exercises/work/extend.html", told, more)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """End a call, with what came of it."""
    call, at = run_call(request, slug, key), database_now()
    form = OutcomeForm(request.POST or None)
    told = {"call": call, "exercise": call.exercise, "trail": trail(call.exercise, Link("Terminar"))}

    def end() -> Call:
        return close_call(call, outcome=form.cleaned_data["outcome"], by=request.user, at=at)

    return answered(request, form, "exercises/work/close.html", told, end)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Throw a draft away."""
    call = run_call(request, slug, key)
    if call.state != CallState.DRAFT:
        return to_call(call)
    if request.method == "POST":
        discard_call(call, by=request.user, at=timezone.now())
        return redirect("exercises:calls", slug)
    told = {"call": call, "exercise": call.exercise, "trail": trail(call.exercise, Link("Borrar el borrador"))}
    return render(request, "exercises/work/discard.html", told)


def answered(
    request: HttpRequest, form: forms.Form, template: str, told: dict[str, Any], verb: Callable[[], Call]
) -> HttpResponse:
    """Show a form, or run its verb with what was written; a refusal is told above the form, which keeps its text."""
    call = when_sent(request, form, verb)
    return to_call(call) if call else render(request, template, {**told, "form": form})


def to_call(call: Call) -> HttpResponse:
    """Lead to the working page of a call."""
    return redirect("exercises:work_call", call.exercise.slug, call.key)
