"""What collegiate bodies tell people by mail, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from tequio.governance.enums import ElectionKind
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.governance.models import Election


def tell_called(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll what is elected and until when they may vote."""
    _tell_roll(election, "called", "Puedes votar", at=at)


def tell_result(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll, alike, that there is a result."""
    _tell_roll(election, "result", "Resultado", at=at)


def tell_annulled(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll that the election was annulled, and why."""
    _tell_roll(election, "annulled", "Se anuló la elección", at=at)


def _tell_roll(election: Election, what: str, subject: str, *, at: datetime) -> None:
    """Send the same message to the whole roll, whoever voted; who holds a code of a poll has no address here."""
    if election.kind == ElectionKind.POLL:
        return
    words = {
        "election": election,
        "address": settings.SITE_ADDRESS + election.get_absolute_url(),
        "site_name": settings.SITE_NAME,
    }
    body = render_to_string(f"governance/email/election_{what}.txt", words)
    for entry in election.roll.exclude(account__isnull=True).select_related("account"):
        if entry.account and entry.account.email:
            key = f"election_{what}:{election.code}"
            post(key, entry.account.email, f"{subject}: {election.question}"[:200], body, at=at)
