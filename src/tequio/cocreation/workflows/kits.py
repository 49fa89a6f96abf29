"""Preparing the kit of a table, publishing it in versions, and counting who got it without knowing who."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, replace
from mimetypes import guess_type
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from tequio.cocreation.enums import PRESENTATIONS, DocumentKind
from tequio.cocreation.models import Kit, KitDocument
from tequio.cocreation.queries.kits import (
    KIND,
    SHEET,
    WHOLE,
    has_changes,
    kit_content,
    kit_of,
    lacks,
    published_kit,
    receipt_mark,
)
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.cocreation.workflows.kit_files import archive
from tequio.cocreation.workflows.kit_mail import tell_kit
from tequio.exercises.enums import EventState
from tequio.exercises.workflows.events import checked_url
from tequio.kernel.attachments import attach, detach
from tequio.kernel.canonical import digest
from tequio.kernel.editions import attach as attach_to
from tequio.kernel.editions import publish
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.jobs import enqueue
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from django.contrib.auth.models import AnonymousUser
    from django.core.files.uploadedfile import UploadedFile

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table
    from tequio.kernel.models import Edition

logger = logging.getLogger(__name__)
LONGEST_CONTEXT: Final = 3_500
"""Letters: what fits in one page."""
LONGEST_TEXT: Final = 5_000
MOST_DOCUMENTS: Final = 30
MOST_MINUTES: Final = 600
MOST_BYTES: Final = 25 * 2**20
"""Of all the files of a kit together: whoever downloads the zip on a phone pays for it."""
HEAVIEST_SHEET: Final = 2**20
"""Of the printable document (ux design, page 8)."""
LONGEST_FEEDBACK: Final = 1_000
MOST_FEEDBACK: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class KitTexts:
    """What is written for a kit and no data say."""

    context: str = ""
    glossary: str = ""
    rules: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentDetails:
    """What somebody says of a document; a file comes apart, because it stays when the rest is corrected."""

    kind: str
    title: str
    made_by: str
    minutes: int
    url: str = ""
    agenda_2030: str = ""
    equality: str = ""
    inclusion: str = ""


@transaction.atomic
def write_kit(table: Table, texts: KitTexts, *, by: User | AnonymousUser, at: datetime) -> Kit:
    """Write the context, the words and the rules of a kit, as a draft."""
    kit = _open_kit(table, by)
    told = {name: text.strip() for name, text in asdict(texts).items()}
    if len(told["context"]) > LONGEST_CONTEXT:
        raise Refused(
            f"El contexto cabe en una página: a lo más {LONGEST_CONTEXT:,} letras, y tiene {len(told['context']):,}."
        )
    for name, called in (("glossary", "Las palabras"), ("rules", "Las reglas")):
        if len(told[name]) > LONGEST_TEXT:
            raise Refused(f"{called} caben en {LONGEST_TEXT:,} letras; hay {len(told[name]):,}.")
    for line in filter(None, map(str.strip, told["glossary"].splitlines())):
        word, _, meaning = line.partition(":")
        if not (word.strip() and meaning.strip()):
            raise Refused(f"Escribe cada palabra en su renglón, como «Palabra: qué es». Falta en «{line[:60]}».")
    for name, text in told.items():
        setattr(kit, name, text)
    kit.save(update_fields=[*told])
    logger.info("kit escrito: %s, %s", table.code, at)
    return kit


@transaction.atomic
def add_document(
    table: Table,
    details: DocumentDetails,
    upload: UploadedFile[Any] | None = None,
    *,
    by: User | AnonymousUser,
    at: datetime,
) -> KitDocument:
    """Add a document at the end of a kit: a file, or a link."""
    kit = _open_kit(table, by)
    if kit.documents.count() >= MOST_DOCUMENTS:
        raise Refused(f"Un kit lleva {MOST_DOCUMENTS} documentos como máximo: quien viene debe poder leerlo.")
    told = _checked(details)
    if (upload is None) == (not told.url):
        raise Refused("Sube un archivo o escribe una liga: una de las dos cosas.")
    last = kit.documents.aggregate(last=Max("order"))["last"] or 0
    file = attach(upload, at=at) if upload else None
    document = KitDocument.objects.create(kit=kit, order=last + 1, file=file, **asdict(told))
    _weigh(kit)
    return document


@transaction.atomic
def change_document(
    document: KitDocument,
    details: DocumentDetails,
    upload: UploadedFile[Any] | None = None,
    *,
    by: User | AnonymousUser,
    at: datetime,
) -> KitDocument:
    """Correct what is said of a document; its file stays unless another comes, or a link takes its place."""
    kit = _open_kit(document.kit.table, by)
    row = kit.documents.select_related("file").get(pk=document.pk)
    told, before = _checked(details), row.file
    if upload and told.url:
        raise Refused("Sube un archivo o escribe una liga: una de las dos cosas.")
    if upload or told.url:
        row.file = attach(upload, at=at) if upload else None
    if row.file is None and not told.url:
        raise Refused("Sube un archivo o escribe una liga: una de las dos cosas.")
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.save()
    if before and row.file != before:
        detach(before)
    _weigh(kit)
    return row


@transaction.atomic
def remove_document(document: KitDocument, *, by: User | AnonymousUser, at: datetime) -> None:
    """Take a document out of the draft; what was published with it keeps its own copy."""
    kit = _open_kit(document.kit.table, by)
    row = kit.documents.select_related("file").get(pk=document.pk)
    kept = row.file
    row.delete()
    if kept:
        detach(kept)
    logger.info("documento retirado de un kit: %s, %s", kit.table.code, at)


@transaction.atomic
def move_document_up(document: KitDocument, *, by: User | AnonymousUser, at: datetime) -> None:
    """Put a document before the one that comes first; the first one stays."""
    kit = _open_kit(document.kit.table, by)
    row = kit.documents.get(pk=document.pk)
    before = kit.documents.filter(order__lt=row.order).order_by("-order").first()
    if before is None:
        return
    last = kit.documents.aggregate(last=Max("order"))["last"]
    for moved, order in ((before, last + 1), (row, before.order), (before, row.order)):
        KitDocument.objects.filter(pk=moved.pk).update(order=order)
    logger.info("orden de un kit: %s, %s", kit.table.code, at)


def publish_kit(
    table: Table, printed: Callable[[dict[str, Any]], bytes], *, note: str = "", by: User | AnonymousUser, at: datetime
) -> Edition:
    """Publish the kit of an announced table, or a correction that says what changed; who registered is told.

    `printed` sets the printable document, which takes a second: nobody waits for the table meanwhile.
    """
    permitted(table, by)
    content = kit_content(kit_of(table))
    note = _publishable(table, content, note, at=at)
    sheet = printed(content)
    if len(sheet) > HEAVIEST_SHEET:
        raise Refused(
            f"El documento para imprimir pesaría {len(sheet) / 2**20:.1f} MB y debe pesar 1 MB como máximo. "
            "Acorta los textos o quita documentos."
        )
    with transaction.atomic():
        row = held_table(table)
        permitted(row, by)
        if digest(kit_content(kit_of(row))) != digest(content):
            raise Refused("Alguien cambió el kit mientras se preparaba. Revísalo y publícalo de nuevo.")
        note = _publishable(row, content, note, at=at)
        edition = publish(KIND, row.code, content, by=None, at=at, note=note)
        kit = Kit.objects.get_or_create(table=row)[0]
        files = {SHEET: sheet, **_files(kit, content)}
        for name, data in {**files, WHOLE: archive(edition, files)}.items():
            attach_to(edition, name, data, media_type=guess_type(name)[0] or "", at=at)
        if kit.published_at is None:
            kit.published_at = at
            kit.save(update_fields=["published_at"])
        announce(CHANGED, subject=row.code)
        enqueue(tell_kit, row.pk, edition.number, at.isoformat(), key=f"kit:{row.pk}:{edition.number}")
    return edition


@transaction.atomic
def acknowledge_kit(table: Table, token: str, *, at: datetime) -> bool:
    """Count that somebody who registered got the kit, once; the link of nobody counts nothing and is told so."""
    mark = receipt_mark(table, token)
    kit = Kit.objects.select_for_update().filter(table=table, published_at__lte=at).first() if mark else None
    if kit is None:
        return False
    if mark not in kit.receipts:
        kit.receipts, kit.received = sorted([*kit.receipts, mark]), kit.received + 1
        kit.save(update_fields=["receipts", "received"])
    return True


@transaction.atomic
def send_feedback(table: Table, text: str, *, at: datetime) -> None:
    """Keep what somebody says of a published kit, among the rest by its text: not who, when, nor in which order."""
    kit = Kit.objects.select_for_update().filter(table=table, published_at__lte=at).first()
    if kit is None:
        raise Refused("El kit de esta mesa todavía no se publica.")
    text = " ".join(text.split())
    if not text:
        raise Refused("Escribe tu opinión.")
    if len(text) > LONGEST_FEEDBACK:
        raise Refused(f"Tu opinión cabe en {LONGEST_FEEDBACK:,} letras; tiene {len(text):,}.")
    if len(kit.feedback) >= MOST_FEEDBACK:
        raise Refused("Este kit ya recibió todas las opiniones que puede guardar. Dila en la mesa.")
    kit.feedback = sorted({*kit.feedback, text}, key=str.casefold)
    kit.save(update_fields=["feedback"])


def forget_receipts() -> int:
    """Forget the marks of receipts once the data of who registered are gone; the count stays. Return of how many."""
    over = Kit.objects.filter(table__event__people_forgotten_at__isnull=False).exclude(receipts=[])
    return over.update(receipts=[])


def _open_kit(table: Table, by: User | AnonymousUser) -> Kit:
    """Return a table's kit to be written, its table locked; refuse who may not, and what came to its end."""
    row = held_table(table)
    permitted(row, by)
    if row.event.state == EventState.CANCELLED or row.closed_at or row.event.starts_at is None:
        raise Refused("La mesa ya se cerró, se canceló o solo consta en un documento: su kit no se cambia.")
    kit = Kit.objects.get_or_create(table=row)[0]
    kit.table = row
    return kit


