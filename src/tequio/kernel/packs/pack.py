"""A pack, read whole: its manifest, and the records of each source that a part of the product declares."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from tequio.kernel.packs.faults import Place, quoted
from tequio.kernel.packs.fields import Day, Slug, Text, Url
from tequio.kernel.packs.folder import PackFolder
from tequio.kernel.packs.reading import Reading
from tequio.kernel.packs.schema import Document, Listing, Record, Section, Source, unrepeated, values_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MANIFEST: Final = Document(
    (
        Slug("nombre", required=True),
        Text("titulo", required=True),
        Text(
            "version",
            required=True,
            max_length=20,
            pattern=r"[0-9]+(\.[0-9]+){0,2}",
            shape="un número como 1.0",
        ),
        Day("fecha", required=True),
        Text("licencia", required=True),
        Listing("notas", of=Text("nota", max_length=2_000)),
        Listing(
            "fuentes",
            required=True,
            of=Section(
                "fuente",
                fields=(
                    Slug("clave", required=True),
                    Text("nombre", required=True, max_length=500),
                    Url("direccion"),
                ),
            ),
            unique=("clave",),
        ),
    ),
    file="paquete.yaml",
)


@dataclass(frozen=True)
class Pack:
    """A pack without faults: nothing of it is in the database yet."""

    manifest: Record
    records: dict[str, tuple[Record, ...]]


def read_pack(folder: Path, sources: Iterable[Source]) -> Pack:
    """Read a folder by its sources, follow every reference, and raise PackFaulty with all that is wrong."""
    reading = Reading()
    pack_folder = PackFolder(folder, reading)
    sources = (MANIFEST, *sources)
    records = {source.file: _read_source(source, pack_folder, reading) for source in sources}
    pack_folder.note_strangers([source.file for source in sources])
    _follow_references(records, reading)
    reading.stop_if_faulty()
    (manifest,) = records.pop(MANIFEST.file)
    return Pack(manifest, records)


def _read_source(source: Source, folder: PackFolder, reading: Reading) -> tuple[Record, ...]:
    files = folder.matching(source.file)
    if source.required and not files:
        reading.fault(
            Place(source.file),
            found="que el archivo no está",
            expected="ese archivo en la carpeta del paquete",
            remedy="agrégalo o corrige su nombre",
        )
    texts = ((file, folder.text(file)) for file in files)
    records = (record for file, text in texts if text is not None for record in source.read(text, file, reading))
    return tuple(unrepeated(records, source.unique, reading))


def _follow_references(records: dict[str, tuple[Record, ...]], reading: Reading) -> None:
    """Look up the keys noted; in a file with other faults they are not judged, to accuse nobody wrongly."""
    homes = {record.file: (record,) for found in records.values() for record in found} | records
    faulty = {source for source in homes if any(fnmatchcase(file, source) for file in reading.files)}
    known: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for place, value, sources, key in reading.pending:
        if (sources, key) not in known:
            targets = (record for source in sources for record in homes.get(source, ()))
            known[sources, key] = {found for record in targets for found in values_at(record, key)}
        if value not in known[sources, key] and not faulty.intersection(sources):
            reading.fault(
                place,
                found=quoted(value),
                expected=f"alguna clave de «{key}» en {' o '.join(sources)}",
                remedy="corrige la clave o agrégala allá",
            )
