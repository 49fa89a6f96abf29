"""The door's own pages, and what an account is to its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.account.views import ConfirmLoginCodeView, LogoutView
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tequio.accounts.adapters import SHARED
from tequio.accounts.enums import ANSWER_LETTER, ANSWER_REQUEST, INVITE_PERSON, PUBLISH_NOTICE, TRY_MAIL
from tequio.accounts.queries import own_pages, roles_of
from tequio.accounts.views.steps import way_back
from tequio.kernel.access import signed_in
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


class EntryCode(ConfirmLoginCodeView):
    """Where the code that came by mail is written."""

    def _verify_form_valid(self, form: Form) -> HttpResponse:
        self.request.session[SHARED] = form.cleaned_data["shared"]
        response: HttpResponse = super()._verify_form_valid(form)
        return response


class Leave(LogoutView):
    """Leaving: the browser is asked to forget what it kept of this site."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@signed_in
@require_safe
def enter_again(request: HttpRequest) -> HttpResponse:
    """Say to who has neither password nor proven address how to show that it is them: entering with a mailed code."""
    back = f"{reverse('account_login')}?next={quote(way_back(request) or reverse('your_account'))}"
    return render(request, "accounts/enter_again.html", {"back": back})


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show a person their own account: how they enter, and what they act as."""
    return render(
        request,
        "accounts/account.html",
        {
            "is_shared": request.session.get(SHARED, False),
            "roles": roles_of(request.user, today()),
            "may_try_mail": request.user.has_perm(TRY_MAIL),
            "may_answer": request.user.has_perm(ANSWER_REQUEST),
            "may_publish_notices": request.user.has_perm(PUBLISH_NOTICE),
            "may_write_back": request.user.has_perm(ANSWER_LETTER),
            "may_invite": request.user.has_perm(INVITE_PERSON),
            "pages": own_pages(request.user),
        },
    )
