"""Where the exercise of a place stands: its step by what was done in it, and what is late by its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef

from tequio.accounts.enums import JurisdictionKind
from tequio.exercises.enums import ExerciseState, PhaseState
from tequio.exercises.models import Exercise, Method, MethodPhase, Phase
from tequio.kernel.along import Cells, Gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Jurisdiction, User

ALIVE: Final = (ExerciseState.OPEN, ExerciseState.DRAFT)
"""What a place has to do now: an exercise under way, else one in preparation; one concluded is past."""
NO_STEP: Final = {
    ExerciseState.DRAFT: "En preparación, sin método",
    ExerciseState.OPEN: "En curso, sin paso señalado",
    ExerciseState.CLOSED: str(ExerciseState.CLOSED.label),
}
ALL_DONE: Final = "Todos sus pasos hechos, sin concluir"


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of an exercise, as the list of exercises needs it."""

    order: int
    name: str
    state: str
    ends_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.state == PhaseState.DONE

    @property
    def is_over(self) -> bool:
        """Whether it was done, or no document says that it was not."""
        return self.state in {PhaseState.DONE, PhaseState.UNKNOWN}

    @property
    def title(self) -> str:
        """Return its number and name."""
        return f"{self.order}. {self.name}"


@dataclass(frozen=True, slots=True)
class Standing:
    """The exercise of a place that counts today, and its steps."""

    slug: str
    name: str
    state: ExerciseState
    steps: Sequence[Step] = ()

    @property
    def is_alive(self) -> bool:
        """Whether it is under way or in preparation."""
        return self.state in ALIVE

    @property
    def step(self) -> Step | None:
        """Return the step under way; that of the declaration is under way before it is signed (Guía, paso 1)."""
        return next((step for step in self.steps if step.state == PhaseState.CURRENT), None) if self.is_alive else None

    @property
    def where(self) -> str:
        """Say where it stands in a few words, the same in lists, filters and counts."""
        if self.step:
            return self.step.title
        is_done = self.state == ExerciseState.OPEN and self.steps and all(step.is_done for step in self.steps)
        return ALL_DONE if is_done else NO_STEP[self.state]

    @property
    def said(self) -> str:
        """Say it in words that stand after «1 ejercicio:»."""
        state = str(self.state.label).lower()
        return f"{state}, paso {self.step.order} de {len(self.steps)}, {self.step.name}" if self.step else state

    def late(self, today: date) -> tuple[Step, int] | None:
        """Return the step that should have ended first and has not, with the days since; nothing if all is in time."""
        if not self.is_alive:
            return None
        due = [step for step in self.steps if not step.is_over and step.ends_on and step.ends_on < today]
        first = min(due, key=lambda step: (step.ends_on or today, step.order), default=None)
        return (first, (today - first.ends_on).days) if first and first.ends_on else None

    def late_words(self, today: date) -> str:
        """Say which step is late and since when, or nothing."""
        late = self.late(today)
        return f"Paso {late[0].order} atrasado {days(late[1])}" if late else ""


def days(count: int) -> str:
    """Return «1 día» or «12 días»."""
    return f"{count:,} {'día' if count == 1 else 'días'}"


def standings(
    places: Iterable[Jurisdiction] | None, viewer: User | AnonymousUser | None
) -> Mapping[int, tuple[Standing, int]]:
    """Return each place's exercise that counts today and how many it has had, in one query; no place means all.

    Of several, the one under way counts, else the one in preparation, else the last concluded.
    """
    seen = Exercise.objects.visible_to(viewer).order_by("jurisdiction", "-first_year", "slug")
    if places is not None:
        seen = seen.filter(jurisdiction__in=[place.pk for place in places])
    phases = Phase.objects.standing().filter(exercise=OuterRef("pk")).order_by("order")
    steps = Gathered(phases.values(cells=Cells("order", "name", "state", "ends_on")))
    rows = seen.annotate(steps=steps).values_list("jurisdiction_id", "slug", "name", "state", "steps")
    rank = {state: at for at, state in enumerate((*ALIVE, ExerciseState.CLOSED))}
    chosen = {}
    for place, group in groupby(rows, key=lambda row: row[0]):
        theirs = list(group)
        chosen[place] = (min(theirs, key=lambda row: rank[ExerciseState(row[3])]), len(theirs))
    return {
        place: (Standing(slug, name, ExerciseState(state), [step(*told) for told in steps or ()]), count)
        for place, ((_, slug, name, state, steps), count) in chosen.items()
    }


def step(order: int, name: str, state: str, ends_on: str | None) -> Step:
    """Return a phase by the method that the exercise follows, from what its row tells."""
    return Step(order, name, state, date.fromisoformat(ends_on) if ends_on else None)


def step_titles(states: Iterable[int], day: date) -> list[str]:
    """Return the steps that the methods in force give the municipalities of some states, in order, in one query."""
    methods = Method.objects.filter(state__in=states, applies_to=JurisdictionKind.MUNICIPALITY).in_force(day)
    rows = MethodPhase.objects.filter(method__in=methods).order_by("order", "name").values_list("order", "name")
    return list(dict.fromkeys(f"{order}. {name}" for order, name in rows))
