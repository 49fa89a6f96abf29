"""Migrations are linear: each room names its last one, so that two branches that add one collide in git.

A promise of uniqueness on a table in use spares the rows that were there, and those that the code before still writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db.migrations import AddField, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q, TextField, UniqueConstraint, Value

from tequio.kernel.uniqueness import AddUniqueConcurrently
from tests.house.source import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterator


def leaves() -> dict[str, list[str]]:
    """Return each room's last migrations."""
    loader = MigrationLoader(connection=None)
    rooms = [config.label for config in apps.get_app_configs() if config.name.startswith("tequio.")]
    return {room: [name for _, name in loader.graph.leaf_nodes(room)] for room in rooms}


def test_each_room_has_one_last_migration_and_names_it() -> None:
    named = {
        path.parent.parent.name: [path.read_text().strip()] for path in PRODUCT.glob("*/migrations/max_migration.txt")
    }
    assert {room: last for room, last in leaves().items() if last} == named


def promises(loader: MigrationLoader) -> Iterator[tuple[Migration, AddUniqueConcurrently]]:
    """Yield every promise of uniqueness made on a table in use, with its migration."""
    for migration in loader.disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, AddUniqueConcurrently):
                yield migration, operation


def beginnings(loader: MigrationLoader, room: str, table: str) -> dict[str, Any]:
    """Return what the columns added to a table after it was made hold in a row that knows nothing of them."""
    return {
        operation.name: None if operation.field.null else operation.field.db_default
        for (label, _), migration in loader.disk_migrations.items()
        for operation in migration.operations
        if label == room and isinstance(operation, AddField) and operation.model_name == table
    }


def holds_of(condition: Q, row: dict[str, Any]) -> bool:
    """Tell whether a condition may hold of a row of which only some columns are known."""
    known = {name.partition("__")[0]: None for name in names_in(condition)} | row
    return condition.check({name: Value(value, output_field=TextField()) for name, value in known.items()})


def names_in(condition: Q) -> Iterator[str]:
    """Yield the columns that a condition asks for, with how it asks."""
    for part in condition.children:
        if isinstance(part, Q):
            yield from names_in(part)
        elif isinstance(part, tuple):
            yield str(part[0])


@pytest.mark.django_db
def test_a_promise_on_a_table_in_use_spares_what_was_there() -> None:
    loader = MigrationLoader(connection=None)
    found = list(promises(loader))
    assert found
    for migration, operation in found:
        room, table, promise = migration.app_label, operation.model_name, operation.constraint
        assert not migration.atomic, f"{migration}: the index is built outside a transaction"
        before = loader.project_state((room, migration.name), at_end=False).models[room, table].options["constraints"]
        kept_already = any(
            isinstance(each, UniqueConstraint) and each.fields == promise.fields and each.condition is None
            for each in before
        )
        begins = beginnings(loader, room, table)
        assert kept_already or not holds_of(promise.condition, begins), f"{migration}: {promise.name}"


@pytest.mark.django_db
def test_a_promise_that_old_rows_could_break_is_found() -> None:
    assert holds_of(Q(late__isnull=True), {"late": None})
    assert not holds_of(Q(late__isnull=False) & ~Q(other=""), {"late": None})
