"""Finds what a record names among the rows that its pack has loaded, or refuses the pack with the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from tequio.kernel.packs.faults import PackFaulty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tequio.kernel.packs.schema import Record

Row = TypeVar("Row")


def look_up(rows: Mapping[Any, Row], record: Record, name: str, where: str, *, key: Any = None) -> Row:
    """Return the row that a field names (by its value, or by `key`), or refuse: `where` says where it should be."""
    wanted = record[name] if key is None else key
    if wanted not in rows:
        fault = record.fault(name, expected=f"algo que exista en {where}", remedy="corrige la clave o agrégalo allá")
        raise PackFaulty((fault,), 1)
    return rows[wanted]


def look_up_if_given(rows: Mapping[Any, Row], record: Record, name: str, where: str) -> Row | None:
    """Return the row that a field names, nothing where it is blank, or refuse."""
    return look_up(rows, record, name, where) if record[name] else None
