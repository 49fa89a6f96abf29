from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tequio.accounts.models import Jurisdiction
from tequio.exercises.models import Exercise, SourceDocument
from tequio.kernel.editions import publish
from tequio.kernel.refusal import Refused
from tequio.plans.documents.attaching import make_documents
from tequio.plans.models import ActionPlan
from tequio.plans.queries.reading import EDITION_KIND
from tequio.plans.tests.dossiers import rich

if TYPE_CHECKING:
    from tequio.kernel.models import Edition

pytestmark = pytest.mark.urls("tequio.plans.tests.addresses")

AT = dt.datetime(2031, 4, 16, 23, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def plan(db: None) -> ActionPlan:
    place = Jurisdiction.objects.create(code="99", kind="state", name="Valle Sereno", slug="valle-sereno")
    exercise = Exercise.objects.create(
        slug="valle-sereno-2030-2032", name="Gobierno abierto", jurisdiction=place, first_year=2030, last_year=2032
    )
    document = SourceDocument.objects.create(exercise=exercise, key="pal", kind="plan", title="Plan", order=1)
    return ActionPlan.objects.create(exercise=exercise, document=document, kind="pal", code="PAL9", title="Plan")


def edition(commitments: int = 1) -> Edition:
    return publish(EDITION_KIND, "PAL9", rich(commitments).model_dump(mode="json"), by=None, at=AT)


def test_a_plan_without_edition_has_no_documents(plan: ActionPlan) -> None:
    with pytest.raises(Refused, match="edición publicada"):
        make_documents(plan, at=AT)


def test_documents_are_attached_to_the_newest_edition(plan: ActionPlan) -> None:
    first = edition()
    newest = edition(2)

    files = make_documents(plan, at=AT)

    assert [file.name for file in files] == ["pal.pdf", "pal.docx", "pal.jsonld"]
    assert {file.edition_id for file in files} == {newest.pk}
    assert not first.files.exists()
    with files[0].open() as pdf, files[1].open() as docx, files[2].open() as jsonld:
        assert pdf.read(5) == b"%PDF-"
        assert docx.read(2) == b"PK"
        assert '"datePublished": "2031-04-16"' in jsonld.read().decode()


def test_documents_are_made_once(plan: ActionPlan) -> None:
    edition()
    made = make_documents(plan, at=AT)

    assert make_documents(plan, at=AT + dt.timedelta(days=1)) == made
