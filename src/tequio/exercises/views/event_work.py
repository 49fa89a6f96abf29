"""The pages of who runs an exercise: planning its events, announcing, changing, reporting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.views.answers import person
from tequio.exercises.enums import RUN_EXERCISE, AttendeeState
from tequio.exercises.forms.events import CancelForm, EventForm, PhotoForm, ReportForm, written
from tequio.exercises.models import Event
from tequio.exercises.queries.events import SHEET as PER_SHEET
from tequio.exercises.queries.events import attendance, events_to_run, needs_of, registered_in
from tequio.exercises.views.answers import exercise_within_reach, sheet_of
from tequio.exercises.workflows import (
    add_photo,
    cancel_event,
    change_event,
    discard_event,
    hold_event,
    plan_event,
    publish_event,
    publish_report,
    remove_photo,
)
from tequio.exercises.workflows.events import EVENTS
from tequio.kernel.access import requires
from tequio.kernel.attachments import sent
from tequio.kernel.components import Choice, Filter
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User

PARAMETERS: Final = {"estado": "estado", SHEET: "hoja"}
STATES: Final = {state.value: str(state.label) for state in AttendeeState}


def event_to_run(request: HttpRequest, slug: str, key: str) -> Event:
    """Return an event that the person runs; to others it is as if it were not."""
    found = Event.objects.live().select_related("exercise__jurisdiction").filter(exercise__slug=slug, slug=key).first()
    if found is None or not person(request).has_perm(RUN_EXERCISE, found):
        raise Http404
    return found


@requires(RUN_EXERCISE)
@require_safe
def run_events(request: HttpRequest, slug: str) -> HttpResponse:
    """List the events that are planned in an exercise, with their figures."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    return render(request, "exercises/work/events.html", {"exercise": exercise, "events": events_to_run(slug)})


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan an event."""
    exercise = exercise_within_reach(request, slug, RUN_EXERCISE)
    form = EventForm(request.POST or None)

    def send() -> HttpResponse:
        made = plan_event(exercise, form.details, by=person(request), at=timezone.now())
        return redirect("exercises:run_event", slug, made.slug)

    return when_sent(request, form, send) or render(
        request, "exercises/work/event_form.html", {"exercise": exercise, "form": form}
    )


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def run_event(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show an event to who runs it: where it stands, its figures and what can be done; a button makes a move."""
    event = event_to_run(request, slug, key)
    why = ""
    if request.method == "POST":
        try:
            return moved(request, event)
        except Refused as refused:
            why = str(refused)
            event.refresh_from_db()
    told = {
        "event": event,
        "figures": attendance(event),
        "needs": needs_of(event),
        "offers": {offer.move.name: offer for offer in EVENTS.offers(event, person(request), at=timezone.now())},
        "has_begun": bool(event.starts_at and event.starts_at <= timezone.now()),
        "why": why,
    }
    return render(request, "exercises/work/event.html", told, status=409 if why else 200)


def moved(request: HttpRequest, event: Event) -> HttpResponse:
    """Make the move that the button names."""
    by, at = person(request), timezone.now()
    move = request.POST.get("move", "")
    if move == "publish":
        publish_event(event, by=by, at=at)
    elif move == "hold":
        hold_event(event, by=by, at=at)
    elif move == "discard":
        discard_event(event, by=by, at=at)
        return redirect("exercises:run_events", event.exercise.slug)
    else:
        raise Refused("Esa acción no existe. Usa los botones de la página.")
    return redirect("exercises:run_event", event.exercise.slug, event.slug)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_event(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change an event; the page says who will be told."""
    event = event_to_run(request, slug, key)
    form = EventForm(request.POST or None, initial=written(event))

    def send() -> HttpResponse:
        change_event(event, form.details, by=person(request), at=timezone.now())
        return redirect("exercises:run_event", slug, key)

    told = {"exercise": event.exercise, "event": event, "form": form, "told": event.attendees.reachable().count()}
    return when_sent(request, form, send) or render(request, "exercises/work/event_form.html", told)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Cancel an event with its reason."""
    event = event_to_run(request, slug, key)
    form = CancelForm(request.POST or None)

    def send() -> HttpResponse:
        cancel_event(event, form.cleaned_data["reason"], by=person(request), at=timezone.now())
        return redirect("exercises:run_event", slug, key)

    told = {"event": event, "form": form, "told": event.attendees.reachable().count()}
    return when_sent(request, form, send) or render(request, "exercises/work/event_cancel.html", told)


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write and publish the report of an event."""
    event = event_to_run(request, slug, key)
    start = {"account": event.account, "recording_url": event.recording_url}
    form = ReportForm(request.POST or None, initial=start)

    def send() -> HttpResponse:
        publish_report(event, **form.cleaned_data, by=person(request), at=timezone.now())
        return redirect("exercises:run_event", slug, key)

    return when_sent(request, form, send) or render(
        request, "exercises/work/event_report.html", {"event": event, "form": form}
    )


@requires(RUN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the photographs of an event and publish one more."""
    event = event_to_run(request, slug, key)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def send() -> HttpResponse:
        send_photo(event, form, by=person(request))
        return redirect("exercises:photos", slug, key)

    return when_sent(request, form, send) or render(
        request, "exercises/work/event_photos.html", {"event": event, "form": form, "photos": event.photos.all()}
    )


def send_photo(event: Event, form: forms.Form, *, by: User) -> None:
    """Publish what the form brought."""
    given = form.cleaned_data
    data = sent(given["photo"])
    add_photo(event, data, text=given["text"], has_consent=given["has_consent"], by=by, at=timezone.now())


@requires(RUN_EXERCISE)
@require_POST
def take_photo_away(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Take a photograph away."""
    event = event_to_run(request, slug, key)
    remove_photo(get_object_or_404(event.photos, pk=number), by=person(request), at=timezone.now())
    return redirect("exercises:photos", slug, key)


@requires(RUN_EXERCISE)
@require_safe
@explains_bad_addresses
def attendees(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """List who registered, a sheet at a time, without their addresses."""
    event = event_to_run(request, slug, key)
    asked = Asked(request, PARAMETERS)
    state, number = asked.one_of("estado", STATES), asked.sheet()
    rows = registered_in(event, state)
    total = rows.count()
    last = -(-total // PER_SHEET)
    asked.hold_sheet(number, last)
    told = {
        "event": event,
        "attendees": rows[(number - 1) * PER_SHEET : number * PER_SHEET],
        "total": total,
        "filters": [Filter("estado", "Estado", tuple(Choice(*pair) for pair in STATES.items()), state)],
        "active": asked.active({"estado": STATES.get(state, "")}),
        "sheet": sheet_of(asked, number, last, total, "personas registradas"),
    }
    return render(request, "exercises/work/attendees.html", told)
