"""A database with the invented state's plans and their released data, made once per module."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from tequio.kernel.packs import load_pack
from tequio.opendata.workflows import release_datasets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tequio.opendata.models import Release

TONALLI = Path(__file__).resolve().parents[4] / "tests" / "packs" / "tonalli"
NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Release]]:
    """Load the pack and release its data; nothing of it stays after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(TONALLI, by=None, at=NOON)
        yield release_datasets(by=None, at=NOON, reason="Primera versión.")
        transaction.set_rollback(True)


@pytest.fixture
def releases(loaded: list[Release], db: None) -> list[Release]:
    """Return the first version of each dataset, and of all together."""
    return loaded
