"""The kernel's tables, a file per aggregate."""

from tequio.kernel.models.attachments import Attachment
from tequio.kernel.models.changes import StatusChange
from tequio.kernel.models.concepts import Concept, ConceptScheme
from tequio.kernel.models.editions import Edition, EditionFile
from tequio.kernel.models.immutable import WrittenOnce
from tequio.kernel.models.jobs import JobRecord, PeriodicSlot
from tequio.kernel.models.ledger import LedgerEntry
from tequio.kernel.models.mail import OutboxMessage
from tequio.kernel.models.periods import DatePrecision, StatedPeriod
from tequio.kernel.models.search import SearchEntry
from tequio.kernel.models.windows import WindowQuerySet, WithWindow, window_constraint

__all__ = [
    "Attachment",
    "Concept",
    "ConceptScheme",
    "DatePrecision",
    "Edition",
    "EditionFile",
    "JobRecord",
    "LedgerEntry",
    "OutboxMessage",
    "PeriodicSlot",
    "SearchEntry",
    "StatedPeriod",
    "StatusChange",
    "WindowQuerySet",
    "WithWindow",
    "WrittenOnce",
    "window_constraint",
]
