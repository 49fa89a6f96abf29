"""What follows from approving minutes: their document is made in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from tequio.governance.documents.minutes import make_document
from tequio.governance.queries.minutes import KIND
from tequio.kernel.facts import PUBLISHED, subscribe
from tequio.kernel.jobs import enqueue


@task
def write_minutes(key: str) -> str:
    """Attach the PDF to the approved minutes of a session; return its hash."""
    return make_document(key, at=timezone.now()).sha256


def minutes_published(*, kind: str, subject: str, **_fact: object) -> None:
    """Queue the document of minutes just approved."""
    if kind == KIND:
        enqueue(write_minutes, subject, key=f"minutes:{subject}")


subscribe(PUBLISHED, minutes_published)
