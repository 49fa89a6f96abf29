"""Finds what each room declares in a module of a given name (its datasets, its findable things)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from collections.abc import Iterator

Thing = TypeVar("Thing")


def declared(module: str, name: str, kind: type[Thing]) -> Iterator[Thing]:
    """Yield what the rooms list under a name (`DATASETS` in their `datasets.py`), the lowest room first."""
    for config in reversed(list(apps.get_app_configs())):
        is_room = config.name.startswith("tequio.") and config.name != "tequio.kernel"
        if not is_room or not module_has_submodule(config.module, module):
            continue
        for thing in getattr(import_module(f"{config.name}.{module}"), name):
            if not isinstance(thing, kind):
                raise ImproperlyConfigured(f"{config.name}.{module}.{name} holds {thing!r}, not a {kind.__name__}.")
            yield thing
