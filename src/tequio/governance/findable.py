"""What people can find of collegiate bodies: who holds a public seat in them, their sessions and agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.models import Exercise
from tequio.governance.models import Agreement, SeatTerm, Session
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def seats() -> Iterator[Entry]:
    """Yield every person whom a public document names in a seat, with the post it gives."""
    shown = SeatTerm.objects.filter(seat__body__exercise__in=Exercise.objects.visible_to(None))
    for row in shown.select_related("seat__body__exercise", "organization"):
        institution = row.organization.name if row.organization else ""
        yield Entry(
            key=f"governance.seat_term:{row.seat.body.exercise.slug}/{row.seat.body.kind}/{row.seat.order}/{row.order}",
            title=row.published_name,
            text=f"{row.seat} · {row.seat.body.name}. {row.post} {institution}",
            url=f"{row.seat.body.exercise.get_absolute_url()}#quienes",
        )


def sessions() -> Iterator[Entry]:
    """Yield every session convened here."""
    shown = Session.objects.visible_to(None).convened_here().select_related("body__exercise")
    for row in shown.prefetch_related("items"):
        points = " ".join(item.text for item in row.items.all())
        yield Entry(
            key=f"governance.session:{row.key}",
            title=f"{row.name}, {row.body.short_name}",
            text=f"{row.exercise.name}. {row.place}. {points}",
            url=row.get_absolute_url(),
        )


def agreements() -> Iterator[Entry]:
    """Yield every agreement with its text."""
    shown = Agreement.objects.visible_to(None).select_related("body__exercise", "proposal")
    for row in shown:
        yield Entry(
            key=f"governance.agreement:{row.reference}",
            title=str(row),
            text=f"{row.exercise.name}. {row.proposal.text}",
            url=row.get_absolute_url(),
        )


FINDABLE = (
    Findable("person", "Personas en un cargo", seats),
    Findable("session", "Sesiones", sessions),
    Findable("agreement", "Acuerdos", agreements),
)
