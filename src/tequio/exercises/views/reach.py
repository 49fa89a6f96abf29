"""Which exercise a working page is of, for who may work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from tequio.exercises.queries import workable_exercise

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tequio.exercises.models import Exercise


def exercise_within_reach(request: HttpRequest, slug: str, permission: str) -> Exercise:
    """Return an exercise on which the person has a permission; for anybody else there is no such page."""
    exercise = workable_exercise(request.user, slug, permission)
    if exercise is None:
        raise Http404
    return exercise
