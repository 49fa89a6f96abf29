"""Kits as their pages show them: what their data say by themselves, whether they are on time, and what they lack."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from tequio.cocreation.enums import DocumentKind, NodeKind
from tequio.cocreation.models import Kit, ProblemNode, Table
from tequio.cocreation.queries.openings import opening_of
from tequio.cocreation.queries.tables import clock_of
from tequio.exercises.enums import EventState
from tequio.exercises.queries.events import organised_events
from tequio.kernel.along import read_along
from tequio.kernel.canonical import digest
from tequio.kernel.clock import day_of
from tequio.kernel.editions import current
from tequio.kernel.models import Concept, Edition
from tequio.kernel.spoken import moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.cocreation.models import KitDocument
    from tequio.exercises.models import Attendee

KIND: Final = "cocreation.kit"
"""What the editions of a kit are called."""
SHEET: Final = "kit.pdf"
"""The printable document of a kit."""
WHOLE: Final = "kit.zip"
"""All of its files in one."""
AHEAD: Final = 14
"""Days before its table by which a kit is published: «por lo menos dos semanas antes» (Metodología, fase 2)."""
WARNED: Final = 16
"""Days before its table from which whoever prepares it is told."""
WORDS_PER_MINUTE: Final = 200
GLOSSARY: Final = "mesas-glosario"
RULES: Final = "mesas-reglas"
"""The lists of a pack where a kit finds its words and rules."""
CHATHAM_HOUSE: Final = {
    "name": "Regla de Chatham House",
    "text": "Lo que se diga en la mesa se puede usar; quién lo dijo no se registra ni se cuenta fuera.",
}
signer: Final = Signer(salt="cocreation.kit", sep=".")


@dataclass(frozen=True, slots=True)
class Timing:
    """How a kit stands against its day: `late` counts days after it, and grows while nothing is published."""

    due_on: date
    published_on: date | None
    late: int
    left: int
    """Days from today to the table."""

    @property
    def warns(self) -> bool:
        """Say whether whoever prepares the table is to be told: its time comes, or has gone."""
        return self.published_on is None and 0 <= self.left <= WARNED


def timing(kit: Kit, today: date) -> Timing | None:
    """Return how a table's kit stands on a day; nothing for a table that only a document tells."""
    if kit.table.event.starts_at is None:
        return None
    day = day_of(kit.table.event.starts_at)
    published_on = day_of(kit.published_at) if kit.published_at else None
    due_on = day - timedelta(days=AHEAD)
    return Timing(due_on, published_on, max(0, ((published_on or today) - due_on).days), (day - today).days)


def kit_of(table: Table) -> Kit:
    """Return a table's kit with its documents, or an empty one that is not kept."""
    kit = next(iter(read_along(Kit.objects.filter(table=table), "documents__file")), Kit(table=table))
    kit.table = table
    return kit


def documents_of(kit: Kit) -> list[KitDocument]:
    """Return the documents of a kit, in order."""
    return list(kit.documents.all()) if kit.pk else []


def table_with_kit(viewer: User | AnonymousUser | None, slug: str, key: str) -> Table | None:
    """Return a table that a viewer may see, for the page of its kit."""
    rows = Table.objects.visible_to(viewer).filter(event__exercise__slug=slug, event__slug=key)
    return rows.select_related("event__exercise__jurisdiction", "theme").first()


def published_kit(table: Table) -> Edition | None:
    """Return the newest edition of a table's kit."""
    return current(KIND, table.code)


def versions_of(table: Table) -> list[Edition]:
    """Return every edition of a table's kit, the newest first."""
    return list(Edition.objects.of(KIND, table.code))


def kit_content(kit: Kit) -> dict[str, Any]:
    """Return what an edition of a table's kit is made of: data that were there, and what was written for it."""
    table, event, listed = kit.table, kit.table.event, listed_words()
    documents = [_document(document) for document in documents_of(kit)]
    content: dict[str, Any] = {
        "table": event.name,
        "theme": table.theme.name,
        "exercise": event.exercise.name,
        "when": moment(event.starts_at) if event.starts_at else "",
        "place": event.place if event.is_at_a_place else "A distancia",
        "address": settings.SITE_ADDRESS + reverse("cocreation:kit", args=[event.exercise.slug, event.slug]),
        "context": kit.context,
        "trees": _trees(table),
        "agenda": _agenda(table),
        "questions": list(table.questions),
        "criteria": table.criteria,
        "rules": _rules(kit, listed[RULES]),
        "glossary": _glossary(kit, listed[GLOSSARY]),
        "documents": documents,
    }
    if opening := opening_of(table):
        content["opening"] = opening.told
    own = math.ceil(sum(len(text.split()) for text in _texts(content)) / WORDS_PER_MINUTE)
    return {**content, "own_minutes": own, "minutes": own + sum(document["minutes"] for document in documents)}


def lacks(content: dict[str, Any]) -> list[str]:
    """Return what a kit lacks to be published, in sentences that say where it is mended."""
    kinds = {document["kind"] for document in content["documents"]}
    found = {
        "Falta el contexto: escríbelo en «Textos», en una página.": content["context"],
        "Falta el árbol de problemas: el de la temática, o un documento de ese tipo.": content["trees"]
        or DocumentKind.TREE in kinds,
        "Falta la agenda: escribe las etapas de la mesa, o agrega un documento de ese tipo.": content["agenda"]
        or DocumentKind.AGENDA in kinds,
        "Faltan los criterios para la cocreación: escríbelos en la mesa, o agrega un documento de ese tipo.": content[
            "criteria"
        ]
        or DocumentKind.CRITERIA in kinds,
    }
    return [sentence for sentence, is_there in found.items() if not is_there]


