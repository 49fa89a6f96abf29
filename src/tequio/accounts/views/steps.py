"""The second step: why it is asked, how to turn it on, and giving it in a session that has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tequio.accounts.adapters import showed_second_step
from tequio.accounts.queries import asks_second_step
from tequio.accounts.views.posts import person
from tequio.kernel.access import signed_in
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def way_back(request: HttpRequest) -> str:
    """Return the page of this site from which one came, or nothing."""
    asked = request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else ""


def with_way_back(request: HttpRequest, address: str) -> str:
    """Return an address that remembers from where one came."""
    back = way_back(request)
    return f"{reverse(address)}?next={quote(back)}" if back else reverse(address)


@signed_in
@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """Show the ways to a second step: those one has, and what to do now."""
    viewer = person(request)
    steps = list(Authenticator.objects.filter(user=viewer).order_by("pk"))
    return render(
        request,
        "accounts/second_step.html",
        {
            "app": next((step for step in steps if step.type == Authenticator.Type.TOTP), None),
            "keys": [step for step in steps if step.type == Authenticator.Type.WEBAUTHN],
            "is_asked": asks_second_step(viewer, today()),
            "was_given": showed_second_step(request, viewer),
            "way_back": way_back(request),
        },
    )


class ActivateApp(ActivateTOTPView):
    """Turning on an application's codes, the first of which counts as the second step of this session."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Turn it on."""
        response: HttpResponse = super().form_valid(form)
        post_authentication(
            self.request, Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        )
        return response

    def get_success_url(self) -> str:
        """Return the page of the spare codes, if there are new ones."""
        return with_way_back(
            self.request, "mfa_view_recovery_codes" if self.did_generate_recovery_codes else "second_step"
        )


class SpareCodes(ViewRecoveryCodesView):
    """The spare codes, and the way back to where one was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where to go on."""
        return {**super().get_context_data(**kwargs), "way_back": way_back(self.request)}
