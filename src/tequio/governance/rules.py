"""Who may do what in collegiate bodies, in predicates that read as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.exercises.rules import is_staff_of_the_guarantor, runs_the_exercise
from tequio.governance.enums import ANNUL_ELECTION, CLOSE_ELECTION, DRAFT_ELECTION, OPEN_ELECTION, ElectionKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


def _not_of_the_plenary(_user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether it is not the guarantor's own election of the facilitator (Metodología, nota 4)."""
    return getattr(thing, "kind", None) != ElectionKind.FACILITATOR


is_not_of_the_plenary: Final = Predicate(_not_of_the_plenary, name="is_not_of_the_plenary")
runs_the_election: Final = is_staff_of_the_guarantor | (runs_the_exercise & is_not_of_the_plenary)

permissions[DRAFT_ELECTION] = runs_the_election
permissions[OPEN_ELECTION] = runs_the_election
permissions[CLOSE_ELECTION] = runs_the_election
permissions[ANNUL_ELECTION] = is_staff_of_the_guarantor
