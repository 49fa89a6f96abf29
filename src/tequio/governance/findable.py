"""What people can find of collegiate bodies: who holds a public seat in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.models import Exercise
from tequio.governance.models import SeatTerm
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


FINDABLE = (Findable("person", "Personas en un cargo", seats),)
