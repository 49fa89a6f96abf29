"""The open forms of events: registering without an account, and one's own registration by its secret link."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.core.ratelimit import consume, respond_429
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.exercises.enums import AttendeeState
from tequio.exercises.forms.events import AttendeeForm
from tequio.exercises.notices.events import door_address
from tequio.exercises.queries.events import attendee_of, guest_of
from tequio.exercises.views.events import facts, shown_event
from tequio.exercises.workflows import cancel_registration, register_for_event, stop_inviting
from tequio.kernel.access import open_form
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.exercises.models import Event


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def event_registration(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Register for an event; whoever is registered already gets the same answer, so that nobody learns who is."""
    return registration(request, shown_event(slug, key), "exercises/event_registration.html")


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, slug: str, key: str, token: str) -> HttpResponse:
    """Register by an invitation, to have a place while they are kept; or, by its other button, be forgotten."""
    event = shown_event(slug, key)
    told: dict[str, Any] = {"event": event}
    if guest_of(event, token) is None:
        return render(request, "exercises/invitation_over.html", told, status=HTTPStatus.NOT_FOUND)
    if request.POST.get("move") == "stop":
        try:
            told["is_stopped"] = stop_inviting(event, token, at=timezone.now())
        except Refused as why:
            return render(request, "exercises/attendee.html", told | {"why": str(why)}, status=HTTPStatus.CONFLICT)
        return render(request, "exercises/invitation_over.html", told)
    return registration(request, event, "exercises/invitation.html", token)


def registration(request: HttpRequest, event: Event, page: str, token: str = "") -> HttpResponse:
    """Answer a form of registration, with the invitation by which somebody came."""
    form = AttendeeForm(request.POST or None, event=event)
    if not event.takes_registrations(timezone.now()):
        return render(request, "exercises/event_closed.html", {"event": event}, status=HTTPStatus.CONFLICT)

    def send() -> HttpResponse:
        if not consume(request, action="register_for_event", key=f"{event.pk}:{form.cleaned_data['email']}"):
            refused: HttpResponse = respond_429(request)
            return refused
        details = replace(form.details, invitation=token)
        register_for_event(event, details, by=request.user, at=timezone.now())
        return render(request, "exercises/event_registered.html", {"event": event})

    told = {"event": event, "form": form, "keeps_places": event.keeps_places(timezone.now())}
    return when_sent(request, form, send) or render(request, page, told)


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
        "keeps_places": found.state == AttendeeState.WAITING and event.keeps_places(timezone.now()),
        "may_cancel": event.takes_registrations(timezone.now()) and not found.arrived_at,
        "ahead": event.attendees.waiting().filter(pk__lt=found.pk).count(),
    }
    return render(request, "exercises/attendee.html", told)
