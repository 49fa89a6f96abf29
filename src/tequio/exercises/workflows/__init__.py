"""Every write of exercises: what packs tell of them, and what people do in them."""

from tequio.exercises.workflows.accompaniment import (
    Told,
    ask_for_help,
    assign_companion,
    assign_companions,
    log_contact,
    set_quiet_days,
    settle_next_step,
    withdraw_help,
)
from tequio.exercises.workflows.declarations import (
    add_signatory,
    attach_signed_document,
    missing_to_sign,
    plan_signing,
    remove_signatory,
    sign_declaration,
    write_declaration,
)
from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.methods import load_methods
from tequio.exercises.workflows.moves import EXERCISE, PHASE
from tequio.exercises.workflows.opening import open_exercise
from tequio.exercises.workflows.phases import (
    adopt_method,
    finish_phase,
    plan_phase,
    start_exercise,
    waive_requisite,
)
from tequio.exercises.workflows.tenure import archive_exercise, hand_over

__all__ = [
    "EXERCISE",
    "PHASE",
    "REPLACE_EXERCISE",
    "Told",
    "add_signatory",
    "adopt_method",
    "archive_exercise",
    "ask_for_help",
    "assign_companion",
    "assign_companions",
    "attach_signed_document",
    "finish_phase",
    "hand_over",
    "load_exercises",
    "load_methods",
    "log_contact",
    "missing_to_sign",
    "open_exercise",
    "plan_phase",
    "plan_signing",
    "remove_signatory",
    "set_quiet_days",
    "settle_next_step",
    "sign_declaration",
    "start_exercise",
    "waive_requisite",
    "withdraw_help",
    "write_declaration",
]
