"""Everything of a kit in one zip: the same files give the same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tequio.kernel.models import Edition

README: Final = "LEEME.txt"


def archive(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """Return a zip with the files of an edition and a text that says what each is."""
    made, on = BytesIO(), edition.published_at.timetuple()[:6]
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in {README: listed(edition).encode(), **files}.items():
            packed.writestr(zipfile.ZipInfo(name, on), data)
    return made.getvalue()


def listed(edition: Edition) -> str:
    """Return what a kit has, in text: its files with their hashes, and its links."""
    content = edition.content
    lines = [
        f"Kit de la mesa «{content['table']}», {content['exercise']}",
        f"Versión {edition.number}. SHA-256 de su contenido: {edition.sha256}",
        content["address"],
        "",
        "kit.pdf: todo lo que se lee, para imprimir.",
        "",
    ]
    for document in content["documents"]:
        where = document["url"] or f"{document['file']}, SHA-256 {document['sha256']}"
        lines += [f"{document['kind_name']}: {document['title']} ({document['made_by']})", where, ""]
    return "\r\n".join(lines)
