"""What one person has to do, parted by how soon, and what comes when there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.kernel.calendar import Day, Hour
from tequio.kernel.clock import day_of
from tequio.kernel.duties import capacities_of, one_reading, owed_by
from tequio.site.queries.agenda import upcoming

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.duties import Duty
    from tequio.site.queries.agenda import Appointment

WEEK: Final = 7
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A duty as the list shows it: the word for its being late, if it is."""

    duty: Duty
    late: str


@dataclass(frozen=True, slots=True)
class Pile:
    """The duties of a stretch of time; many are folded after the first ones."""

    name: str
    why_empty: str
    tasks: list[Task]

    @property
    def first(self) -> list[Task]:
        """Return those that are shown."""
        return self.tasks[:SHOWN]

    @property
    def rest(self) -> list[Task]:
        """Return those that are folded."""
        return self.tasks[SHOWN:]


@dataclass(frozen=True, slots=True)
class Work:
    """A person's page: as what they act, what they have to do, and what comes."""

    acting: list[str]
    piles: tuple[Pile, ...]
    is_whole: bool
    following: Appointment | None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        return not any(pile.tasks for pile in self.piles)


def work(person: User, at: datetime) -> Work:
    """Return a person's page; what has no date can be done now, so it stands today, after what has one."""
    with one_reading():
        owed, acting, today = owed_by(person, at), capacities_of(person, at), day_of(at)
    tasks = [Task(duty, lateness(duty, at)) for duty in owed.duties]
    days = [(task, (task.duty.day - today).days if task.duty.day else 0) for task in tasks]
    piles = (
        Pile("Hoy", "Nada vence hoy.", [task for task, left in days if left <= 0]),
        Pile("Esta semana", "Nada vence en los próximos siete días.", [t for t, left in days if 0 < left <= WEEK]),
        Pile("Después", "Nada más por ahora.", [task for task, left in days if left > WEEK]),
    )
    coming = upcoming(person, today=today) if not tasks else None
    return Work(acting, piles, owed.is_whole, coming)


def lateness(duty: Duty, at: datetime) -> str:
    """Return «Atrasada (3 días)», «Atrasada» on the very day, or nothing."""
    if not duty.is_late(at) or duty.day is None:
        return ""
    days = (day_of(at) - duty.day).days
    return f"Atrasada ({days} {'día' if days == 1 else 'días'})" if days else "Atrasada"


def deadlines(person: User, at: datetime, *, site: str) -> list[Day | Hour]:
    """Return a person's deadlines as a calendar keeps them."""
    return [entry for duty in owed_by(person, at).duties if (entry := entry_of(duty, site))]


def entry_of(duty: Duty, site: str) -> Day | Hour | None:
    """Return a duty's deadline for a calendar; one without a date has no place there."""
    identity, title, address = f"duty:{duty.key}", f"Vence: {duty.title}", site + duty.address
    text = f"{duty.where}. {duty.why}" if duty.where else duty.why
    if duty.due_at:
        return Hour(identity=identity, title=title, text=text, address=address, starts_at=duty.due_at)
    if duty.due_on:
        day = duty.due_on
        return Day(identity=identity, title=title, text=text, address=address, starts_on=day, ends_on=day)
    return None
