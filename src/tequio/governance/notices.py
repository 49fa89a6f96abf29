"""What collegiate bodies tell people, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from tequio.accounts.workflows import notify
from tequio.governance.enums import ELECTIONS
from tequio.kernel.calendar import Hour

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.governance.models import Election


def tell_called(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll what is elected and until when they may vote."""
    _tell_roll(election, "called", "Puedes votar", "Ver las candidaturas y votar", at=at)


def tell_result(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll, alike, that there is a result."""
    _tell_roll(election, "result", "Resultado", "Ver el resultado", at=at)


def tell_annulled(election: Election, *, at: datetime) -> None:
    """Tell everyone on the roll that the election was annulled, and why."""
    _tell_roll(election, "annulled", "Se anuló la elección", "Ver la elección", at=at)


def _tell_roll(election: Election, what: str, subject: str, button: str, *, at: datetime) -> None:
    """Tell the whole roll the same, whoever voted; who holds a code of a poll has no address here."""
    body = render_to_string(f"governance/email/election_{what}.txt", {"election": election}).strip()
    address = election.get_absolute_url()
    window = Hour(
        identity=f"eleccion/{election.code}",
        title=f"Votar: {election.question}",
        address=address,
        starts_at=election.opens_at,
        ends_at=election.closes_at,
    )
    for entry in election.roll.exclude(account__isnull=True).select_related("account"):
        if entry.account:
            notify(
                entry.account,
                ELECTIONS,
                f"election_{what}:{election.code}",
                f"{subject}: {election.question}",
                body,
                at=at,
                address=address,
                button=button,
                calendar=window if what == "called" else None,
            )
