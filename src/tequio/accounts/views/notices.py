"""How often a person is told: chosen in their account, or stopped with one tap in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tequio.accounts.forms.notices import PacesForm
from tequio.accounts.queries import chosen_paces
from tequio.accounts.views.answers import person
from tequio.accounts.workflows import choose_paces, read_way_out, stop_notices
from tequio.kernel.access import open_form, signed_in
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_preferences(request: HttpRequest) -> HttpResponse:
    """Show how often one is told of each topic, and change it."""
    viewer = person(request)
    form = PacesForm(chosen_paces(viewer), request.POST or None)

    def choose() -> bool:
        choose_paces(form.cleaned_data, by=viewer, at=timezone.now())
        return True

    is_saved = bool(when_sent(request, form, choose))
    told = {"form": form, "is_saved": is_saved, "hour": settings.DIGEST_HOUR}
    return render(request, "accounts/notice_preferences.html", told)


@open_form
@csrf_exempt  # the signed address is the proof, and mail programs send no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop the notices of a message, and stop them; reading the page changes nothing."""
    is_done = request.method == "POST"
    try:
        topic = stop_notices(token, at=timezone.now()) if is_done else read_way_out(token)[1]
    except Refused as refused:
        return render(request, "accounts/stop_notices.html", {"why": refused}, status=404)
    return render(request, "accounts/stop_notices.html", {"topic": topic, "is_done": is_done})
