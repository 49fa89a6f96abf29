"""What is done in the background: the document of minutes, the count of elections and what their rolls are told."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.exercises.workflows import CANDIDACY_WITHDRAWN
from tequio.governance.documents.minutes import make_document
from tequio.governance.queries.minutes import KIND
from tequio.governance.workflows import close_due_elections, forget_candidate, tell_rolls
from tequio.kernel.facts import PUBLISHED, subscribe
from tequio.kernel.jobs import enqueue
from tequio.kernel.periodic import every


@task
def write_minutes(key: str) -> str:
    """Attach the PDF to the approved minutes of a session; return its hash."""
    return make_document(key, at=timezone.now()).sha256


def minutes_published(*, kind: str, subject: str, **_fact: object) -> None:
    """Queue the document of minutes just approved."""
    if kind == KIND:
        enqueue(write_minutes, subject, key=f"minutes:{subject}")


@task()
def count_elections() -> int:
    """Count the elections whose window ended; return how many."""
    return close_due_elections(at=timezone.now())


@task()
def tell_of_elections() -> int:
    """Tell the rolls how their elections stand; return of how many."""
    return tell_rolls(at=timezone.now())


def candidacy_withdrawn(*, exercise: int, name: str) -> None:
    """Take who withdrew off the ballots that are being prepared."""
    forget_candidate(exercise, name)


subscribe(PUBLISHED, minutes_published)
subscribe(CANDIDACY_WITHDRAWN, candidacy_withdrawn)
every("tell_of_elections", tell_of_elections, timedelta(minutes=1))
every("close_due_elections", count_elections, timedelta(minutes=1))
