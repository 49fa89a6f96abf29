"""Every write of exercises: what packs tell of them, and what people do in them."""

from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.opening import open_exercise

__all__ = ["REPLACE_EXERCISE", "load_exercises", "open_exercise"]
