"""Builds the files of a release from a dataset's rows: the same rows give the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from tequio.kernel import schemas
from tequio.kernel.canonical import digest, sha256
from tequio.kernel.cells import as_text
from tequio.kernel.datasets import Column, ColumnType, Dataset, dictionary
from tequio.kernel.exports import (
    GUARD_NOTE,
    FormatTooSmallError,
    csv_chunks,
    gzipped,
    jsonl_chunks,
    write_xlsx,
)
from tequio.opendata.queries.licence import LICENCE, LICENCE_ADDRESS, LICENCE_NAME, citation, dataset_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tequio.kernel.datasets import Row

Files = dict[str, bytes]
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: no clock in the bytes


@dataclass(frozen=True)
class Content:
    """What a release says, before it has a version; `sha256` is how a change is known."""

    dataset: Dataset
    rows: list[Row]
    jsonl: bytes
    schema: dict[str, Any]
    sha256: str


def content(dataset: Dataset) -> Content:
    """Return what a dataset says to the public now."""
    rows = list(dataset.rows(None))
    jsonl, schema = b"".join(jsonl_chunks(dataset, rows)), schemas.table_schema(dataset)
    return Content(dataset, rows, jsonl, schema, digest({"rows": sha256(jsonl), "schema": schema}))


def files(content: Content, release: schemas.Release, *, before: bytes | None) -> Files:
    """Return the files of a version by name; `before` is the JSONL of the version it follows."""
    dataset, key = content.dataset, content.dataset.key
    made: Files = {f"{key}.csv": csv_of(content)}
    made[f"{key}.jsonl"] = content.jsonl
    made |= {f"{name}.gz": b"".join(gzipped([data])) for name, data in tuple(made.items())}
    book = io.BytesIO()
    with suppress(FormatTooSmallError):  # pages and LEEME offer only the formats that are there
        write_xlsx(dataset, content.rows, book, about=about(dataset, release), created=release.created)
        made[f"{key}.xlsx"] = book.getvalue()
    table = _file(f"{key}.csv", made)
    alone = replace(dataset, foreign_keys=())  # a package of one table cannot refer to the others
    package = schemas.datapackage(release, [(alone, table)], name=key, title=dataset.title)
    made["datapackage.json"] = _json(package)
    made[f"{key}.csv-metadata.json"] = _json(schemas.csvw(dataset, release, table))
    if before is not None:
        made["cambios.csv"] = b"".join(csv_chunks(CHANGES, changes(dataset, before, content.jsonl)))
    made["LEEME.md"] = read_me(dataset, release, len(content.rows))
    return made | {"SHA256SUMS": sums(made)}


def csv_of(content: Content) -> bytes:
    """Return the CSV of a content."""
    return b"".join(csv_chunks(content.dataset, content.rows))


def everything(tables: Mapping[str, tuple[Dataset, bytes]], release: schemas.Release) -> bytes:
    """Return the zip of all datasets: their CSV by key, one package with the references between them, and sums."""
    inside: Files = {f"{key}.csv": data for key, (_, data) in tables.items()}
    described = [(dataset, _file(f"{key}.csv", inside)) for key, (dataset, _) in tables.items()]
    inside["datapackage.json"] = _json(schemas.datapackage(release, described, name="todo", title=settings.SITE_NAME))
    lines = [f"- {dataset.title}: {dataset_address(key)}" for key, (dataset, _) in tables.items()]
    inside["LEEME.md"] = "\n".join([f"# {settings.SITE_NAME}: todos los datos", "", *lines, ""]).encode()
    inside["SHA256SUMS"] = sums(inside)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(inside.items()):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def sums(made: Files) -> bytes:
    """Return the checksums as `sha256sum --check` reads them."""
    return "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(made.items())).encode()


def about(dataset: Dataset, release: schemas.Release) -> list[tuple[str, str]]:
    """Return what every file says of itself, by name in Spanish."""
    return [
        ("Título", dataset.title),
        ("Descripción", dataset.description),
        ("Versión", release.version),
        ("Fuente", dataset.source),
        ("Licencia", f"{LICENCE_NAME}, {LICENCE_ADDRESS}"),
        ("Cómo citar", citation(dataset.title, dataset.key, release.version, release.created)),
    ]


def read_me(dataset: Dataset, release: schemas.Release, rows: int) -> bytes:
    """Return the LEEME of a version: what it is, how to cite it, and each column."""
    lines = [f"# {dataset.title}", ""]
    lines += [f"- {name}: {text}" for name, text in about(dataset, release)]
    lines += [f"- Filas: {rows}", f"- Nota: {GUARD_NOTE}", "", "## Columnas", ""]
    lines += [f"- `{row['Columna']}` ({row['Tipo']}): {row['Descripción']}" for row in dictionary(dataset)]
    return "\n".join([*lines, ""]).encode()


def next_schema_version(before: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """Return the schema's version after a change: a column lost or of another type is a new major (semver)."""
    major, minor, patch = (int(part) for part in before.split("."))
    if old == new:
        return before
    had, has = ({field["name"]: field["type"] for field in schema["fields"]} for schema in (old, new))
    if not had.items() <= has.items():
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if had != has else f"{major}.{minor}.{patch + 1}"


CHANGE_COLUMNS: Final = {
    "cambio": "Qué pasó: alta, actualizacion o retiro.",
    "clave": "Clave de la fila.",
    "columna": "Columna que cambió.",
    "antes": "Lo que decía.",
    "despues": "Lo que dice.",
}
CHANGES: Final = Dataset(
    key="cambios",
    title="Cambios",
    description="Filas que entran, cambian o salen entre una versión y la siguiente, con cada valor.",
    columns=tuple(
        Column(name=name, type=ColumnType.TEXT, description=text, required=name in {"cambio", "clave"})
        for name, text in CHANGE_COLUMNS.items()
    ),
    rows=lambda _viewer: (),
    primary_key=("cambio", "clave"),
    keywords=("cambios", "versiones", "historia"),
    theme="GOVE",
    periodicity="irregular",
    temporal="",
    spatial="",
    source="",
)


def changes(dataset: Dataset, before: bytes, after: bytes) -> Iterator[dict[str, Any]]:
    """Yield what differs between two versions, by key: a row per row added or withdrawn and per cell changed."""
    key = dataset.primary_key[0]
    old, new = ({row[key]: row for row in map(json.loads, lines.splitlines())} for lines in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            change = "alta" if name in new else "retiro"
            yield {"cambio": change, "clave": name, "columna": None, "antes": None, "despues": None}
            continue
        for column in dict.fromkeys([*new[name], *old[name]]):
            was, now = (row.get(column) for row in (old[name], new[name]))
            if was != now:
                cells = {"antes": was, "despues": now}
                said = {edge: None if cell is None else as_text(cell) for edge, cell in cells.items()}
                yield {"cambio": "actualizacion", "clave": name, "columna": column} | said


def release_of(version: str, created: Any) -> schemas.Release:
    """Return the frame that the files of a version share."""
    return schemas.Release(version=version, created=created, licence=LICENCE, licence_url=LICENCE_ADDRESS)


def _file(name: str, made: Files) -> schemas.File:
    """Return a file as a package names it."""
    return schemas.File(path=name, bytes=len(made[name]), sha256=sha256(made[name]))


def _json(value: Any) -> bytes:
    """Return JSON for people and machines."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
