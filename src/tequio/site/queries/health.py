"""How the service is: what works, what waits, what was last recorded."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Q

from tequio.accounts.models import RetentionRun
from tequio.kernel.jobs import parked, queue_age
from tequio.kernel.models import Edition, LedgerEntry, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

PROBE: Final = "salud"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """What each part of the service answered when it was asked; None where it could not be asked."""

    database: bool
    storage: bool
    queue_seconds: float | None
    parked_jobs: int | None
    version: str

    @property
    def is_well(self) -> bool:
        """Tell whether the service can do its work; jobs that wait or were given up do not stop it."""
        return self.database and self.storage


@dataclass(frozen=True)
class WaitingMail:
    """How many messages have not left, and how many of them the server refused for good."""

    waiting: int
    refused: int


@dataclass(frozen=True)
class Record:
    """The newest of what is public and verifiable."""

    published_at: datetime | None
    last_entry: LedgerEntry | None
    retention: RetentionRun | None


def health(at: datetime) -> Health:
    """Ask the database, the files and the queue; a part that does not answer is told, never raised."""
    try:
        age, given_up = round(queue_age(at), 1), parked().count()
    except (DatabaseError, InterfaceError):
        return Health(
            database=False, storage=_storage_works(), queue_seconds=None, parked_jobs=None, version=settings.VERSION
        )
    return Health(
        database=True, storage=_storage_works(), queue_seconds=age, parked_jobs=given_up, version=settings.VERSION
    )


def waiting_mail() -> WaitingMail:
    """Return what the outbox holds."""
    unsent = OutboxMessage.objects.filter(sent_at=None)
    return WaitingMail(**unsent.aggregate(waiting=Count("pk"), refused=Count("pk", filter=~Q(refusal=""))))


def newest_record() -> Record:
    """Return the last publication, the last entry of the ledger, whose hash is the last root, and the last erasing."""
    edition = Edition.objects.order_by("-published_at").only("published_at").first()
    return Record(edition.published_at if edition else None, LedgerEntry.objects.last(), RetentionRun.objects.first())


def _storage_works() -> bool:
    """Tell whether files can be found and, on a disk of this machine, written."""
    try:
        default_storage.exists(PROBE)
    except Exception:
        logger.exception("the storage of files does not answer")
        return False
    if not isinstance(default_storage, FileSystemStorage):
        return True
    folder = Path(default_storage.location)
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)
