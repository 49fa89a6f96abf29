"""Tables as their pages ask for them, and the clock that every screen of a room shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q

from tequio.cocreation.enums import Capture
from tequio.cocreation.models import Table
from tequio.kernel.canonical import instant

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.cocreation.models import Stage
    from tequio.exercises.models import Exercise


FINAL: Final = ("long_term_objective", "definitive_commitment")


@dataclass(frozen=True, slots=True)
class Timed:
    """A stage with the hours at which it was planned, and those at which it ran or is now expected to."""

    stage: Stage
    planned_from: datetime
    planned_to: datetime
    starts_at: datetime
    ends_at: datetime

    @property
    def state(self) -> str:
        """Say whether the stage is done, now or next."""
        if self.stage.ended_at:
            return "done"
        return "now" if self.stage.started_at else "next"


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a table stands: its stages with their hours, the one that runs, the next, and when all ends now."""

    stages: tuple[Timed, ...]
    ends_at: datetime | None

    @property
    def now(self) -> Timed | None:
        """The stage that runs."""
        return next((timed for timed in self.stages if timed.state == "now"), None)

    @property
    def following(self) -> Timed | None:
        """The next stage."""
        return next((timed for timed in self.stages if timed.state == "next"), None)

    @property
    def is_over(self) -> bool:
        """Say whether every stage ended."""
        return bool(self.stages) and all(timed.state == "done" for timed in self.stages)

    @property
    def delivers(self) -> str:
        """What is there when the stage that runs ends."""
        return Capture(self.now.stage.captures).delivers if self.now else ""

    @property
    def seen(self) -> int | None:
        """What a screen says it saw when it asks for the next stage."""
        return self.now.stage.order if self.now else None


def clock_of(table: Table) -> Clock:
    """Return a table's clock; an overrun, or minutes added, move what follows and the end."""
    begins = table.event.starts_at
    if begins is None:
        return Clock((), None)
    planned = expected = begins
    timed: list[Timed] = []
    for stage in table.stages.all():
        to = planned + timedelta(minutes=stage.minutes)
        starts_at = stage.started_at or expected
        ends_at = stage.ended_at or starts_at + timedelta(minutes=stage.minutes + stage.added)
        timed.append(Timed(stage, planned, to, starts_at, ends_at))
        planned, expected = to, ends_at
    return Clock(tuple(timed), expected)


def state_of(table: Table) -> dict[str, Any]:
    """Return what every screen of a room polls: no name, no count, nothing of who is there.

    Screens take the server's hour from the answer's Date; instants are UTC, ISO 8601.
    """
    clock = clock_of(table)
    now, following = clock.now, clock.following
    return {
        "stage": now.stage.order if now else None,
        "name": now.stage.name if now else "",
        "ends_at": instant(now.ends_at) if now else None,
        "delivers": clock.delivers,
        "next": following.stage.name if following else "",
        "all_ends_at": instant(clock.ends_at) if clock.ends_at else None,
        "is_over": clock.is_over or table.closed_at is not None,
        "revision": table.revision,
        "draft": {name: table.draft.get(name, "") for name in ("title", "text", *FINAL)},
    }


def tables_of(exercise: Exercise) -> QuerySet[Table]:
    """Return the tables of an exercise for who prepares them, the latest first; the page asks the permission."""
    rows = Table.objects.filter(event__exercise=exercise).select_related("event", "theme")
    confirmed, came = Q(event__attendees__state="confirmed"), Q(event__attendees__arrived_at__isnull=False)
    counted = rows.annotate(
        registered=Count("event__attendees", filter=confirmed), arrived=Count("event__attendees", filter=came)
    )
    return counted.order_by("-event__starts_on", "-event__order")


def shown_tables(viewer: User | AnonymousUser | None, slug: str) -> QuerySet[Table]:
    """Return the tables of an exercise that a viewer may see, the latest first."""
    rows = Table.objects.visible_to(viewer).filter(event__exercise__slug=slug)
    return rows.select_related("event__exercise__jurisdiction", "theme", "follows__event").order_by("-event__starts_on")


def table_of_room(code: str) -> Table | None:
    """Return the announced table whose room has a code; the code opens its screens to who is there."""
    rows = Table.objects.visible_to(None).select_related("event__exercise__jurisdiction", "theme")
    return rows.filter(room_code=code).first() if code else None
