from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from tequio.kernel.canonical import canonical, sha256
from tequio.kernel.editions import Change, attach, current, difference, publish
from tequio.kernel.facts import PUBLISHED, subscribe, unsubscribe
from tequio.kernel.invariants import editions_whole, files_whole
from tequio.kernel.models import Edition, EditionFile, LedgerEntry
from tequio.kernel.refusal import Refused
from tequio.kernel.tests.people import NOON
from tequio.kernel.tests.test_canonical import values

if TYPE_CHECKING:
    from pathlib import Path

PLAN = ("plans.plan", "plans.ActionPlan:P1")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "ediciones"


def freeze(**content: Any) -> Edition:
    return publish(*PLAN, content, by=None, at=NOON)


@pytest.mark.django_db
def test_an_edition_is_numbered_linked_and_recorded() -> None:
    first, second = freeze(title="Uno"), freeze(title="Dos")
    assert (first.number, second.number, second.previous) == (1, 2, first)
    assert current(*PLAN) == second
    entry = LedgerEntry.objects.last()
    assert entry
    assert (entry.kind, entry.subject) == ("plans.plan_published", "plans.ActionPlan:P1")
    assert entry.payload == {"number": 2, "sha256": second.sha256, "note": ""}
    assert list(editions_whole()) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_content_again_writes_and_announces_nothing() -> None:
    told: list[int] = []

    def hear(number: int, **_facts: str) -> None:
        told.append(number)

    subscribe(PUBLISHED, hear)
    try:
        first, again = freeze(a=1, b=[True]), freeze(b=[True], a=1)
    finally:
        unsubscribe(PUBLISHED, hear)
    assert (again, Edition.objects.count(), LedgerEntry.objects.count(), told) == (first, 1, 1, [1])


@pytest.mark.django_db
def test_an_old_content_published_again_is_a_new_edition() -> None:
    freeze(a=1)
    freeze(a=2)
    assert freeze(a=1).number == 3


@pytest.mark.django_db
def test_each_subject_has_its_own_numbers() -> None:
    freeze(a=1)
    assert publish("plans.plan", "plans.ActionPlan:P2", {"a": 1}, by=None, at=NOON).number == 1


@pytest.mark.django_db
def test_the_database_refuses_to_change_an_edition_or_its_files() -> None:
    attach(freeze(a=1), "pal.pdf", b"%PDF", media_type="application/pdf", at=NOON)
    for model, change in ((Edition, {"note": "x"}), (EditionFile, {"name": "x"})):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        EditionFile.objects.all().delete()


@pytest.mark.django_db
def test_a_file_is_kept_once_under_its_hash(media: Path) -> None:
    edition = freeze(a=1)
    file = attach(edition, "pal.pdf", b"%PDF 1", media_type="application/pdf", at=NOON)
    assert attach(edition, "pal.pdf", b"%PDF 1", media_type="application/pdf", at=NOON) == file
    assert [path.name for path in media.iterdir()] == [sha256(b"%PDF 1")]
    with file.open() as stored:
        assert stored.read() == b"%PDF 1"
    with pytest.raises(Refused, match="«pal"):
        attach(edition, "pal.pdf", b"%PDF 2", media_type="application/pdf", at=NOON)
    assert LedgerEntry.objects.filter(payload__sha256=file.sha256).count() == 1


@pytest.mark.django_db
def test_a_write_that_was_cut_short_is_made_again(media: Path) -> None:
    media.mkdir()
    (media / sha256(b"entero")).write_bytes(b"ent")
    attach(freeze(a=1), "datos.csv", b"entero", media_type="text/csv", at=NOON)
    assert (media / sha256(b"entero")).read_bytes() == b"entero"


@pytest.mark.django_db
def test_the_invariant_finds_a_file_that_is_missing_or_another(media: Path) -> None:
    file = attach(freeze(a=1), "pal.pdf", b"%PDF", media_type="application/pdf", at=NOON)
    assert list(files_whole()) == []
    (media / file.sha256).write_bytes(b"otro")
    assert "no son los que se publicaron" in next(files_whole())
    (media / file.sha256).unlink()
    assert "falta el archivo" in next(files_whole())


@pytest.mark.django_db
def test_the_invariant_finds_an_edition_that_was_never_recorded() -> None:
    Edition.objects.create(
        kind="plans.plan", subject="x", number=1, published_at=NOON, content={"a": 1}, sha256="0" * 64
    )
    assert len(list(editions_whole())) == 2


def test_the_difference_names_what_changed_by_code() -> None:
    old = {
        "title": "PAL",
        "commitments": [{"code": "C1", "name": "Uno"}, {"code": "C2", "name": "Dos"}],
        "ods": [11, 16],
    }
    new = {
        "title": "PAL",
        "commitments": [{"code": "C0"}, {"code": "C2", "name": "Dos bis"}],
        "ods": [11, 17],
        "x": None,
    }
    assert list(difference(old, new)) == [
        Change("commitments[C0]", None, {"code": "C0"}),
        Change("commitments[C2].name", "Dos", "Dos bis"),
        Change("commitments[C1]", {"code": "C1", "name": "Uno"}, None),
        Change("ods[2]", 16, 17),
        Change("x", None, None),
    ]
    assert list(difference([{"key": "a"}, {"key": "b"}], [{"key": "b"}, {"key": "a"}])) == [
        Change("", ["a", "b"], ["b", "a"])
    ]


@given(values, values)
def test_there_is_no_difference_only_between_equals(one: Any, other: Any) -> None:
    assert list(difference(one, json.loads(json.dumps(one)))) == []
    assert (list(difference(one, other)) == []) == (canonical(one) == canonical(other))