def _checked(details: DocumentDetails) -> DocumentDetails:
    """Return what is said of a document, checked; a presentation says its three relations (CO-09)."""
    told = replace(
        details,
        title=" ".join(details.title.split()),
        made_by=" ".join(details.made_by.split()),
        url=checked_url(details.url),
        **{name: getattr(details, name).strip() for name in ("agenda_2030", "equality", "inclusion")},
    )
    if told.kind not in DocumentKind.values:
        raise Refused("Elige qué tipo de documento es.")
    if not told.title or not told.made_by:
        raise Refused("Escribe el título del documento y quién lo hizo.")
    if not 0 < told.minutes <= MOST_MINUTES:
        raise Refused(f"La lectura dura de 1 a {MOST_MINUTES} minutos; dice {told.minutes}.")
    if told.kind in PRESENTATIONS and not (told.agenda_2030 and told.equality and told.inclusion):
        raise Refused(
            "Una presentación dice cómo se relaciona con la Agenda 2030, con la igualdad de género y con la inclusión. "
            "Si con alguna no se relaciona, dilo."
        )
    return told


def _weigh(kit: Kit) -> None:
    """Refuse a file that would make the kit too heavy to download."""
    total = sum(kit.documents.filter(file__isnull=False).values_list("file__size", flat=True))
    if total > MOST_BYTES:
        raise Refused(
            f"Con este archivo el kit pesaría {total / 2**20:.1f} MB, y pesa a lo más {MOST_BYTES // 2**20} MB. "
            "Reduce el archivo, o pon una liga."
        )


def _files(kit: Kit, content: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of a kit by the names with which they are published."""
    found = {}
    for document, told in zip(kit.documents.select_related("file"), content["documents"], strict=True):
        if document.file:
            with document.file.file.open("rb") as kept:
                found[told["file"]] = kept.read()
    return found


def _publishable(table: Table, content: dict[str, Any], note: str, *, at: datetime) -> str:
    """Return what changed, in a line, or refuse what cannot be published."""
    event, edition = table.event, published_kit(table)
    if event.state not in {EventState.PUBLISHED, EventState.HELD}:
        raise Refused("Anuncia antes la mesa: su kit se publica en una página que cualquiera ve.")
    if edition is None and event.starts_at and event.starts_at <= at:
        raise Refused("La mesa ya empezó: su kit tenía que leerse antes.")
    if missing := lacks(content):
        raise Refused(" ".join(missing))
    if not has_changes(content, edition):
        raise Refused("Nada cambió desde la última versión publicada.")
    note = " ".join(note.split())[:500]
    if edition and not note:
        raise Refused("Di qué cambió: lo leen quienes ya tienen el kit.")
    return note if edition else ""
