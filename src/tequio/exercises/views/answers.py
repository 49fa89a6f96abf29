"""What several pages of exercises answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.accounts.views.answers import found
from tequio.exercises.queries import workable_exercise
from tequio.exercises.queries.calls import call_run_by, exercise_run_by
from tequio.kernel.components import Link, Sheet
from tequio.kernel.filtering import SHEET

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tequio.exercises.models import Call, Exercise
    from tequio.kernel.filtering import Asked


def exercise_within_reach(request: HttpRequest, slug: str, permission: str) -> Exercise:
    """Return an exercise on which the person has a permission; for anybody else there is no such page."""
    return found(workable_exercise(request.user, slug, permission))


def to_work(exercise: Exercise) -> Link:
    """Return the way back to the working page of an exercise."""
    return Link("Volver al trabajo del ejercicio", reverse("site:exercise_work", args=[exercise.slug]))


def run_exercise(request: HttpRequest, slug: str) -> Exercise:
    """Return the exercise, if who asks runs it; others are told that there is no such page."""
    return found(exercise_run_by(request.user, slug))


def run_call(request: HttpRequest, slug: str, key: str) -> Call:
    """Return a call of an exercise that who asks runs."""
    return found(call_run_by(request.user, slug, key))


def sheet_of(asked: Asked, number: int, last: int, total: int, noun: str) -> Sheet | None:
    """Return the sheet that is open of a list, or nothing where one holds it all."""
    if last <= 1:
        return None
    return Sheet(
        number,
        last,
        total,
        noun,
        previous=asked.address(**{SHEET: str(number - 1)}) if number > 1 else "",
        following=asked.address(**{SHEET: str(number + 1)}) if number < last else "",
    )
