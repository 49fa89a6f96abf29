"""What exercises tells people by mail, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from tequio.accounts.queries import address_of
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.exercises.models import Application


def tell_received(application: Application, *, at: datetime) -> None:
    """Send the receipt of an application: its folio, and until when it can be corrected."""
    _tell(application, "received", f"Recibimos tu solicitud {application.folio}", at=at)


def tell_returned(application: Application, *, at: datetime) -> None:
    """Tell what an application lacks, and until when it can be corrected."""
    _tell(application, "returned", f"Corrige tu solicitud {application.folio}", at=at)


def tell_accepted(application: Application, *, at: datetime) -> None:
    """Tell that an application was accepted, and what follows."""
    _tell(application, "accepted", f"Aceptamos tu solicitud {application.folio}", at=at)


def tell_declined(application: Application, *, at: datetime) -> None:
    """Tell that an application was not accepted, and why."""
    _tell(application, "declined", f"Respuesta a tu solicitud {application.folio}", at=at)


def tell_withdrawn(application: Application, *, at: datetime) -> None:
    """Tell that an application was withdrawn, so that nobody does it unnoticed for another."""
    _tell(application, "withdrawn", f"Retiraste tu solicitud {application.folio}", at=at)


def _tell(application: Application, what: str, subject: str, *, at: datetime) -> None:
    """Send a message about an application to its account; one that has not shown its address is told nothing."""
    recipient = address_of(application.account)
    if not recipient:
        return
    words = {
        "application": application,
        "call": application.call,
        "address": settings.SITE_ADDRESS + application.get_absolute_url(),
        "public_address": settings.SITE_ADDRESS + application.call.get_absolute_url(),
        "site_name": settings.SITE_NAME,
    }
    body = render_to_string(f"exercises/email/{what}.txt", words)
    post(f"application_{what}:{application.folio}:{at:%Y%m%d%H%M%S%f}", recipient, subject, body, at=at)
