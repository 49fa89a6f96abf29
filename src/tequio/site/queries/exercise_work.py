"""What those who run an exercise see: each phase with what it lacks, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.exercises.enums import PhaseState
from tequio.exercises.queries import Need, needs_of, standing_phases
from tequio.kernel import spoken
from tequio.kernel.components import Stage
from tequio.plans.queries.pieces import period
from tequio.site.queries.exercise import STAGES

if TYPE_CHECKING:
    import datetime as dt

    from tequio.exercises.models import Exercise, Method, Phase


@dataclass(frozen=True, slots=True)
class PhaseAtWork:
    """A phase, what it needs, and whether its last planned day is past."""

    phase: Phase
    needs: list[Need]
    is_late: bool

    @property
    def is_now(self) -> bool:
        """Say whether the exercise is in this phase."""
        return self.phase.state == PhaseState.CURRENT

    @property
    def blocked(self) -> list[Need]:
        """Return what it cannot be done without."""
        return [need for need in self.needs if need.blocks]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """The phases of an exercise by the method that it follows, and the strip that shows them."""

    method: Method | None
    phases: list[PhaseAtWork]
    stages: list[Stage]

    @property
    def now(self) -> PhaseAtWork | None:
        """Return the phase under way."""
        return next((each for each in self.phases if each.is_now), None)


def work_page(exercise: Exercise, *, today: dt.date) -> WorkPage:
    """Return what the working page of an exercise shows; what phases need is asked only of the one under way."""
    phases = standing_phases(exercise)
    followed = next((phase.origin.method for phase in phases if phase.origin), None)
    return WorkPage(
        method=followed,
        phases=[
            PhaseAtWork(
                phase, needs_of(phase, today) if phase.state == PhaseState.CURRENT else [], phase.is_late_on(today)
            )
            for phase in phases
        ],
        stages=[
            Stage(phase.name, STAGES[phase.state], spoken.dated(period(phase)), f"#fase-{phase.order}")
            for phase in phases
        ],
    )
