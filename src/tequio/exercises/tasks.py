"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.accounts.workflows import CONSENT_WITHDRAWN
from tequio.exercises.workflows import end_consented, forget_attendees, give_kept_places, remind_attendees
from tequio.kernel.facts import subscribe
from tequio.kernel.jobs import enqueue
from tequio.kernel.periodic import DAY, every


@task()
def remind_of_events() -> None:
    """Remind who has a place in an event of tomorrow."""
    remind_attendees(at=timezone.now())


@task()
def forget_people_of_events() -> None:
    """Forget who went to the events that ended some time ago."""
    forget_attendees(at=timezone.now())


@task()
def give_places_that_were_kept() -> int:
    """Give the places that are no longer kept to who waits."""
    return give_kept_places(at=timezone.now())


@task()
def end_what_was_consented(key: str, account: int | None, address_hash: str) -> int:
    """End what hung on a consent that was taken back; return how many things."""
    return end_consented(key, account, address_hash, at=timezone.now())


def consent_withdrawn(*, key: str, account: int | None, address_hash: str, **_fact: object) -> None:
    """Queue the end of what hung on a consent."""
    enqueue(end_what_was_consented, key, account, address_hash, key=f"consent:{key}:{account or address_hash}")


subscribe(CONSENT_WITHDRAWN, consent_withdrawn)
every("remind_of_events", remind_of_events, DAY, shift=timedelta(hours=9))
every("give_places_that_were_kept", give_places_that_were_kept, timedelta(minutes=5))
every("forget_people_of_events", forget_people_of_events, timedelta(hours=1))
