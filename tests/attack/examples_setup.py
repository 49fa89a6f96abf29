"""Real objects for the steps from nothing to a secretariat: the exercises of the first municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.enums import SetupStep
from tests.attack.examples import Example, example, in_exercise
from tests.attack.examples_exercises import WORK, guided, in_preparation

if TYPE_CHECKING:
    from tests.attack.examples import Scene


@example(f"{WORK}vista-previa/")
def preview(scene: Scene) -> Example:
    """An exercise in preparation."""
    return in_exercise(in_preparation(scene))


@example(f"{WORK}alta/fechas/")
@example(f"{WORK}alta/<slug:word>/saltar/")
def steps(scene: Scene) -> Example:
    """An exercise that will have a secretariat, and a step that it skips."""
    return in_exercise(guided(scene), {"reason": "No hubo sala"}, word=SetupStep.CALL.value)
