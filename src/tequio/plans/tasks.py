"""What follows from publishing a plan: its documents are made in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from tequio.kernel.facts import PUBLISHED, subscribe
from tequio.kernel.jobs import enqueue
from tequio.plans.documents.attaching import make_documents
from tequio.plans.models import ActionPlan
from tequio.plans.queries.reading import EDITION_KIND


@task
def write_documents(code: str) -> int:
    """Attach the PDF, the editable document and the linked data to a plan's newest edition; return how many."""
    return len(make_documents(ActionPlan.objects.get(code=code), at=timezone.now()))


def listen() -> None:
    """Subscribe to the fact of publication; called once the rooms are loaded."""
    subscribe(PUBLISHED, plan_published)


def plan_published(*, kind: str, subject: str, **_fact: object) -> None:
    """Queue the documents of a plan that has a new edition."""
    if kind == EDITION_KIND:
        enqueue(write_documents, subject, key=f"documents:{subject}")
