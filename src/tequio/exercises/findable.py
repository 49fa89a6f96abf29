"""What people can find of exercises: each one, and its public acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.models import Event, Exercise
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def exercises() -> Iterator[Entry]:
    """Yield every exercise that is no draft."""
    for row in Exercise.objects.visible_to(None).select_related("jurisdiction"):
        yield Entry(
            key=f"exercises.exercise:{row.slug}",
            title=row.name,
            text=f"{row.jurisdiction}. {row.first_year} a {row.last_year}. {row.summary}",
            url=row.get_absolute_url(),
        )


def events() -> Iterator[Entry]:
    """Yield the acts of those exercises."""
    for row in Event.objects.visible_to(None).select_related("exercise"):
        yield Entry(
            key=f"exercises.event:{row.exercise.slug}/{row.slug}",
            title=row.name,
            text=f"{row.get_kind_display()}. {row.place}. {row.invitation} {row.programme} {row.account}",
            url=row.get_absolute_url(),
        )


FINDABLE = (Findable("exercise", "Ejercicios", exercises), Findable("event", "Actos", events))
