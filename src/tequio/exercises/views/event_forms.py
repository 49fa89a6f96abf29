"""The open forms of events: registering without an account, and one's own registration by its secret link."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.core.ratelimit import consume, respond_429
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.exercises.enums import AttendeeState
from tequio.exercises.forms.events import AttendeeForm
from tequio.exercises.notices.events import door_address
from tequio.exercises.queries.events import attendee_of
from tequio.exercises.views.events import facts, shown_event
from tequio.exercises.workflows import cancel_registration, register_for_event
from tequio.kernel.access import open_form
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def event_registration(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Register for an event; whoever is registered already gets the same answer, so that nobody learns who is."""
    event = shown_event(slug, key)
    form = AttendeeForm(request.POST or None, event=event)
    if not event.takes_registrations(timezone.now()):
        return render(request, "exercises/event_closed.html", {"event": event}, status=HTTPStatus.CONFLICT)

    def send() -> HttpResponse:
        if not consume(request, action="register_for_event", key=f"{event.pk}:{form.cleaned_data['email']}"):
            refused: HttpResponse = respond_429(request)
            return refused
        register_for_event(event, form.details, by=request.user, at=timezone.now())
        return render(request, "exercises/event_registered.html", {"event": event})

    return when_sent(request, form, send) or render(
        request, "exercises/event_registration.html", {"event": event, "form": form}
    )


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def attendee(request: HttpRequest, slug: str, key: str, token: str) -> HttpResponse:
    """Show one's own registration, with the code for the door, and cancel it."""
    event = shown_event(slug, key)
    told = {"event": event, "facts": list(facts(event))}
    if request.method == "POST":
        try:
            cancel_registration(event, token, at=timezone.now())
        except Refused as why:
            return render(request, "exercises/attendee.html", told | {"why": str(why)}, status=HTTPStatus.CONFLICT)
        return render(request, "exercises/attendee.html", told | {"is_cancelled": True})
    found = attendee_of(event, token)
    if found is None:
        return render(request, "exercises/attendee.html", told, status=HTTPStatus.NOT_FOUND)
    found.event = event
    told |= {
        "attendee": found,
        "has_place": found.state == AttendeeState.CONFIRMED,
        "door": door_address(found) if event.is_at_a_place else "",
        "may_cancel": event.takes_registrations(timezone.now()) and not found.arrived_at,
        "ahead": event.attendees.waiting().filter(pk__lt=found.pk).count(),
    }
    return render(request, "exercises/attendee.html", told)
