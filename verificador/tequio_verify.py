#!/usr/bin/env python3
"""Comprueba el registro público de Tequio sin confiar en quien lo publica. Solo usa la biblioteca estándar.

    python3 tequio_verify.py registro.jsonl [--archivos CARPETA] [--raiz HUELLA ...]

Recalcula la cadena de asientos y dice qué se rompió y dónde. Con --archivos, busca la huella de cada archivo
en el registro. Con --raiz (la publicada para un día, que usted guardó), comprueba que nadie rehízo la cadena.
Sale con 0 si todo corresponde, con 1 si algo no corresponde y con 2 si no puede leer lo que se le dio.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SEALED = ("sequence", "recorded_at", "kind", "subject", "by", "payload_sha256", "previous_hash")
FIELDS = {*SEALED, "payload", "hash"}


def canonical(value: object) -> str:
    """Return the only text that a value has: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def check_chain(lines: list[str], hashes: set[str], known: dict[str, int]) -> Iterator[str]:
    """Yield each fault; fill the hashes of the entries, and the files' hashes with the entry that names them."""
    last = (0, "0" * 64, "")
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            faults = list(check_entry(line, entry, last))
            note_files(entry["payload"], entry["sequence"], known)
            last = (entry["sequence"], entry["hash"], entry["recorded_at"])
            hashes.add(entry["hash"])
        except (ValueError, TypeError, KeyError, RecursionError):
            yield f"Línea {number}: no se puede leer como asiento. Desde aquí no se comprobó nada."
            return
        yield from (f"Línea {number}, asiento {last[0]}: {fault}" for fault in faults)


def check_entry(line: str, entry: dict[str, Any], last: tuple[int, str, str]) -> Iterator[str]:
    """Yield what is wrong with an entry that follows one with this sequence, hash and instant."""
    sequence, previous, recorded_at = last
    if set(entry) != FIELDS or canonical(entry) != line:
        yield "no está escrito como se publicó."
    if entry["sequence"] != sequence + 1:
        yield f"debía ser el {sequence + 1}; falta, sobra o se movió un asiento."
    if entry["previous_hash"] != previous:
        yield "no sigue al asiento anterior."
    if entry["recorded_at"] < recorded_at:
        yield "su fecha es anterior a la del asiento que le antecede."
    if digest(entry["payload"]) != entry["payload_sha256"]:
        yield "su contenido no es el que se asentó."
    if digest({name: entry[name] for name in SEALED}) != entry["hash"]:
        yield "sus datos no son los que se asentaron."


def note_files(payload: object, sequence: int, known: dict[str, int]) -> None:
    """Collect every value under a key «sha256», at any depth."""
    if isinstance(payload, dict):
        if isinstance(payload.get("sha256"), str):
            known.setdefault(payload["sha256"], sequence)
        payload = list(payload.values())
    if isinstance(payload, list):
        for inner in payload:
            note_files(inner, sequence, known)


def check_files(folder: Path, known: dict[str, int]) -> Iterator[str]:
    """Yield each file of a folder whose hash is not in the record."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        if fingerprint in known:
            sys.stdout.write(f"«{path.name}» consta en el asiento {known[fingerprint]}.\n")
        else:
            yield f"«{path.name}» no consta en el registro; su huella es {fingerprint}."


def main() -> int:
    """Read the arguments, check, tell, and return the exit code."""
    parser = argparse.ArgumentParser(description="Comprueba el registro público de Tequio.")
    parser.add_argument("registro", type=Path, help="el archivo JSONL que se descargó")
    parser.add_argument("--archivos", type=Path, help="carpeta con archivos publicados")
    parser.add_argument("--raiz", action="append", default=[], help="huella publicada de un día")
    given = parser.parse_args()
    try:
        lines = given.registro.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        sys.stderr.write(f"No se puede leer {given.registro}: {error}\n")
        return 2
    if given.archivos and not given.archivos.is_dir():
        sys.stderr.write(f"No existe la carpeta {given.archivos}.\n")
        return 2
    hashes: set[str] = set()
    known: dict[str, int] = {}
    faults = list(check_chain(lines[:-1] if lines[-1] == "" else lines, hashes, known))
    faults += [f"Ningún asiento tiene la raíz {root}." for root in given.raiz if root not in hashes]
    if given.archivos:
        faults += check_files(given.archivos, known)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"Asientos: {len(hashes)}. Fallas: {len(faults)}.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
