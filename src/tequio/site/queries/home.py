"""What the first page says: what can be done today, whether the word was kept, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.exercises.enums import CallState
from tequio.exercises.models import Call, Exercise
from tequio.kernel.kept import kept
from tequio.monitoring.queries.board import counted
from tequio.monitoring.queries.changes import Change, changes
from tequio.monitoring.queries.narrowing import Narrowing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.monitoring.queries.summary import Summary

CARDS = 3
NEWS = 5


@dataclass(frozen=True, slots=True)
class Home:
    """The parts of the first page."""

    calls: list[Call]
    exercises: list[Exercise]
    summary: Summary
    changes: Sequence[Change]


def home(viewer: User | AnonymousUser | None, *, today: date) -> Home:
    """Return the first page's parts, in six queries; a call is open by its stated days."""
    shown = Exercise.objects.visible_to(viewer)
    calls = Call.objects.visible_to(viewer).exclude(state=CallState.CLOSED)
    calls = calls.filter(starts_on__lte=today, ends_on__gte=today)
    return Home(
        list(calls.select_related("exercise").order_by("ends_on", "pk")[:CARDS]),
        list(shown.select_related("jurisdiction")[:CARDS]),
        counted(Narrowing(), viewer=viewer, today=today),
        changes(viewer, most=NEWS),
    )


@kept(most=1)
def public_home(today: date) -> Home:
    """Return the first page's parts for anybody, kept until something is published or the day ends."""
    return home(None, today=today)
