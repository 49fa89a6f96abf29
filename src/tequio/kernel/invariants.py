"""What must always hold, whatever died: a registry of sentences and their checks, and the kernel's own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection

from tequio.kernel.canonical import digest, sha256
from tequio.kernel.immutable import missing_triggers
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.models import Attachment, Edition, EditionFile, LedgerEntry, StatusChange, WrittenOnce
from tequio.kernel.workflow import Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Invariant:
    """A promise, as a sentence for operators, and a check that yields a sentence for each fault."""

    sentence: str
    check: Check


registered: list[Invariant] = []


def invariant(sentence: str) -> Callable[[Check], Check]:
    """Register a check; a room keeps its own in a module `invariants`, imported in apps.ready()."""

    def register(check: Check) -> Check:
        registered.append(Invariant(sentence, check))
        return check

    return register


@invariant("El registro público es una sola cadena sin roturas")
def ledger_unbroken() -> Iterator[str]:
    """Yield each place where the ledger does not hold."""
    yield from map(str, verify(ledger_lines()))


@invariant("La base de datos rechaza cambios en lo que se escribe una vez")
def written_once_protected() -> Iterator[str]:
    """Yield each table that lacks a trigger."""
    for model in apps.get_models():
        if issubclass(model, WrittenOnce):
            for trigger in missing_triggers(connection, model._meta.db_table):
                yield f"Falta el disparador {trigger}."


@invariant("Cada edición conserva lo que se publicó y consta en el registro")
def editions_whole() -> Iterator[str]:
    """Yield each edition whose content, number or ledger entry is not as it was published."""
    sealed = LedgerEntry.objects.filter(kind__endswith="_published").values_list("kind", "subject", "payload")
    recorded = {(kind, subject, facts.get("number"), facts.get("sha256")) for kind, subject, facts in sealed.iterator()}
    previous: Edition | None = None
    for edition in Edition.objects.order_by("kind", "subject", "number").iterator():
        name = f"{edition.kind} {edition.subject}, edición {edition.number}"
        follows = previous is not None and edition.previous_id == previous.pk and edition.number == previous.number + 1
        if edition.number > 1 and not follows:
            yield f"{name}: no sigue a la anterior."
        if digest(edition.content) != edition.sha256:
            yield f"{name}: el contenido no corresponde a su huella."
        if (f"{edition.kind}_published", edition.subject, edition.number, edition.sha256) not in recorded:
            yield f"{name}: no consta en el registro."
        previous = edition


@invariant("Cada archivo publicado tiene sus bytes y su huella")
def files_whole() -> Iterator[str]:
    """Yield each file of an edition that is missing from the storage or is another."""
    for file in EditionFile.objects.select_related("edition").iterator():
        if not default_storage.exists(file.path):
            yield f"{file.edition}, {file.name}: falta el archivo."
            continue
        with file.open() as stored:
            if sha256(stored.read()) != file.sha256:
                yield f"{file.edition}, {file.name}: los bytes no son los que se publicaron."


@invariant("Cada archivo adjunto tiene sus bytes y su huella")
def attachments_whole() -> Iterator[str]:
    """Yield each attached file that is missing from the storage or is another."""
    for attachment in Attachment.objects.iterator():
        if not default_storage.exists(str(attachment.file.name)):
            yield f"Adjunto {attachment.pk}: falta el archivo."
            continue
        with attachment.file.open("rb") as kept:
            if sha256(kept.read()) != attachment.sha256:
                yield f"Adjunto {attachment.pk}: los bytes no son los que llegaron."


@invariant("Cada estado viene del anterior y es el del último cambio")
def statuses_in_order() -> Iterator[str]:
    """Yield each change that does not follow the one before, and each object whose state has no change behind."""
    changes = StatusChange.objects.order_by("subject", "pk")
    for earlier, later in pairwise(changes.iterator()):
        if earlier.subject == later.subject and earlier.after != later.before:
            yield f"{later.subject}: pasó de «{later.before}», pero estaba en «{earlier.after}»."
    last = {change.subject: change.after for change in changes.iterator()}
    for workflow in Workflow.declared.values():
        for obj in workflow.model._base_manager.iterator():
            subject = workflow.subject(obj)
            if last.get(subject, workflow.status(obj)) != workflow.status(obj):
                yield f"{subject}: está en «{workflow.status(obj)}» y su último cambio dice «{last[subject]}»."
