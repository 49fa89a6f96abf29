"""The verb that releases data: a new immutable version of each dataset whose content changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from tequio.kernel.canonical import digest, sha256
from tequio.kernel.datasets import datasets
from tequio.kernel.facts import PUBLISHED, announce
from tequio.kernel.ledger import record
from tequio.kernel.locks import RECORD, take_turn
from tequio.opendata.models import EVERYTHING, Release, ReleaseFile, stored_path
from tequio.opendata.queries import packaging

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.opendata.queries.packaging import Content, Files

RELEASE_KIND = "opendata.release"
"""The kind under which a release is announced as published."""


@transaction.atomic
def release_datasets(*, by: User | None, at: datetime, reason: str) -> list[Release]:
    """Release what changed since the last version of each dataset, and all together when something did."""
    take_turn(RECORD)
    contents = [packaging.content(dataset) for dataset in datasets().values()]
    made = [release for content in contents if (release := _release(content, by=by, at=at, reason=reason))]
    return [*made, _release_everything(contents, by=by, at=at, reason=reason)] if made else []


def _release(content: Content, *, by: User | None, at: datetime, reason: str) -> Release | None:
    """Release one dataset, unless its newest version says the same."""
    previous = Release.objects.of(content.dataset.key).first()
    if previous and previous.content_sha256 == content.sha256:
        return None
    before, schema_version = None, "1.0.0"
    if previous:
        schema_version = packaging.next_schema_version(previous.schema_version, previous.schema, content.schema)
        with previous.files.get(name=f"{content.dataset.key}.jsonl").open() as file:
            before = file.read()
    draft = Release(
        dataset=content.dataset.key,
        version=_next_version(content.dataset.key, at),
        schema_version=schema_version,
        created_at=at,
        rows=len(content.rows),
        reason=reason,
        content_sha256=content.sha256,
        schema=content.schema,
        previous=previous,
    )
    made = packaging.files(content, packaging.release_of(draft.version, at), before=before)
    return _keep(draft, made, by=by)


def _release_everything(contents: list[Content], *, by: User | None, at: datetime, reason: str) -> Release:
    """Release the zip of all datasets as they are now."""
    tables = {c.dataset.key: (c.dataset, packaging.csv_of(c)) for c in contents}
    version = _next_version(EVERYTHING, at)
    draft = Release(
        dataset=EVERYTHING,
        version=version,
        schema_version="1.0.0",
        created_at=at,
        rows=sum(len(content.rows) for content in contents),
        reason=reason,
        content_sha256=digest({content.dataset.key: content.sha256 for content in contents}),
        schema={},
        previous=Release.objects.of(EVERYTHING).first(),
    )
    archive = packaging.everything(tables, packaging.release_of(version, at))
    return _keep(draft, {f"{EVERYTHING}.zip": archive}, by=by)


def _next_version(key: str, at: datetime) -> str:
    """Return the version of a day in the site's time zone: 2026.03.02, and 2026.03.02.2 if there is one already."""
    day = localtime(at).strftime("%Y.%m.%d")
    already = Release.objects.of(key).filter(version__startswith=day).count()
    return f"{day}.{already + 1}" if already else day


def _keep(release: Release, made: Files, *, by: User | None) -> Release:
    """Write a release with its files, seal it in the record and say that it is published."""
    release.save(force_insert=True)
    prints = {name: sha256(data) for name, data in made.items()}
    for name, data in made.items():
        if not default_storage.exists(stored_path(prints[name])):
            default_storage.save(stored_path(prints[name]), ContentFile(data))
    ReleaseFile.objects.bulk_create(
        ReleaseFile(release=release, name=name, size=len(data), sha256=prints[name]) for name, data in made.items()
    )
    files = [{"name": name, "sha256": fingerprint} for name, fingerprint in sorted(prints.items())]
    facts = {"version": release.version, "rows": release.rows, "reason": release.reason, "files": files}
    who = by.get_username() if by else None
    record("opendata.dataset_released", f"opendata.Release:{release.dataset}", facts, by=who, at=release.created_at)
    announce(PUBLISHED, kind=RELEASE_KIND, subject=release.dataset, number=release.pk)
    return release
