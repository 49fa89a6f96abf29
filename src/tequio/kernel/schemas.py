"""Describes a dataset for machines: Table Schema and Data Package (version 2), CSV on the Web metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tequio.kernel.datasets import ColumnType

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.kernel.datasets import Column, Dataset

TABLE_TYPES: Final[dict[ColumnType, dict[str, Any]]] = {
    ColumnType.TEXT: {"type": "string"},
    ColumnType.INTEGER: {"type": "integer"},
    ColumnType.DECIMAL: {"type": "number"},
    ColumnType.BOOLEAN: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    ColumnType.DATE: {"type": "date"},
    ColumnType.DATETIME: {"type": "datetime", "format": "any"},
    ColumnType.URL: {"type": "string", "format": "uri"},
}
CSVW_TYPES: Final = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "decimal",
    ColumnType.BOOLEAN: {"base": "boolean", "format": "true|false"},
    ColumnType.DATE: "date",
    ColumnType.DATETIME: "dateTime",
    ColumnType.URL: "anyURI",
}


@dataclass(frozen=True, kw_only=True)
class Release:
    """One published version of a dataset: `version` is a date (2026.03.02), `licence` an SPDX name."""

    version: str
    created: datetime
    licence: str
    licence_url: str


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a release, by its path beside the package, its bytes and its SHA-256 in hexadecimal."""

    path: str
    bytes: int
    sha256: str


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """Return the Table Schema of a dataset's rows."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in dataset.columns],
        "missingValues": [""],
        "primaryKey": list(dataset.primary_key),
    }
    if dataset.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": key.dataset, "fields": list(key.references)},
            }
            for key in dataset.foreign_keys
        ]
    return schema


def datapackage(release: Release, files: list[tuple[Dataset, File]], *, name: str, title: str) -> dict[str, Any]:
    """Return the Data Package of one release: a CSV per dataset; a reference needs both tables in it."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": title,
        "version": release.version,
        "created": release.created.isoformat(),
        "licenses": [{"name": release.licence, "path": release.licence_url}],
        "resources": [
            {
                "name": dataset.key,
                "type": "table",
                "title": dataset.title,
                "description": dataset.description,
                "path": file.path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": file.bytes,
                "hash": f"sha256:{file.sha256}",
                "schema": table_schema(dataset),
            }
            for dataset, file in files
        ],
    }


def csvw(dataset: Dataset, release: Release, file: File) -> dict[str, Any]:
    """Return the CSV on the Web metadata of a dataset's CSV (W3C, tabular metadata)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "es"}],
        "url": file.path,
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:license": {"@id": release.licence_url},
        "dc:modified": {"@value": release.created.date().isoformat(), "@type": "xsd:date"},
        "dialect": {"header": True, "lineTerminators": ["\r\n"], "encoding": "utf-8"},
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.description,
                    "datatype": CSVW_TYPES[column.type],
                    "required": column.required,
                }
                for column in dataset.columns
            ],
            "primaryKey": list(dataset.primary_key),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    """Return one field; `unidad` and `aditiva` are this product's own properties."""
    field: dict[str, Any] = {
        "name": column.name,
        "description": column.description,
        **TABLE_TYPES[column.type],
    }
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values is not None:
        limits["enum"] = list(column.values)
        field["categories"] = list(column.values)
    if limits:
        field["constraints"] = limits
    if column.unit:
        field["unidad"] = column.unit
    if column.additive is not None:
        field["aditiva"] = "sí" if column.additive else "no"
    return field
