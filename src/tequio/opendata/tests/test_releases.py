"""Releases: whole, valid, the same in each format, written once, and only when something changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from frictionless import Package, system
from python_calamine import CalamineWorkbook

from tequio.accounts.models import Organization
from tequio.kernel.cells import unguarded
from tequio.kernel.datasets import ColumnType, Dataset, datasets
from tequio.kernel.facts import PUBLISHED, announce
from tequio.kernel.models import LedgerEntry
from tequio.opendata.invariants import released_files_whole
from tequio.opendata.models import EVERYTHING, Release, ReleaseFile
from tequio.opendata.queries.packaging import next_schema_version
from tequio.opendata.workflows import release_datasets

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks

LATER = datetime(2026, 3, 2, 20, tzinfo=UTC)
pytestmark = pytest.mark.req("SI-02")


def data(key: str, extension: str) -> bytes:
    release = Release.objects.of(key).get()
    with release.files.get(name=f"{key}.{extension}").open() as file:
        return file.read()


def test_every_dataset_is_released_and_all_together(releases: list[Release]) -> None:
    assert [release.dataset for release in releases] == [*datasets(), EVERYTHING]
    assert {release.version for release in releases} == {"2026.03.02"}
    assert LedgerEntry.objects.filter(kind="opendata.dataset_released").count() == len(releases)
    assert list(released_files_whole()) == []


@pytest.mark.parametrize("key", sorted(datasets()))
def test_formats_say_the_same(releases: list[Release], key: str) -> None:
    dataset = datasets()[key]
    rows = [json.loads(line) for line in data(key, "jsonl").decode().split("\n")[:-1]]
    table = list(csv.DictReader(io.StringIO(data(key, "csv").decode(), newline="")))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data(key, "xlsx"))).get_sheet_by_name("Datos").to_python()
    names = [column.name for column in dataset.columns]
    said = [[plain(row[name]) for name in names] for row in rows]
    assert [[cell(dataset, name, row[name]) for name in names] for row in table] == said
    assert sheet[0] == names
    assert [[plain(value) for value in row] for row in sheet[1:]] == said


def cell(dataset: Dataset, name: str, text: str) -> str:
    return unguarded(text) if dataset.column(name).type in {ColumnType.TEXT, ColumnType.URL} else text


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) else str(value)


def test_packages_are_valid(releases: list[Release], tmp_path: Path) -> None:
    for release in releases:
        folder = tmp_path / release.dataset
        folder.mkdir()
        for file in release.files.all():
            with file.open() as stored:
                (folder / file.name).write_bytes(stored.read())
        if release.dataset == EVERYTHING:
            zipfile.ZipFile(folder / "todo.zip").extractall(folder)
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
        assert report.valid, (release.dataset, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5])
        for line in (folder / "SHA256SUMS").read_text().splitlines():
            fingerprint, name = line.split("  ")
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == fingerprint


def test_nothing_changed_is_no_version(releases: list[Release]) -> None:
    assert release_datasets(by=None, at=LATER, reason="Otra.") == []


def test_a_change_is_a_version_that_says_it(releases: list[Release]) -> None:
    changed = Organization.objects.order_by("key").first()
    assert changed
    before, changed.name = changed.name, "=Nombre nuevo"
    changed.save()
    made = release_datasets(by=None, at=LATER, reason="Cambió un nombre.")
    assert [(release.dataset, release.version) for release in made] == [
        ("organizaciones", "2026.03.02.2"),
        (EVERYTHING, "2026.03.02.2"),
    ]
    with made[0].files.get(name="cambios.csv").open() as file:
        rows = list(csv.reader(io.StringIO(file.read().decode(), newline="")))
    assert rows[1:] == [["actualizacion", changed.key, "nombre", before, "'=Nombre nuevo"]]


def test_a_release_is_never_altered(releases: list[Release]) -> None:
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Release.objects.update(reason="Otra.")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        ReleaseFile.objects.all().delete()


@pytest.mark.django_db
def test_a_publication_queues_one_release(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for kind in ("plans.plan", "plans.plan", "opendata.release"):
            announce(PUBLISHED, kind=kind, subject="PAL1", number=1)
    assert DBTaskResult.objects.filter(task_path__startswith="tequio.opendata.").count() == 1


def test_schema_versions_follow_semver() -> None:
    def schema(**types: str) -> dict[str, Any]:
        return {"fields": [{"name": name, "type": kind} for name, kind in types.items()]}

    old = schema(a="string")
    assert next_schema_version("1.2.3", old, old) == "1.2.3"
    assert next_schema_version("1.2.3", old, schema(a="string", b="string")) == "1.3.0"
    assert next_schema_version("1.2.3", old, schema(a="integer")) == "2.0.0"
    assert next_schema_version("1.2.3", old, {**old, "missingValues": [""]}) == "1.2.4"
