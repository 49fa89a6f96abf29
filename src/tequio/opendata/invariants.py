"""What must always hold of released data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from tequio.kernel.canonical import sha256
from tequio.kernel.invariants import invariant
from tequio.opendata.models import ReleaseFile

if TYPE_CHECKING:
    from collections.abc import Iterator


@invariant("Cada archivo de datos publicado está completo")
def released_files_whole() -> Iterator[str]:
    """Yield each released file whose bytes are not there or are not the ones released."""
    for file in ReleaseFile.objects.select_related("release").iterator():
        if not default_storage.exists(file.path):
            yield f"Falta {file.release}/{file.name}."
            continue
        with file.open() as stored:
            if sha256(stored.read()) != file.sha256:
                yield f"No es el publicado: {file.release}/{file.name}."
