"""What accounts tells people by mail, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import Invitation, User


def tell_invited(invitation: Invitation, token: str) -> None:
    """Send the link that accepts an invitation, with who invites, to what, and until when."""
    address = settings.SITE_ADDRESS + reverse("invitation", args=[token])
    words = {"invitation": invitation, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/email/invitation.txt", words)
    subject = f"Invitación: {invitation.get_kind_display()}"
    post(f"invitation:{invitation.pk}", invitation.email, subject, body, at=invitation.invited_at, urgent=True)


def tell_second_step_forgotten(person: User, at: datetime) -> None:
    """Tell a person that their account asks for no second step any more, at their own wish or not."""
    body = render_to_string("accounts/email/second_step_forgotten.txt", {"site_name": settings.SITE_NAME})
    key = f"second_step_forgotten:{person.pk}:{at.isoformat()}"
    post(key, person.email, "Se quitó el segundo paso de tu cuenta", body, at=at, urgent=True)
