"""Every write of exercises: what packs tell of them, and what people do in them."""

from tequio.exercises.workflows.applications import (
    APPLICATION_MOVES,
    Answer,
    amend_application,
    may_amend,
    submit_application,
    withdraw_application,
)
from tequio.exercises.workflows.call_texts import CallTerms, proposed_terms
from tequio.exercises.workflows.calls import (
    CALL_MOVES,
    close_call,
    discard_call,
    draft_call,
    extend_call,
    publish_call,
    redraft_call,
)
from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.opening import open_exercise
from tequio.exercises.workflows.reviewing import accept_application, decline_application, return_application

__all__ = [
    "APPLICATION_MOVES",
    "CALL_MOVES",
    "REPLACE_EXERCISE",
    "Answer",
    "CallTerms",
    "accept_application",
    "amend_application",
    "close_call",
    "decline_application",
    "discard_call",
    "draft_call",
    "extend_call",
    "load_exercises",
    "may_amend",
    "open_exercise",
    "proposed_terms",
    "publish_call",
    "redraft_call",
    "return_application",
    "submit_application",
    "withdraw_application",
]
