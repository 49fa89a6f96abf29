"""Bring a table to the state that a list of rows describes: add, change, and report what the list lacks."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model, QuerySet

logger = logging.getLogger(__name__)


class Tally(NamedTuple):
    """What an upsert did to a table; `gone` names rows that the list lacks, which nothing deletes."""

    table: str
    added: int
    changed: int
    same: int
    gone: tuple[str, ...]

    def __str__(self) -> str:
        counts = f"{self.table}: {self.added} altas, {self.changed} cambios, {self.same} sin cambio"
        return f"{counts}; ya no están en el paquete: {', '.join(self.gone)}" if self.gone else counts


@dataclass(frozen=True)
class Target:
    """The rows that an upsert may touch, and the fields that tell them apart (foreign keys as `_id`).

    `release` gives the values that changing rows take first, so that two rows may swap a unique value.
    """

    within: QuerySet[Any]
    key: tuple[str, ...]
    release: Mapping[str, Any] = field(default_factory=dict)

    def identity(self, row: Model) -> tuple[Any, ...]:
        """Return what tells a row apart."""
        return tuple(getattr(row, name) for name in self.key)


def upsert(target: Target, rows: Iterable[Mapping[str, Any]], *, by: AbstractBaseUser | None, at: datetime) -> Tally:
    """Add the rows that the target lacks, change those that differ, and name those that the list lacks."""
    within = target.within
    existing = {target.identity(row): row for row in within}
    wanted = {tuple(row[name] for name in target.key): row for row in rows}
    changed: list[Model] = []
    names: set[str] = set()
    for identity in wanted.keys() & existing.keys():
        row = existing[identity]
        news = {name: value for name, value in wanted[identity].items() if getattr(row, name) != value}
        for name, value in news.items():
            setattr(row, name, value)
        names |= news.keys()
        changed += [row] if news else []
    if released := {name: value for name, value in target.release.items() if name in names}:
        within.filter(pk__in=[row.pk for row in changed]).update(**released)
    if changed:
        within.bulk_update(changed, sorted(name.removesuffix("_id") for name in names))
    added = within.bulk_create(within.model(**row) for identity, row in wanted.items() if identity not in existing)
    tally = Tally(
        str(within.model._meta.verbose_name_plural),
        len(added),
        len(changed),
        len(wanted) - len(added) - len(changed),
        tuple(sorted(str(row) for identity, row in existing.items() if identity not in wanted)),
    )
    logger.info("%s (por %s, %s)", tally, by or "la consola", at)
    return tally
