"""What a data pack tells of an exercise, and what the verbs made of one, read alike so that they can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from tequio.accounts.models import Organization
from tequio.exercises.models import Exercise
from tequio.governance.models import SeatTerm
from tequio.kernel.packs import load_pack

if TYPE_CHECKING:
    from datetime import date, datetime

EDOMEX: Final = Path(__file__).parents[2] / "packs" / "edomex"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """An exercise as rows: of a document, or of the product's verbs."""

    name: str
    years: tuple[int, int]
    members: Rows
    calls: Rows
    events: Rows
    seats: Rows
    sessions: Rows
    phases: Rows
    documents: Rows

    def sectors(self) -> Counter[tuple[str, str]]:
        """Return the members by sector and name; private citizens have none."""
        return Counter((row["sector"], row["published_name"]) for row in self.members)

    def call(self, kind: str) -> dict[str, Any]:
        """Return the call of a kind."""
        return next(row for row in self.calls if row["kind"] == kind)

    def event(self, kind: str) -> dict[str, Any]:
        """Return the first event of a kind."""
        return next(row for row in self.events if row["kind"] == kind)

    def holders(self, day: date, kind: str = "secretariat") -> set[tuple[str, str, str]]:
        """Return who held each seat of a body on a day, by role and sector."""
        held = [row for row in self.seats if row["seat__body__kind"] == kind and holds(row, day)]
        return {(row["seat__role"], row["seat__sector"], row["published_name"].casefold()) for row in held}

    def met(self, kind: str) -> int:
        """Return how many sessions of a kind were held."""
        return sum(row["how_many"] for row in self.sessions if row["kind"] == kind)


def holds(term: dict[str, Any], day: date) -> bool:
    """Say whether a term is in force on a day; one without a first day always was."""
    begun = term["starts_on"] is None or term["starts_on"] <= day
    return begun and (term["ends_on"] is None or day < term["ends_on"])


def read(exercise: Exercise) -> Told:
    """Read an exercise into rows that outlive it."""
    dated = ("starts_on", "starts_precision", "ends_on")
    terms = SeatTerm.objects.filter(seat__body__exercise=exercise).order_by("seat", "order")
    seat = ("seat__body__kind", "seat__role", "seat__sector", "published_name", "post", "organization__key")
    return Told(
        exercise.name,
        (exercise.first_year, exercise.last_year),
        list(exercise.registrations.order_by("order").values("sector", "published_name")),
        list(exercise.calls.order_by("order").values("kind", "title", "outcome", *dated)),
        list(exercise.events.order_by("order").values("kind", "name", "place", "account", *dated)),
        list(terms.values(*seat, *dated)),
        [row for body in exercise.bodies.all() for row in body.sessions.values("kind", "name", "how_many", *dated)],
        list(exercise.phases.standing().order_by("order").values("order", "name", "state")),
        list(exercise.documents.values("key", "starts_on", "title")),
    )


def told_by(pack: Path, *, at: datetime) -> Told:
    """Load a whole pack, read its one exercise, and take it all back."""
    with transaction.atomic():
        load_pack(pack, by=None, at=at)
        told = read(Exercise.objects.get())
        transaction.set_rollback(True)
    return told


def organization(key: str | None) -> Organization | None:
    """Return an organization of the pack."""
    return Organization.objects.filter(key=key).first() if key else None
