"""Who may do what in the diagnosis, in predicates that read as sentences; a thing is a tree, or an exercise.

As in `governance.rules`, without a thing a predicate answers whether there is any for which it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.cocreation.enums import CONDUCT_TREE, EDIT_TREE, REVIEW_TREE
from tequio.cocreation.models import TreeReviewer
from tequio.exercises.rules import exercise_of, runs_the_exercise
from tequio.governance.enums import BodyKind, SeatRole
from tequio.governance.rules import acting_terms

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.governance.models import SeatTerm


def _terms(user: User | AnonymousUser, thing: Any) -> list[SeatTerm]:
    """Return the seats of secretariats by which an account acts: in the exercise of the thing, or in any."""
    held = [term for term in acting_terms(user) if term.seat.body.kind == BodyKind.SECRETARIAT]
    return held if thing is None else [t for t in held if t.seat.body.exercise_id == exercise_of(thing).pk]


def _sits_in_the_secretariat(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds a seat of the exercise's secretariat."""
    return bool(_terms(user, thing))


def _facilitates_the_secretariat(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account holds the seat of its facilitator."""
    return any(term.seat.role == SeatRole.FACILITATOR for term in _terms(user, thing))


def _reviews(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account accepted to review the tree."""
    if not user.is_active:
        return False
    mine = TreeReviewer.objects.filter(account=user.pk, tree__exercise__archived_on=None)
    return (mine if thing is None else mine.filter(tree=thing.pk)).exists()


sits_in_the_secretariat: Final = Predicate(_sits_in_the_secretariat, name="sits_in_the_secretariat")
facilitates_the_secretariat: Final = Predicate(_facilitates_the_secretariat, name="facilitates_the_secretariat")
reviews_the_tree: Final = Predicate(_reviews, name="reviews_the_tree")

permissions[EDIT_TREE] = runs_the_exercise | sits_in_the_secretariat
permissions[CONDUCT_TREE] = runs_the_exercise | facilitates_the_secretariat
permissions[REVIEW_TREE] = reviews_the_tree