def has_changes(content: dict[str, Any], edition: Edition | None) -> bool:
    """Say whether what would be published is another thing than what is."""
    return edition is None or digest(content) != edition.sha256


def kits_to_publish(person: User, at: datetime) -> QuerySet[Table]:
    """Return the tables that a person organises, sixteen days off or less, whose kit is not published."""
    today = day_of(at)
    soon = organised_events(person, today).filter(
        state__in=[EventState.DRAFT, EventState.PUBLISHED],
        starts_at__gt=at,
        starts_on__lte=today + timedelta(days=WARNED),
        table__isnull=False,
    )
    rows = Table.objects.filter(event__in=soon.values("pk")).exclude(kit__published_at__isnull=False)
    return rows.select_related("event__exercise__jurisdiction").order_by("event__starts_at")


def receipt_token(attendee: Attendee) -> str:
    """Return the secret of the link by which somebody who registered says that the kit arrived."""
    return signer.sign(attendee.code)


def receipt_mark(table: Table, token: str) -> str:
    """Return the mark that a receipt leaves; nothing for a link of nobody who is registered for this table."""
    try:
        code = signer.unsign(token)
    except BadSignature:
        return ""
    known = bool(code) and table.event.attendees.reachable().filter(code=code).exists()
    return salted_hmac("cocreation.kit.receipt", f"{table.code}:{code}").hexdigest()[:32] if known else ""


def _document(document: KitDocument) -> dict[str, Any]:
    """Return a document as an edition names it: a file by its hash, a link by its address."""
    kept, name = document.file, slugify(document.title)[:60].strip("-") or "documento"
    extension = str(kept.file.name).rpartition(".")[2] if kept else ""
    return {
        "key": f"{document.order:02}",
        "kind": document.kind,
        "kind_name": document.get_kind_display(),
        "title": document.title,
        "made_by": document.made_by,
        "minutes": document.minutes,
        "url": document.url,
        "file": f"{document.order:02}-{name}.{extension}" if kept else "",
        "media_type": kept.media_type if kept else "",
        "size": kept.size if kept else 0,
        "sha256": kept.sha256 if kept else "",
        "agenda_2030": document.agenda_2030,
        "equality": document.equality,
        "inclusion": document.inclusion,
    }


def _trees(table: Table) -> list[dict[str, Any]]:
    """Return the trees of a table's theme whose problem is written: those told by a document, or final."""
    found = []
    standing = Prefetch("nodes", ProblemNode.objects.standing())
    for tree in read_along(table.theme.problem_trees.settled(), standing):
        texts: dict[str, list[str]] = {kind: [] for kind in NodeKind}
        for node in tree.nodes.all():
            texts[node.kind].append(node.text)
        if texts[NodeKind.PROBLEM]:
            told = {"key": tree.key, "title": tree.title, "problem": texts[NodeKind.PROBLEM][0]}
            found.append({**told, "causes": texts[NodeKind.CAUSE], "effects": texts[NodeKind.EFFECT]})
    return found


def _agenda(table: Table) -> list[dict[str, Any]]:
    """Return the stages of a table with the hours at which they are planned."""
    return [
        {
            "hours": f"{timezone.localtime(timed.planned_from):%H:%M} a {timezone.localtime(timed.planned_to):%H:%M} h",
            "name": timed.stage.name,
            "responsible": timed.stage.responsible,
            "dynamics": timed.stage.dynamics,
        }
        for timed in clock_of(table).stages
    ]


def listed_words() -> dict[str, list[Concept]]:
    """Return what the lists of a pack say of words and of rules."""
    found: dict[str, list[Concept]] = {GLOSSARY: [], RULES: []}
    for concept in Concept.objects.filter(scheme__key__in=found).select_related("scheme").order_by("order", "code"):
        found[concept.scheme.key].append(concept)
    return found


def _rules(kit: Kit, listed: list[Concept]) -> list[dict[str, str]]:
    """Return the rules of a table: Chatham House's always, its sizes, the pack's, and those written for it."""
    sizes = f"Se trabaja en mesas de {kit.table.smallest} a {kit.table.largest} personas de distintos sectores."
    told = [{"name": concept.name, "text": concept.definition} for concept in listed]
    return [
        CHATHAM_HOUSE,
        {"name": "Mesas de trabajo", "text": sizes},
        *told,
        *({"name": "", "text": line} for line in _lines(kit.rules)),
    ]


def _glossary(kit: Kit, listed: list[Concept]) -> list[dict[str, str]]:
    """Return the words of a table: the pack's, and those written for it as «palabra: qué es»."""
    told = {concept.name: concept.definition for concept in listed}
    for line in _lines(kit.glossary):
        word, _, meaning = line.partition(":")
        told[word.strip()] = meaning.strip()
    return [{"word": word, "meaning": told[word]} for word in sorted(told, key=str.casefold)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _texts(content: Any) -> list[str]:
    """Return what is read of a content, wherever it stands; names of files and hashes are not."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, list):
        return [text for each in content for text in _texts(each)]
    if isinstance(content, dict):
        unread = {"address", "key", "kind", "media_type", "sha256", "file", "url"}
        return [text for name, each in content.items() if name not in unread for text in _texts(each)]
    return []
