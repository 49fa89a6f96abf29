"""Migrations are linear: each room names its last one, so that two branches that add one collide in git."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.house.source import PRODUCT


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
