"""The pages of who answers a call: the form, and what became of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.exercises.enums import ApplicationState
from tequio.exercises.forms.applications import ApplicationForm
from tequio.exercises.models.applications import LIVE
from tequio.exercises.queries.calls import application_of, call_at
from tequio.exercises.workflows import (
    APPLICATION_MOVES,
    amend_application,
    may_amend,
    submit_application,
    withdraw_application,
)
from tequio.kernel.access import signed_in
from tequio.kernel.attachments import answer_with
from tequio.kernel.clock import database_now
from tequio.kernel.components import Link
from tequio.kernel.refusal import Refused, when_sent
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest, HttpResponse

    from tequio.exercises.models import Application, Call


def trail(call: Call, here: str) -> list[Link]:
    """Return the way to a page of who answers a call."""
    return [Link("Participa", "/participa/"), Link(call.title, call.get_absolute_url()), Link(here)]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer a call, or correct the answer while it may be corrected."""
    call, at = found(call_at(slug, key, None)), database_now()
    current = application_of(call, request.user)
    current = current if current and current.state in LIVE else None
    if current and not may_amend(current, at=at):
        return redirect(current)
    if not current and call.standing_at(at) is not WindowState.OPEN and request.method != "POST":
        return redirect(call)
    form = ApplicationForm(call, current, request.POST or None, request.FILES or None)

    def send() -> Application:
        if current:
            return amend_application(current, form.answer(), by=request.user, at=at)
        return submit_application(call, form.answer(), by=request.user, at=at)

    if done := when_sent(request, form, send):
        return redirect(done)
    told = {"form": form, "call": call, "application": current, "trail": trail(call, "Tu solicitud")}
    return render(request, "exercises/apply.html", told)


@signed_in
@require_safe
def your_application(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a person their answer to a call: its folio, where it stands and what they can do."""
    call, at = found(call_at(slug, key, None)), database_now()
    application = found(application_of(call, request.user))
    offers = APPLICATION_MOVES.offers(application, request.user, at=at)
    told = {
        "call": call,
        "application": application,
        "may_amend": may_amend(application, at=at),
        "may_withdraw": any(offer.move.name == "withdraw" and not offer.blocks for offer in offers),
        "may_apply": application.state not in LIVE and call.standing_at(at) is WindowState.OPEN,
        "is_returned": application.state == ApplicationState.RETURNED,
        "trail": trail(call, "Tu solicitud"),
    }
    return render(request, "exercises/your_application.html", told)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Withdraw one's answer to a call, after being told what that means."""
    call = found(call_at(slug, key, None))
    application = found(application_of(call, request.user))
    why = ""
    if request.method == "POST":
        try:
            withdraw_application(application, by=request.user, at=timezone.now())
        except Refused as refused:
            why = str(refused)
        else:
            return redirect(application)
    told = {"call": call, "application": application, "why": why, "trail": trail(call, "Retirar")}
    return render(request, "exercises/withdraw.html", told, status=409 if why else 200)


@signed_in
@require_safe
def your_picture(request: HttpRequest, slug: str, key: str) -> FileResponse:
    """Send a person the picture of their own answer."""
    application = found(application_of(found(call_at(slug, key, None)), request.user))
    return answer_with(found(application.picture), shown=True)
