"""What a dataset is: each room lists its own in `datasets.py`; exports, catalogue and API render it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final

from tequio.kernel.declarations import declared

Row = Mapping[str, Any]
DESCRIPTION: Final = range(50, 5_001)  # characters, as the catalogue profiles ask
KEYWORDS: Final = 3
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,62}")


class ColumnType(Enum):
    """The types of a cell, with their names in Spanish."""

    TEXT = "texto"
    INTEGER = "entero"
    DECIMAL = "decimal"
    BOOLEAN = "sí o no"
    DATE = "fecha"
    DATETIME = "fecha y hora"
    URL = "dirección web"


class Privacy(Enum):
    """Why a cell may be public; what may not is no column of a dataset."""

    PUBLIC = "público"
    OFFICIAL = "dato oficial de una persona servidora pública"
    CONSENT = "publicado con consentimiento"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its published name, what it means and what it may hold."""

    name: str
    type: ColumnType
    description: str
    unit: str | None = None
    values: tuple[str, ...] | None = None
    additive: bool | None = None
    required: bool = False
    privacy: Privacy = Privacy.PUBLIC


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values are the primary key of another dataset."""

    columns: tuple[str, ...]
    dataset: str
    references: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One table of one grain; `rows(viewer)` reads lazily what that viewer may see (None is the public)."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Row]]
    primary_key: tuple[str, ...]
    theme: str
    keywords: tuple[str, ...]
    periodicity: str
    temporal: str
    spatial: str
    source: str
    foreign_keys: tuple[ForeignKey, ...] = ()
    filters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wrong = "; ".join(faults(self))
        if wrong:
            raise ValueError(f"Dataset {self.key!r}: {wrong}.")

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)


def faults(dataset: Dataset) -> list[str]:
    """Return what is wrong in a declaration (docs/datasets.md, «Rules»)."""
    names = [column.name for column in dataset.columns]
    named = {
        *dataset.primary_key,
        *dataset.filters,
        *(n for key in dataset.foreign_keys for n in key.columns),
    }
    required = {column.name for column in dataset.columns if column.required}
    tests = {
        "its key is not lower-case words with hyphens": KEY.fullmatch(dataset.key),
        "its description has not 50 to 5,000 characters": len(dataset.description) in DESCRIPTION,
        "it has fewer than three keywords": len(set(dataset.keywords)) >= KEYWORDS,
        "a column's name is not snake_case ASCII": all(NAME.fullmatch(name) for name in names),
        "two columns have one name": len(set(names)) == len(names),
        "a column has no description": all(column.description.strip() for column in dataset.columns),
        "it has no primary key": dataset.primary_key,
        "a column of its primary key is not required": set(dataset.primary_key) <= required,
        f"it names columns that it has not: {sorted(named - set(names))}": named <= set(names),
    }
    return [fault for fault, holds in tests.items() if not holds]


@cache
def datasets() -> dict[str, Dataset]:
    """Return every room's datasets by key; a key used twice or a reference to none is an error."""
    found: dict[str, Dataset] = {}
    for dataset in declared("datasets", "DATASETS", Dataset):
        if dataset.key in found:
            raise ValueError(f"Two datasets have the key {dataset.key!r}.")
        found[dataset.key] = dataset
    for dataset in found.values():
        for key in dataset.foreign_keys:
            if key.dataset not in found or set(key.references) != set(found[key.dataset].primary_key):
                raise ValueError(f"Dataset {dataset.key!r} refers to {key.dataset!r}, not by its primary key.")
    return found


def dictionary(dataset: Dataset) -> list[dict[str, str]]:
    """Return the data dictionary in Spanish: a row per column, the same on pages and in the XLSX sheet."""
    yes_no = {True: "sí", False: "no", None: ""}
    return [
        {
            "Columna": column.name,
            "Tipo": column.type.value,
            "Descripción": column.description,
            "Unidad": column.unit or "",
            "Valores": ", ".join(column.values or ()),
            "Se puede sumar": yes_no[column.additive],
            "Obligatoria": yes_no[column.required],
            "Privacidad": column.privacy.value,
        }
        for column in dataset.columns
    ]
