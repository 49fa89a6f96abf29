"""Adding to a tree all that a list says, at once: all of it or nothing, and undone at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tequio.cocreation.enums import NodeKind, TreeAct
from tequio.cocreation.queries.tree_lists import read_list, read_table
from tequio.cocreation.workflows.tree_turns import checked_text, opened
from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import HEAVY, MOST_BYTES, ZIP, csv_rows, text_of, xlsx_rows
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.core.files.uploadedfile import UploadedFile

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree
    from tequio.cocreation.queries.tree_lists import Read


@transaction.atomic
def import_list(tree: ProblemTree, read: Read, *, by: User | AnonymousUser, at: datetime) -> int:
    """Add the boxes of a list after those that are there; return how many. The problem must be the same one."""
    if read.faults:
        raise Refused(" ".join(read.faults))
    work = opened(tree, by=by, at=at)
    path = [work.shape.root]
    added = 0
    for item in read.items:
        if item.kind == NodeKind.PROBLEM:
            if item.text != work.shape.root.text:
                raise Refused(
                    f"Línea {item.line}: el árbol ya tiene otro problema central. Quita ese renglón o edítalo."
                )
            continue
        del path[item.far :]
        path.append(work.create(path[-1], item.kind, checked_text(item.text)))
        added += 1
    if not added:
        raise Refused("La lista no trae causas ni efectos que agregar.")
    work.keep(TreeAct.IMPORT, path[-1])
    return added


def read_upload(upload: UploadedFile[Any]) -> Read:
    """Read the list or the table of a file that a person sent, by what it holds and not by its name."""
    if not upload.size:
        raise Refused("El archivo está vacío.")
    if upload.size > MOST_BYTES:
        raise Refused(HEAVY)
    data = b"".join(upload.chunks())
    if data.startswith(ZIP):
        return read_table(xlsx_rows(data))
    text = text_of(data)
    first = fold(text.partition("\n")[0])
    return read_table(csv_rows(text)) if "tipo" in first and "texto" in first else read_list(text)
