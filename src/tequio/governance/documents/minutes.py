"""Approved minutes as a tagged PDF (PDF/UA-1, PDF/A-2a), attached to their edition: the same gives the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from tequio.governance.models import Session
from tequio.governance.queries.minutes import KIND
from tequio.kernel.editions import attach, current
from tequio.kernel.letters import FONTS, drawable
from tequio.kernel.press import printed
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import local

if TYPE_CHECKING:
    from tequio.kernel.models import Edition, EditionFile

TEMPLATE: Final = Path(__file__).with_name("minutes.typ")
NAME: Final = "acta.pdf"


def make_document(key: str, *, at: dt.datetime) -> EditionFile:
    """Return the PDF of the approved minutes of a session, made if they have none yet."""
    edition = current(KIND, key)
    if edition is None:
        raise Refused("El acta no está aprobada: se publica cuando otra sesión la aprueba.")
    kept = edition.files.filter(name=NAME).first()
    return kept or attach(edition, NAME, pdf(edition), media_type="application/pdf", at=at)


def pdf(edition: Edition) -> bytes:
    """Return an edition of minutes as PDF, letter size."""
    slug, _, number = edition.subject.rpartition("/")
    session = Session.objects.select_related("body__exercise").get(body__exercise__slug=slug, number=number)
    address = settings.SITE_ADDRESS + session.get_absolute_url()
    told = {**edition.content, "address": address, "sha256": edition.sha256}
    day = dt.datetime.combine(local(edition.published_at), dt.time(), dt.UTC)
    return printed(TEMPLATE, "".join(map(drawable, json.dumps(told, ensure_ascii=False))), FONTS, day)
