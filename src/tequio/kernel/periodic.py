"""Periodic jobs: a table of names and times; two schedulers queue each slot once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from tequio.kernel.jobs import enqueue
from tequio.kernel.models.jobs import PeriodicSlot

if TYPE_CHECKING:
    from django_tasks.base import Task

DAY: Final = timedelta(days=1)
KEPT: Final = timedelta(days=30)


@dataclass(frozen=True)
class Periodic:
    """A job every so often, counted from local midnight plus a shift; `every` divides the day."""

    name: str
    task: Task[..., Any]
    every: timedelta
    shift: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        """Refuse a period that does not divide the day."""
        if not self.every or DAY % self.every:
            raise ValueError(f"{self.name}: the period must divide a day")

    def slot_at(self, at: datetime) -> datetime:
        """Return the start of the slot in which an instant falls."""
        local = (at - self.shift).astimezone(timezone.get_default_timezone())
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + (local - midnight) // self.every * self.every + self.shift


_periodic: dict[str, Periodic] = {}


def every(name: str, task: Task[..., Any], period: timedelta, *, shift: timedelta = timedelta(0)) -> Periodic:
    """Register a periodic job, in apps.ready()."""
    _periodic[name] = Periodic(name, task, period, shift)
    return _periodic[name]


def schedule(at: datetime) -> list[str]:
    """Queue the periodic jobs whose present slot has not been queued; slots missed while nothing ran are skipped."""
    return [periodic.name for periodic in _periodic.values() if _schedule(periodic, periodic.slot_at(at))]


def _schedule(periodic: Periodic, slot: datetime) -> bool:
    """Queue a slot once, whoever else tries at the same time."""
    if PeriodicSlot.objects.filter(name=periodic.name, slot=slot).exists():
        return False
    try:
        with transaction.atomic():
            PeriodicSlot.objects.create(name=periodic.name, slot=slot)
            enqueue(periodic.task, key=f"periodic:{periodic.name}")
    except IntegrityError:
        return False
    PeriodicSlot.objects.filter(name=periodic.name, slot__lt=slot - KEPT).delete()
    return True


def forget(name: str) -> None:
    """Take a periodic job out of the table."""
    del _periodic[name]
