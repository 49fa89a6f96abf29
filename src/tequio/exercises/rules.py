"""Who may do what in an exercise, in predicates that read as sentences.

A thing is the exercise or whatever has one (`.exercise`, direct or by property). As in `accounts.rules`, without a
thing a predicate answers whether there is any for which it holds: what a page asks before it shows itself. Nobody
does anything in an exercise that is archived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import prefetch_related_objects
from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.accounts.enums import RoleKind
from tequio.accounts.queries import held_roles
from tequio.accounts.rules import is_guarantor_staff, is_liaison_of
from tequio.exercises.enums import (
    ACCOMPANY_EXERCISE,
    ACCOMPANY_PLACE,
    AMEND_APPLICATION,
    ASK_FOR_HELP,
    FOLLOW_PLACE,
    OPEN_EXERCISE,
    REVIEW_APPLICATION,
    RUN_EXERCISE,
)
from tequio.exercises.models import Exercise
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


def exercise_of(thing: Any) -> Exercise:
    """Return the exercise that a thing is, or in which it is."""
    found: Exercise = thing if isinstance(thing, Exercise) else thing.exercise
    return found


def _staff_of_the_guarantor(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account is staff of the institution that answers for the exercise today.

    A page asks several times of one exercise: who answers for it stays on this instance, as roles do on an account's.
    """
    employers = {role.organization_id for role in held_roles(user, today()) if role.kind == RoleKind.GUARANTOR_STAFF}
    if thing is None or not employers:
        return bool(employers)
    exercise = exercise_of(thing)
    prefetch_related_objects([exercise], "guarantor_terms")
    terms = exercise.guarantor_terms.all()
    return not exercise.archived_on and any(
        term.organization_id in employers and term.holds_on(today()) for term in terms
    )


def _liaison_of_the_exercise(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account is the liaison of the municipality that runs the exercise."""
    if thing is None:
        return bool(is_liaison_of.test(user))
    exercise = exercise_of(thing)
    return not exercise.archived_on and bool(is_liaison_of.test(user, exercise.jurisdiction))


def _applicant(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account wrote the application; without one, whether it could have."""
    return bool(user.is_active) and (thing is None or thing.account_id == user.pk)


def _another(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether an application is not the account's own: nobody judges their own case."""
    return thing is None or thing.account_id != user.pk


is_applicant: Final = Predicate(_applicant, name="is_applicant")
is_not_applicant: Final = Predicate(_another, name="is_not_applicant")
is_staff_of_the_guarantor: Final = Predicate(_staff_of_the_guarantor, name="is_staff_of_the_guarantor")
is_liaison_of_the_exercise: Final = Predicate(_liaison_of_the_exercise, name="is_liaison_of_the_exercise")
runs_the_exercise: Final = is_staff_of_the_guarantor | is_liaison_of_the_exercise

permissions[OPEN_EXERCISE] = is_guarantor_staff | is_liaison_of
permissions[RUN_EXERCISE] = runs_the_exercise
permissions[ACCOMPANY_EXERCISE] = is_staff_of_the_guarantor
permissions[REVIEW_APPLICATION] = runs_the_exercise & is_not_applicant
permissions[AMEND_APPLICATION] = is_applicant
permissions[ACCOMPANY_PLACE] = is_guarantor_staff
permissions[FOLLOW_PLACE] = is_guarantor_staff | is_liaison_of
permissions[ASK_FOR_HELP] = is_liaison_of
