"""What accounts tells people by mail, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import Invitation, Letter, RightsRequest, User


def tell_invited(invitation: Invitation, token: str) -> None:
    """Send the link that accepts an invitation, with who invites, to what, and until when."""
    address = settings.SITE_ADDRESS + reverse("invitation", args=[token])
    words = {"invitation": invitation, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/email/invitation.txt", words)
    subject = f"Invitación: {invitation.get_kind_display()}"
    post(f"invitation:{invitation.pk}", invitation.email, subject, body, at=invitation.invited_at, urgent=True)


def tell_rights_to_prove(request: RightsRequest, token: str) -> None:
    """Send the link by which a person shows that a request is theirs; their words are not in it, nor a stranger's."""
    address = settings.SITE_ADDRESS + reverse("rights_request", args=[token])
    _tell_rights(request, "to_prove", f"Confirma tu solicitud {request.folio}", request.asked_at, address=address)


def tell_rights_received(request: RightsRequest) -> None:
    """Send the receipt, with the folio and the day by which there must be an answer."""
    if request.proven_at:
        _tell_rights(request, "received", f"Acuse de tu solicitud {request.folio}", request.proven_at)


def tell_rights_answered(request: RightsRequest) -> None:
    """Send the answer whole."""
    if request.answered_at:
        _tell_rights(request, "answered", f"Respuesta a tu solicitud {request.folio}", request.answered_at)


def _tell_rights(request: RightsRequest, what: str, subject: str, at: datetime, address: str = "") -> None:
    words = {"request": request, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string(f"accounts/email/rights_{what}.txt", words)
    post(f"rights_{what}:{request.folio}", request.email, subject, body, at=at, urgent=what == "to_prove")


def tell_account_closed(account: User, *, at: datetime) -> None:
    """Tell a person, a last time, that their account was erased."""
    body = render_to_string("accounts/email/account_closed.txt", {"at": at, "site_name": settings.SITE_NAME})
    post(f"account_closed:{account.pk}", account.email, "Tu cuenta se borró", body, at=at, urgent=True)


def tell_letter_received(letter: Letter, token: str) -> None:
    """Send the receipt with the link by which its writer follows it; their words are not in it."""
    address = settings.SITE_ADDRESS + reverse("letter_sent", args=[token])
    words = {"letter": letter, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/email/letter_received.txt", words)
    post(f"letter_received:{letter.folio}", letter.email, f"Acuse {letter.folio}", body, at=letter.written_at)


def tell_letter_answered(letter: Letter) -> None:
    """Send the answer whole."""
    if letter.answered_at:
        body = render_to_string(
            "accounts/email/letter_answered.txt", {"letter": letter, "site_name": settings.SITE_NAME}
        )
        subject = f"Respuesta a {letter.folio}"
        post(f"letter_answered:{letter.folio}", letter.email, subject, body, at=letter.answered_at)
