"""Approved minutes as a document: tagged, whole, once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.cast import again

from tequio.governance.documents.minutes import make_document
from tequio.governance.enums import SessionKind
from tequio.governance.workflows import close_session, leave
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.governance.tests.bodies import Secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-08")]


def test_approved_minutes_are_a_tagged_document_with_its_hash_in_the_ledger(stm: Secretariat) -> None:
    first = stm.opened("guarantor", "public_bodies", "civil_society")
    assert first.starts_at
    for name in ("guarantor", "public_bodies"):
        leave(first, stm.terms[name], by=again(stm.runner), at=first.starts_at + timedelta(minutes=10))
    stm.put(first, "Se aprueba <el> presupuesto: «$1» #2 _tres_.")
    minutes = close_session(first, by=again(stm.runner), at=first.starts_at + timedelta(hours=1))
    with pytest.raises(Refused, match="no está aprobada"):
        make_document(first.key, at=first.starts_at)
    address = f"{first.get_absolute_url()}acta.pdf"
    assert Client().get(address).status_code == 404
    second = stm.opened("guarantor", "public_bodies", at=first.starts_at, kind=SessionKind.ORDINARY)
    stm.adopt(second, "guarantor", "public_bodies", text="Se aprueba el acta.", minutes=minutes)
    file = make_document(first.key, at=first.starts_at)
    assert make_document(first.key, at=first.starts_at) == file
    answer = Client().get(address)
    document = PdfReader(BytesIO(b"".join(answer)))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    assert "Rechazado por falta de quórum" in text
    assert "Se aprueba <el> presupuesto: «$1» #2 _tres_." in text
    assert "1 de 3 asientos con voto presentes; se piden 2" in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    attached = LedgerEntry.objects.get(kind="governance.minutes_file_attached")
    assert attached.payload["sha256"] == file.sha256
    assert "El acta en PDF" in Client().get(first.get_absolute_url()).text
