"""What collegiate bodies tell people, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from tequio.accounts.workflows import notify
from tequio.governance.enums import ELECTIONS, ElectionState
from tequio.kernel.calendar import Hour

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.governance.models import Election


TOLD: Final = {
    ElectionState.CALLED.value: ("called", "Puedes votar", "Ver las candidaturas y votar"),
    ElectionState.CLOSED.value: ("result", "Resultado", "Ver el resultado"),
    ElectionState.ANNULLED.value: ("annulled", "Se anuló la elección", "Ver la elección"),
}


def tell_roll(election: Election, *, at: datetime) -> None:
    """Tell the whole roll alike, whoever voted, how the election stands; who holds a code has no address here."""
    what, subject, button = TOLD[election.state]
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
