"""Direction is law: higher rooms may import lower ones and point at their tables, never up or sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tequio.accounts.models import User
from tests.house.source import PRODUCT, contracts, product

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = "project"


def floors() -> dict[str, int]:
    """Return each room's floor, counted from the kernel up."""
    layers = reversed(contracts()["direction"]["layers"])
    return {room.strip(" ()"): floor for floor, layer in enumerate(layers) for room in layer.split("|")}


def rising_relations(tables: Iterable[type[models.Model]], floor: dict[str, int]) -> list[str]:
    """Return the relations that point at a table of a room above, or of another room beside."""
    found = []
    for table in tables:
        owner = table._meta.app_label
        for field in table._meta.get_fields():
            target = field.related_model if field.concrete else None
            if owner not in floor or not isinstance(target, type):
                continue
            there = target._meta.app_label
            if there in floor and there != owner and floor[there] >= floor[owner]:
                found.append(f"{table._meta.label}.{field.name} → {target._meta.label}")
    return found


def test_every_room_has_a_floor_and_no_import_is_excused() -> None:
    direction = contracts()["direction"]
    rooms = {path.parent.name for path in PRODUCT.glob("*/__init__.py")}
    assert rooms <= set(floors())
    assert direction["exhaustive"]
    assert not any("ignore_imports" in contract for contract in contracts().values())


def test_every_room_with_models_obeys_the_inner_layers() -> None:
    inside = contracts()["inside-a-room"]
    rooms = {module.room for module in product() if module.kind} - {"kernel", PROJECT}
    assert {f"tequio.{room}" for room in rooms} == set(inside["containers"])
    assert inside["exhaustive"]


def test_no_table_points_at_a_room_above() -> None:
    assert rising_relations(apps.get_models(), floors()) == []


@isolate_apps("tequio.kernel")
def test_a_rising_relation_is_found() -> None:
    boss = models.ForeignKey(User, on_delete=models.CASCADE)
    upstart = type("Upstart", (models.Model,), {"__module__": "tequio.kernel.models", "boss": boss})
    assert rising_relations([upstart], floors()) == ["kernel.Upstart.boss → accounts.User"]
