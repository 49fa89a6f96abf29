"""The verbs of collegiate bodies."""

from tequio.governance.workflows.calling import Called, annul_election, open_election
from tequio.governance.workflows.closing import close_due_elections, close_election
from tequio.governance.workflows.drafting import (
    Terms,
    add_candidate,
    discard_election,
    draft_election,
    remove_candidate,
    revise_election,
)
from tequio.governance.workflows.loading import load_bodies
from tequio.governance.workflows.telling import tell_rolls
from tequio.governance.workflows.voting import cast_ballot, right_to_vote

__all__ = [
    "Called",
    "Terms",
    "add_candidate",
    "annul_election",
    "cast_ballot",
    "close_due_elections",
    "close_election",
    "discard_election",
    "draft_election",
    "load_bodies",
    "open_election",
    "remove_candidate",
    "revise_election",
    "right_to_vote",
    "tell_rolls",
]
