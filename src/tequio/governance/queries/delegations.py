"""For whom a substitute answers, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from tequio.governance.models import Delegation, SeatTerm

if TYPE_CHECKING:
    from datetime import date

    from tequio.exercises.models import Exercise
    from tequio.governance.models import Body, Seat


def answering(day: date, of: str = "") -> Prefetch[Any, Any, Any]:
    """Return what reads with terms, as their `answered`, the delegations by which somebody answers on a day."""
    return Prefetch(f"{of}delegations", Delegation.objects.answered(day), to_attr="answered")


def delegated_seats(body: Body, day: date) -> set[int]:
    """Return the titulars' seats of a body for which the substitute answers on a day."""
    found = Delegation.objects.in_force(day).filter(term__seat__body=body)
    return set(found.values_list("term__seat", flat=True))


def away_on(body: Body, when: date | None, *, day: date) -> set[int]:
    """Return the terms of titulars for whom, as is known on `day`, the substitute will answer on another."""
    return {
        each.term_id for each in Delegation.objects.answered(day).filter(term__seat__body=body) if each.covers(when)
    }


def said_in(exercise: Exercise, day: date) -> dict[int, Delegation]:
    """Return by term what the titulars of an exercise have said of the days to come."""
    found = Delegation.objects.answered(day).filter(term__seat__body__exercise=exercise, last_on__gte=day)
    return {each.term_id: each for each in found}


def substitute_for(seat: Seat, day: date) -> SeatTerm | None:
    """Return who holds the substitute's seat of a titular's on a day."""
    return SeatTerm.objects.held_on(day).filter(seat__substitute_of=seat).select_related("account").first()
