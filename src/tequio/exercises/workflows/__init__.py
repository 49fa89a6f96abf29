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
from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.opening import open_exercise

__all__ = [
    "REPLACE_EXERCISE",
    "Told",
    "ask_for_help",
    "assign_companion",
    "assign_companions",
    "load_exercises",
    "log_contact",
    "open_exercise",
    "set_quiet_days",
    "settle_next_step",
    "withdraw_help",
]
