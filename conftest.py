"""What every test of the house shares."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from tequio.kernel.immutable import protect, release
from tequio.kernel.models import WrittenOnce


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip aloud, on another engine, the tests that need PostgreSQL."""
    if connection.vendor != "postgresql":
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL"))


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_record() -> Any:
    """Let Django empty the test database between tests, which the record's triggers rightly refuse."""
    teardown = TransactionTestCase._fixture_teardown
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, WrittenOnce)]

    def lift_then_empty(self: TransactionTestCase) -> None:
        if issubclass(type(self), TransactionTestCase) and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                for table in tables:
                    release(cursor, connection.vendor, table)
                teardown(self)
                for table in tables:
                    protect(cursor, connection.vendor, table)
        else:
            teardown(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_then_empty)
        yield
