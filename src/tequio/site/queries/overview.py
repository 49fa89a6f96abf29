"""The overview of a guarantor's staff: where each municipality stands, what is late and whom to call today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.utils.text import slugify

from tequio.exercises.enums import CallReason, ExerciseState
from tequio.exercises.queries.accompaniment import NONE, Followed, followed_with_states
from tequio.exercises.queries.standing import ALL_DONE, NO_STEP, Standing, step_titles
from tequio.kernel.figures.tile_map import Tile, tile_map
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Jurisdiction, User
    from tequio.kernel.figures.svg import Markup

NOBODY: Final = "nadie"
LABEL: Final = 3  # letters on a tile
SHADES: Final = {ExerciseState.DRAFT: "f-grey", ExerciseState.OPEN: "f-soft", ExerciseState.CLOSED: "f-strong"}
MARKS: Final = {ExerciseState.DRAFT: "prep", ExerciseState.OPEN: "curso", ExerciseState.CLOSED: "fin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the filters of the overview ask for; an empty one asks for nothing."""

    name: str = ""
    step: str = ""
    reason: str = ""
    companion: str = ""
    by_name: bool = False

    def keeps(self, row: Followed) -> bool:
        """Say whether a municipality is one of those asked for."""
        return (
            fold(self.name) in fold(row.name)
            and self.step in {"", slugify(row.where)}
            and (not self.reason or any(reason.kind == self.reason for reason in row.reasons))
            and self.companion in {"", row.companion_key or NOBODY}
        )


@dataclass(frozen=True)
class StateOverview:
    """A state: its own exercise, and its municipalities on a map."""

    place: Jurisdiction
    standing: Standing | None
    late: str
    rows: Sequence[Followed]

    @property
    def quiet_days(self) -> int:
        """After how many days of silence its municipalities are to be called."""
        return self.rows[0].quiet_days

    @cached_property
    def map(self) -> Markup | None:
        """Return the tile map, where the pack places its tiles."""
        tiles = [tile for row in self.rows if (tile := _tile(row))]
        return tile_map(f"En qué va cada municipio de {self.place}", tiles) if tiles else None


@dataclass(frozen=True)
class Overview:
    """Every municipality that the viewer's guarantor accompanies, in the order of the calls, and its figures."""

    rows: Sequence[Followed]
    states: Sequence[StateOverview]
    titles: Sequence[str]

    @property
    def total(self) -> int:
        """How many municipalities there are."""
        return len(self.rows)

    @cached_property
    def alive(self) -> int:
        """How many have an exercise under way or in preparation."""
        return sum(bool(row.standing and row.standing.is_alive) for row in self.rows)

    @cached_property
    def late(self) -> int:
        """How many of those have a step whose date passed."""
        return sum(bool(row.late) for row in self.rows)

    @cached_property
    def accompanied(self) -> int:
        """How many somebody accompanies."""
        return sum(bool(row.companion_key) for row in self.rows)

    @cached_property
    def trainings(self) -> int:
        """How many have had a training."""
        return sum(row.trainings > 0 for row in self.rows)

    @cached_property
    def calls(self) -> Sequence[Followed]:
        """Return those to be called, the first one first."""
        return [row for row in self.rows if row.reasons]

    @cached_property
    def steps(self) -> Sequence[tuple[str, int]]:
        """Return how many stand at each step; every step of the methods in force is there, also where nobody stands."""
        counts = Counter(row.where for row in self.rows)
        started = {step.title: step.order for row in self.rows if row.standing and (step := row.standing.step)}
        older = sorted(started.keys() - set(self.titles), key=lambda title: (started[title], title))
        return [(name, counts[name]) for name in (NONE, *self.titles, *older, ALL_DONE, *NO_STEP.values())]

    @cached_property
    def reasons(self) -> Sequence[tuple[CallReason, int]]:
        """Return how many there are for each reason to call."""
        counts = Counter(reason.kind for row in self.rows for reason in row.reasons)
        return [(kind, counts[kind]) for kind in CallReason]

    @cached_property
    def companions(self) -> Sequence[tuple[str, str, int]]:
        """Return who accompanies how many: key, address and count; nobody at the end."""
        counts = Counter((row.companion_key, row.companion) for row in self.rows)
        named = sorted(((key, email, n) for (key, email), n in counts.items() if key), key=lambda each: each[1])
        return [*named, (NOBODY, "Nadie", self.total - self.accompanied)]

    def kept(self, wanted: Wanted) -> Sequence[Followed]:
        """Return the municipalities that the filters leave."""
        found = [row for row in self.rows if wanted.keeps(row)]
        return sorted(found, key=lambda row: fold(row.name)) if wanted.by_name else found


def overview(viewer: User | AnonymousUser, today: date) -> Overview:
    """Return the overview of a viewer, in as many queries however many municipalities there are."""
    rows, own = followed_with_states(viewer, today)
    states = [
        StateOverview(
            place,
            standing,
            standing.late_words(today) if standing else "",
            [row for row in rows if row.place.parent == place],
        )
        for place, standing in own.items()
    ]
    return Overview(rows, states, step_titles([place.pk for place in own], today))


def _tile(row: Followed) -> Tile | None:
    """Return a municipality as its tile: its words in full, its step in letters, a dark corner where it is late."""
    column, line = row.place.tile_column, row.place.tile_row
    if column is None or line is None:
        return None
    state = row.standing.state if row.standing else None
    step = row.standing.step if row.standing else None
    return Tile(
        column=column,
        row=line,
        name=row.name,
        label=row.name[:LABEL],
        address=row.address,
        shade=SHADES.get(state, "f-hollow") if state else "f-hollow",
        state=f"{row.where}. {row.late}" if row.late else row.where,
        mark=f"paso {step.order}" if step else MARKS.get(state, "") if state else "",
        is_flagged=bool(row.late),
    )
