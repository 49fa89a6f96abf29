"""What a person has to do now, and the calendar that carries it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.adapters import SHARED
from tequio.accounts.queries import calendar_key_of, own_pages, person_of_calendar, towns_of
from tequio.accounts.views.answers import person
from tequio.accounts.workflows import make_calendar_key, stop_calendar
from tequio.exercises.duties import asked_of
from tequio.governance.duties import seats_held
from tequio.governance.enums import BodyKind
from tequio.kernel.access import public, signed_in
from tequio.kernel.calendar import calendar
from tequio.kernel.clock import day_of
from tequio.kernel.duties import one_reading
from tequio.site.queries.work import deadlines, work

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@signed_in
@require_safe
def work_page(request: HttpRequest) -> HttpResponse:
    """Show a person what they have to do: today, this week, later."""
    at = timezone.now()
    with one_reading():  # what a person sent is read with what exercises ask of them
        found, sent = work(person(request), at), asked_of(person(request), at)["sent"]
        seats = [term for term in seats_held(person(request), at) if term.seat.body.kind == BodyKind.SECRETARIAT]
    told = {
        "work": found,
        "at": at,
        "pages": own_pages(request.user),
        "diagnoses": list({term.seat.body.exercise_id: term.seat.body.exercise for term in seats}.values()),
        "towns": towns_of(request.user, day_of(at)),
        "applications": sent,
        "is_shared": request.session.get(SHARED, False),
    }
    return render(request, "site/work.html", told)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_calendar(request: HttpRequest) -> HttpResponse:
    """Show whether a person has a calendar, make its secret address, which is shown once, and stop it."""
    viewer, address = person(request), ""
    if request.method == "POST" and "stop" in request.POST:
        stop_calendar(by=viewer)
    elif request.method == "POST":
        token = make_calendar_key(by=viewer, at=timezone.now())
        address = settings.SITE_ADDRESS + reverse("site:work_calendar_file", args=[token])
    told = {
        "address": address,
        "subscription": f"webcal://{address.partition('://')[2]}",
        "key": calendar_key_of(viewer),
    }
    return render(request, "site/work_calendar.html", told)


@public
@never_cache
@require_safe
def work_calendar_file(_request: HttpRequest, token: str) -> HttpResponse:
    """Give a person's deadlines to whoever has the secret address: a calendar program cannot enter."""
    found = person_of_calendar(token)
    if found is None:
        raise Http404
    at = timezone.now()
    return calendar("Mi trabajo", deadlines(found, at, site=settings.SITE_ADDRESS), at=at)
