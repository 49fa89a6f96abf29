"""Who may do what in co-creation; as in `exercises.rules`, without a thing a predicate answers whether there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.cocreation.enums import (
    APPROVE_THEME,
    CONDUCT_TABLE,
    CONDUCT_TREE,
    EDIT_TREE,
    PREPARE_TABLE,
    PROPOSE_THEME,
    REVIEW_TREE,
    RUN_CONSULTATION,
)
from tequio.cocreation.models import TreeReviewer
from tequio.exercises.rules import exercise_of, runs_the_exercise
from tequio.governance.enums import BodyKind, SeatRole
from tequio.governance.rules import acting_terms

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import SeatTerm


def _in_the_secretariat(user: User | AnonymousUser, thing: Any) -> list[SeatTerm]:
    """Return the seats that an account holds today in the secretariat of a thing's exercise, or of any."""
    held = [term for term in acting_terms(user) if term.seat.body.kind == BodyKind.SECRETARIAT]
    return held if thing is None else [term for term in held if term.seat.body.exercise_id == exercise_of(thing).pk]


def _sits_in_the_secretariat(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds a seat of the secretariat of the exercise."""
    return bool(_in_the_secretariat(user, thing))


def _facilitates_the_exercise(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account facilitates the secretariat of the exercise."""
    return any(term.seat.role == SeatRole.FACILITATOR for term in _in_the_secretariat(user, thing))


sits_in_the_secretariat: Final = Predicate(_sits_in_the_secretariat, name="sits_in_the_secretariat")
facilitates_the_exercise: Final = Predicate(_facilitates_the_exercise, name="facilitates_the_exercise")


def _reviews(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account accepted to review the tree."""
    if not user.is_active:
        return False
    mine = TreeReviewer.objects.filter(account=user.pk, tree__exercise__archived_on=None)
    return (mine if thing is None else mine.filter(tree=thing.pk)).exists()


reviews_the_tree: Final = Predicate(_reviews, name="reviews_the_tree")

permissions[PREPARE_TABLE] = runs_the_exercise
permissions[CONDUCT_TABLE] = runs_the_exercise | facilitates_the_exercise

permissions[PROPOSE_THEME] = runs_the_exercise | sits_in_the_secretariat
permissions[APPROVE_THEME] = runs_the_exercise
permissions[RUN_CONSULTATION] = runs_the_exercise

permissions[EDIT_TREE] = runs_the_exercise | sits_in_the_secretariat
permissions[CONDUCT_TREE] = runs_the_exercise | facilitates_the_exercise
permissions[REVIEW_TREE] = reviews_the_tree
