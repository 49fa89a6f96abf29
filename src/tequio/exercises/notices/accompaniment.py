"""Who is told that a municipality asks for help, and that it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from tequio.exercises.enums import ASK_FOR_HELP
from tequio.exercises.queries.accompaniment import companions, staff_of
from tequio.kernel.clock import day_of
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.exercises.models import HelpRequest


def tell_help_asked(asked: HelpRequest, *, at: datetime) -> None:
    """Tell who accompanies the municipality that it asks for help; where nobody does, all the guarantor's staff."""
    place, today = asked.jurisdiction, day_of(at)
    theirs = companions(today).filter(jurisdiction=place).values_list("account__email", flat=True)
    everybody = staff_of(place.parent, today).values_list("email", flat=True) if place.parent else ()
    for email in list(theirs) or everybody:
        _send(f"help_asked:{asked.pk}", email, f"{place} pide ayuda", "asked", asked, at)


def tell_help_answered(asked: HelpRequest, *, at: datetime) -> None:
    """Tell the liaison who asked for help that a contact answers it; who is no longer the liaison is told nothing."""
    if asked.asked_by.has_perm(ASK_FOR_HELP, asked):
        subject = f"El órgano garante atendió la petición de {asked.jurisdiction}"
        _send(f"help_answered:{asked.pk}", asked.asked_by.email, subject, "answered", asked, at)


def _send(key: str, email: str, subject: str, template: str, asked: HelpRequest, at: datetime) -> None:
    if email:
        address = f"{settings.SITE_ADDRESS}/garante/municipios/{asked.jurisdiction.slug}/"
        words = {"asked": asked, "address": address, "site_name": settings.SITE_NAME}
        post(key, email, subject, render_to_string(f"exercises/email/help_{template}.txt", words), at=at)
