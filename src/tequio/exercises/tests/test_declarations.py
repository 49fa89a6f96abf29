"""The joint declaration: its versions, its signatories, and the signing that starts the exercise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import NOW, SIGNING, Land, again, sign

from tequio.accounts.enums import Sector
from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise, JointDeclaration
from tequio.exercises.workflows import (
    add_signatory,
    attach_signed_document,
    open_exercise,
    remove_signatory,
    sign_declaration,
    start_exercise,
    write_declaration,
)
from tequio.kernel.clock import day_of
from tequio.kernel.models import Attachment, LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

TODAY = day_of(NOW)


@pytest.fixture
def draft(land: Land, liaison: User) -> Exercise:
    """An exercise that the liaison has opened and nobody has signed."""
    return open_exercise(land.town, name="Ejercicio", first_year=2031, last_year=2032, by=again(liaison), at=NOW)


@pytest.mark.req("EX-02")
def test_signing_starts_the_exercise_and_enters_the_record(draft: Exercise, liaison: User) -> None:
    with pytest.raises(Refused, match="Falta firmar la declaración conjunta"):
        start_exercise(draft, by=again(liaison), at=NOW)
    sign(draft, by=again(liaison))
    draft.refresh_from_db()
    assert draft.state == ExerciseState.OPEN
    assert draft in Exercise.objects.visible_to(None)
    entry = LedgerEntry.objects.get(kind="exercises.declaration_signed")
    assert entry.payload["signed_on"] == TODAY.isoformat()
    assert entry.payload["sha256"] == draft.declaration.document.sha256
    assert {each["sector"] for each in entry.payload["signatories"]} == set(SIGNING)
    assert "name" not in entry.payload["signatories"][0]


def test_what_is_missing_is_said_all_at_once(draft: Exercise, liaison: User) -> None:
    add_signatory(draft, sector=Sector.CIVIL_SOCIETY, represents="Vecinas", by=again(liaison), at=NOW)
    with pytest.raises(Refused) as refused:
        sign_declaration(draft, signed_on=TODAY, by=again(liaison), at=NOW)
    for lack in ("el texto", "el lugar", "órgano garante, entes públicos", "el documento firmado"):
        assert lack in str(refused.value)
    draft.refresh_from_db()
    assert (draft.state, draft.declaration.signed_on) == (ExerciseState.DRAFT, None)


def test_signed_declaration_changes_no_more(exercise: Exercise, liaison: User) -> None:
    signatory = exercise.declaration.signatories.first()
    for act in (
        lambda: write_declaration(exercise, "Otro texto", by=again(liaison), at=NOW),
        lambda: add_signatory(exercise, sector=Sector.CIVIL_SOCIETY, represents="Otra", by=again(liaison), at=NOW),
        lambda: remove_signatory(signatory, by=again(liaison), at=NOW),
        lambda: sign_declaration(exercise, signed_on=TODAY, by=again(liaison), at=NOW),
    ):
        with pytest.raises(Refused, match="ya se firmó"):
            act()


def test_every_version_of_the_text_stays(draft: Exercise, liaison: User) -> None:
    first = write_declaration(draft, " Uno \n", by=again(liaison), at=NOW)
    assert write_declaration(draft, "Uno", by=again(liaison), at=NOW) == first
    write_declaration(draft, "Dos", by=again(liaison), at=NOW)
    kept = draft.declaration.texts.values_list("number", "text")
    assert list(kept) == [(2, "Dos"), (1, "Uno")]


def test_same_signatory_twice_is_one_with_the_later_name(draft: Exercise, liaison: User) -> None:
    for name in ("", "Ana Ruiz"):
        add_signatory(draft, sector=Sector.PUBLIC_BODIES, represents="Cabildo", name=name, by=again(liaison), at=NOW)
    assert [each.name for each in draft.declaration.signatories.all()] == ["Ana Ruiz"]
    with pytest.raises(Refused, match="Elige uno de esos sectores"):
        add_signatory(draft, sector=Sector.CITIZENS, represents="Nadie", by=again(liaison), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_another_document_takes_the_place_of_the_first(draft: Exercise, liaison: User) -> None:
    names = []
    for content in (b"%PDF-1 uno", b"%PDF-1 dos"):
        kept = attach_signed_document(draft, SimpleUploadedFile("d.pdf", content), by=again(liaison), at=NOW)
        names.append(str(kept.document and kept.document.file.name))
    assert Attachment.objects.count() == 1
    assert [default_storage.exists(name) for name in names] == [False, True]


def test_day_to_come_is_no_signing(draft: Exercise, liaison: User) -> None:
    with pytest.raises(Refused, match="no ha llegado"):
        sign_declaration(draft, signed_on=TODAY + timedelta(days=1), by=again(liaison), at=NOW)


def test_others_write_nothing(draft: Exercise, cast: dict[str, User], visitor: AnonymousUser) -> None:
    others = [cast[part] for part in ("operator", "far_staff", "other_liaison", "representative", "stranger")]
    for person in (*others, visitor):
        with pytest.raises(Refused, match="no puede preparar"):
            write_declaration(draft, "Texto", by=person, at=NOW)
    assert not JointDeclaration.objects.exists()
