"""What is read of exercises for a page, a file per subject."""

from tequio.exercises.queries.phases import (
    DECLARATION,
    ELECTING_SECTORS,
    Need,
    method_in_force,
    methods_to_adopt,
    needs_of,
    standing_phases,
)
from tequio.exercises.queries.reach import accompanied_exercises, other_guarantors, places_to_open, workable_exercise
from tequio.exercises.queries.setup import Moment, timetable

__all__ = [
    "DECLARATION",
    "ELECTING_SECTORS",
    "Moment",
    "Need",
    "accompanied_exercises",
    "method_in_force",
    "methods_to_adopt",
    "needs_of",
    "other_guarantors",
    "places_to_open",
    "standing_phases",
    "timetable",
    "workable_exercise",
]
