"""The door of an event, on a phone: by code, by name, or without having registered; one large answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import person
from tequio.exercises.enums import RUN_EXERCISE
from tequio.exercises.forms.events import SearchForm, WalkInForm
from tequio.exercises.queries.events import attendance, found_at_the_door
from tequio.exercises.views.event_work import event_to_run
from tequio.exercises.workflows import admit_walk_in, check_in
from tequio.kernel.access import requires
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from tequio.exercises.models import Event


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Look for who comes by name or address; who gives a whole code comes in at once."""
    event = event_to_run(request, slug, key)
    form = SearchForm(request.POST or None)
    told: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if event.attendees.filter(code=words.strip().upper()).exists():
            return noted(request, event, words)
        told |= {"asked": True, "found": found_at_the_door(event, words)}
    return answered(request, event, **told)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def door_code(request: HttpRequest, slug: str, key: str, code: str) -> HttpResponse:
    """Show to whom a code belongs, as a camera opens it, and note that they came: opening notes nothing."""
    event = event_to_run(request, slug, key)
    if request.method != "POST":
        return answered(request, event, asked=True, found=found_at_the_door(event, code))
    return noted(request, event, code)


def noted(request: HttpRequest, event: Event, code: str) -> HttpResponse:
    """Note that who holds a code came, and return the door's large answer."""
    try:
        arrival = check_in(event, code, is_let_in="let_in" in request.POST, by=person(request), at=timezone.now())
    except Refused as why:
        return answered(request, event, why=str(why))
    return answered(request, event, arrival=arrival)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let in somebody who did not register, in three fields."""
    event = event_to_run(request, slug, key)
    form = WalkInForm(request.POST or None, event=event)

    def send() -> HttpResponse:
        arrival = admit_walk_in(event, form.details, by=person(request), at=timezone.now())
        return answered(request, event, arrival=arrival)

    return when_sent(request, form, send) or render(
        request, "exercises/work/walk_in.html", {"event": event, "form": form}
    )


def answered(request: HttpRequest, event: Event, **told: Any) -> HttpResponse:
    """Return the door's page with what it answers."""
    shown = {"event": event, "figures": attendance(event), "form": SearchForm(), **told}
    return render(request, "exercises/work/door.html", shown, status=409 if told.get("why") else 200)
