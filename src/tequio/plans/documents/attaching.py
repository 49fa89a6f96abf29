"""Makes the files of a plan's newest edition and attaches them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.module_loading import import_string

from tequio.kernel.editions import attach, current
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import local
from tequio.plans.consistency import check
from tequio.plans.queries import Dossier
from tequio.plans.queries.reading import EDITION_KIND

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.kernel.models import EditionFile
    from tequio.plans.documents.outline import Imprint
    from tequio.plans.models import ActionPlan

FORMS: Final = {
    "pdf": ("tequio.plans.documents.typesetting.pdf", "application/pdf"),
    "docx": (
        "tequio.plans.documents.word.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "jsonld": ("tequio.plans.documents.linked.jsonld", "application/ld+json"),
}
"""Each file's ending, what makes it (imported only then: their libraries are heavy) and its media type."""


def make_documents(plan: ActionPlan, *, at: datetime) -> list[EditionFile]:
    """Return the files of the plan's newest edition (pal.pdf, pal.docx, pal.jsonld), making those it has not."""
    edition = current(EDITION_KIND, plan.code)
    if edition is None:
        raise Refused("El plan no tiene una edición publicada: publícalo antes de hacer sus documentos.")
    dossier = Dossier.model_validate(edition.content)
    imprint: Imprint = {
        "published_on": local(edition.published_at),
        "edition_number": edition.number,
        "sha256": edition.sha256,
        "address": f"{settings.SITE_ADDRESS}{plan.get_absolute_url()}",
    }
    kept = {file.name: file for file in edition.files.all()}
    files = []
    for ending, (maker, media_type) in FORMS.items():
        name = f"{plan.kind}.{ending}"
        if name not in kept:
            made = import_string(maker)(dossier, check(dossier), **imprint)
            kept[name] = attach(edition, name, made, media_type=media_type, at=at)
        files.append(kept[name])
    return files
