"""The second step: why it is asked, how to turn it on, and giving it in a session that has not."""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth.views import redirect_to_login
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tequio.accounts.adapters import showed_second_step
from tequio.accounts.queries import asks_second_step
from tequio.accounts.views.answers import person
from tequio.kernel.access import signed_in
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    View = Callable[..., HttpResponseBase]


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


def changes_step(view: View) -> View:
    """Mark a page that changes a second step: who has one gives it first; a code by mail is not enough."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        viewer = person(request)
        if getattr(viewer, "has_second_step", False) and not showed_second_step(request, viewer):
            return redirect_to_login(request.get_full_path(), reverse("second_step"))
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def next_page(done: AddWebAuthnView | ActivateTOTPView) -> str:
    """Return the page of the spare codes if there are new ones, else that of the steps; both know the way back."""
    return with_way_back(done.request, "mfa_view_recovery_codes" if done.did_generate_recovery_codes else "second_step")


def for_browser(given: dict[str, Any]) -> dict[str, Any]:
    """Write what the browser's module needs to know as JSON, which stands on the form."""
    (asked,) = given["js_data"].values()
    known = asked["publicKey"].get("allowCredentials")
    return {**given, "options": json.dumps(asked, cls=DjangoJSONEncoder), "has_keys": bool(known)}


class AskStep(AuthenticateView):
    """The second step of entry."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the keys of who has some."""
        return for_browser(super().get_context_data(**kwargs))


class ProveWithKey(ReauthenticateWebAuthnView):
    """A key, asked again before something delicate."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the account's keys."""
        return for_browser(super().get_context_data(**kwargs))

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say it on the same page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class AddKey(AddWebAuthnView):
    """Making a passkey, which counts as the second step of this session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for a key that enters by itself and checks who uses it; the library would ask for less."""
        given = super().get_context_data(**kwargs)
        return for_browser({**given, "js_data": {"asked": begin_registration(self.request.user, passwordless=True)}})

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it."""
        response: HttpResponse = super().form_valid(form)
        keys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        post_authentication(self.request, keys.latest("pk"))
        return response

    def get_success_url(self) -> str:
        """Return where to go on."""
        return next_page(self)


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
        """Return where to go on."""
        return next_page(self)


class SpareCodes(ViewRecoveryCodesView):
    """The spare codes, and the way back to where one was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where to go on."""
        return {**super().get_context_data(**kwargs), "way_back": way_back(self.request)}
