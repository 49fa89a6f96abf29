"""The pages on which people are invited to a post, accept it, and lose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.accounts.enums import INVITE_PERSON, REVOKE_ROLE, WITHDRAW_INVITATION
from tequio.accounts.forms.posts import InvitationForm, ReasonForm
from tequio.accounts.models import Invitation, Role
from tequio.accounts.queries import (
    address_of,
    invitation_of,
    open_invitations,
    posts_within_reach,
    received_invitations,
    roles_within_reach,
)
from tequio.accounts.views.answers import person, unless_refused
from tequio.accounts.workflows import (
    accept_invitation,
    accept_received,
    invite_person,
    revoke_role,
    why_not_acceptable,
    withdraw_invitation,
)
from tequio.kernel.access import requires, signed_in
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(INVITE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Show who acts and who is invited within one's reach, and invite."""
    viewer, at = person(request), timezone.now()
    form = InvitationForm(posts_within_reach(viewer, today()), request.POST or None)

    def send() -> HttpResponse:
        invite_person(form.cleaned_data["email"], form.cleaned_data["post"], by=viewer, at=at)
        return redirect("people")

    shown = {
        "form": form,
        "invitations": open_invitations(viewer, at),
        "roles": roles_within_reach(viewer, today()),
    }
    return when_sent(request, form, send) or render(request, "accounts/people.html", shown)


@requires(WITHDRAW_INVITATION)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    viewer = person(request)
    invitation = get_object_or_404(Invitation, pk=number)
    if not viewer.has_perm(WITHDRAW_INVITATION, invitation):
        raise Http404

    def take() -> HttpResponse:
        withdraw_invitation(invitation, by=viewer, at=timezone.now())
        return redirect("people")

    return unless_refused(request, take)


@requires(REVOKE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a role back, with the reason."""
    viewer = person(request)
    role = get_object_or_404(Role.objects.select_related("user", "organization", "jurisdiction"), pk=number)
    if not viewer.has_perm(REVOKE_ROLE, role):
        raise Http404
    form = ReasonForm(request.POST or None)

    def send() -> HttpResponse:
        revoke_role(role, reason=form.cleaned_data["reason"], by=viewer, at=timezone.now())
        return redirect("people")

    return when_sent(request, form, send) or render(request, "accounts/take_back.html", {"form": form, "role": role})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show to what one is invited, and accept it; what can no longer be accepted says why."""
    viewer, at = person(request), timezone.now()
    address = address_of(viewer)

    def accept() -> HttpResponse:
        accept_invitation(token, verified_email=address, by=viewer, at=at)
        return redirect("your_account")

    if request.method == "POST":
        return unless_refused(request, accept)
    found = invitation_of(token)
    if found and found.role and found.role.user_id == viewer.pk:
        return redirect("your_account")
    why = why_not_acceptable(found, address, by=viewer, at=at) if found else ""
    return render(request, "accounts/invitation.html", {"invitation": found, "why": why}, status=200 if found else 404)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def received_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Show an invitation that waits for the person who entered, and accept it: their address already proves it."""
    viewer, at = person(request), timezone.now()
    found = received_invitations(viewer, at).filter(pk=number).first()
    if found is None and Invitation.objects.filter(pk=number, role__user=viewer).exists():
        return redirect("your_account")  # a second tap
    if found is None:
        return render(request, "accounts/invitation.html", {"invitation": None, "is_settled": True}, status=404)

    def accept() -> HttpResponse:
        accept_received(found, verified_email=address_of(viewer), by=viewer, at=at)
        return redirect("your_account")

    if request.method == "POST":
        return unless_refused(request, accept)
    return render(request, "accounts/invitation.html", {"invitation": found})
