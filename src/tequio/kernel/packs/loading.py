"""From a pack to the database: each room declares its parts; all are loaded in one transaction, or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.module_loading import module_has_submodule

from tequio.kernel.editionstamp import drop_all
from tequio.kernel.packs.faults import Fault, PackFaulty, Place
from tequio.kernel.packs.pack import Pack, read_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from django.contrib.auth.base_user import AbstractBaseUser

    from tequio.kernel.packs.schema import Source
    from tequio.kernel.upsert import Tally


@dataclass(frozen=True)
class Part:
    """What a room takes from a pack: the source, and the verb that loads it.

    The verb is `load(records, *, by, at) -> tuple[Tally, ...]`; `by` is None when an operator loads.
    """

    source: Source
    load: Callable[..., tuple[Tally, ...]]


def declared_parts() -> tuple[Part, ...]:
    """Return the PARTS that rooms declare in their `packs` modules, from the lowest room to the highest."""
    parts: list[Part] = []
    for config in reversed(list(apps.get_app_configs())):
        if config.module and module_has_submodule(config.module, "packs"):
            parts.extend(getattr(import_module(f"{config.name}.packs"), "PARTS", ()))
    return tuple(parts)


def check_pack(folder: Path) -> Pack:
    """Read and check a pack without touching the database; raise PackFaulty with all that is wrong."""
    return read_pack(folder, [part.source for part in declared_parts()])


def load_pack(folder: Path, *, by: AbstractBaseUser | None, at: datetime) -> dict[str, tuple[Tally, ...]]:
    """Read, check and load a pack, all or nothing, and return what each source changed."""
    pack = check_pack(folder)
    tallies: dict[str, tuple[Tally, ...]] = {}
    with transaction.atomic():
        for part in declared_parts():
            try:
                file = part.source.file
                tallies[file] = part.load(pack.records[file], by=by, at=at)
            except IntegrityError as error:
                raise PackFaulty((_conflict(part, error),), 1) from error
        transaction.on_commit(partial(drop_all, at=at))
    return tallies


def _conflict(part: Part, error: IntegrityError) -> Fault:
    return Fault(
        Place(part.source.file),
        f"un dato que choca con los ya cargados ({error})",
        "claves que ningún otro paquete use",
        "cambia la clave o revisa el otro paquete",
    )
