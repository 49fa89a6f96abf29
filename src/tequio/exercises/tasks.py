"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.exercises.workflows import forget_attendees, remind_attendees
from tequio.kernel.periodic import DAY, every


@task()
def remind_of_events() -> None:
    """Remind who has a place in an event of tomorrow."""
    remind_attendees(at=timezone.now())


@task()
def forget_people_of_events() -> None:
    """Forget who went to the events that ended some time ago."""
    forget_attendees(at=timezone.now())


every("remind_of_events", remind_of_events, DAY, shift=timedelta(hours=9))
every("forget_people_of_events", forget_people_of_events, timedelta(hours=1))
