"""Real objects for the steps from nothing to a secretariat: the first municipality and its exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.exercises.enums import SetupStep
from tests.attack.examples import Example, example
from tests.attack.examples_exercises import WORK, in_preparation, under_way

if TYPE_CHECKING:
    from tests.attack.examples import Scene


@example("municipios/<slug:slug>/alta/")
def place(scene: Scene) -> Example:
    """The municipality that begins."""
    return Example({"slug": scene.land.town.slug})


@example(f"{WORK}vista-previa/")
def preview(scene: Scene) -> Example:
    """An exercise in preparation."""
    return Example({"slug": in_preparation(scene).slug})


@example(f"{WORK}alta/fechas/")
def days(scene: Scene) -> Example:
    """An exercise that will have a secretariat."""
    return Example({"slug": under_way(scene).slug})


@example(f"{WORK}alta/<slug:word>/saltar/")
def skipped(scene: Scene) -> Example:
    """A step that is skipped."""
    return Example({"slug": under_way(scene).slug, "word": SetupStep.CALL.value}, {"reason": "No hubo sala"})
