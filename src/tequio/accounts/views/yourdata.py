"""«Mis datos»: a person sees all that is kept of them, takes it away, takes back a consent, erases their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.forms.rights import CloseForm
from tequio.accounts.models import Consent, RightsRequest
from tequio.accounts.views.answers import person
from tequio.accounts.workflows import close_account, withdraw_consent
from tequio.kernel.access import signed_in
from tequio.kernel.personal import kept_of
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest


@signed_in
@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    """Show everything that is kept of whoever asks, of every room."""
    viewer = person(request)
    shown = {
        "kept": kept_of(viewer),
        "consents": Consent.objects.of(viewer).standing().select_related("notice"),
        "requests": RightsRequest.objects.filter(account=viewer).order_by("-asked_at"),
    }
    return render(request, "accounts/rights/your_data.html", shown)


@signed_in
@require_safe
def your_data_file(request: HttpRequest, form: str) -> HttpResponse:
    """Send the same as a file: JSON for programs, HTML for people."""
    viewer, at = person(request), timezone.now()
    kept = kept_of(viewer)
    if form == "html":
        answer = render(request, "accounts/rights/your_data_file.html", {"kept": kept, "at": at})
    elif form == "json":
        rows = [
            {
                "qué": each.row.what,
                "para qué": each.row.purpose.label,
                "por qué": each.row.basis.value,
                "hasta cuándo": each.row.lasts,
                "datos": each.things,
            }
            for each in kept
        ]
        whole = {"cuenta": viewer.get_username(), "hecho": at.isoformat(), "lo que guardamos": rows}
        answer = JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 2})
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="mis-datos.{form}"'
    return answer


@signed_in
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a consent."""
    viewer = person(request)
    consent = get_object_or_404(Consent.objects.of(viewer), pk=number)
    withdraw_consent(consent, by=viewer, at=timezone.now())
    return redirect("your_data")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Erase one's own account, after saying what leaves and what stays."""
    viewer = person(request)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def send() -> HttpResponse:
        close_account(viewer, by=viewer, at=timezone.now())
        logout(request)
        return redirect("account_closed")

    facts = {"form": form, "kept": [each for each in kept_of(viewer) if each.row.owner != "pk"]}
    return when_sent(request, form, send) or render(request, "accounts/rights/close.html", facts)
