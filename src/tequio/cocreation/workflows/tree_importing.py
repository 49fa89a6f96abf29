"""Adding to a tree all that a list says, at once: all of it or nothing, and undone at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.cocreation.enums import NodeKind, TreeAct
from tequio.cocreation.workflows.tree_turns import checked_text, opened
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

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
                    f"Línea {item.line}: el árbol ya tiene otro problema central. Quita ese renglón o edita el problema."
                )
            continue
        del path[item.far :]
        path.append(work.create(path[-1], item.kind, checked_text(item.text)))
        added += 1
    if not added:
        raise Refused("La lista no trae causas ni efectos que agregar.")
    work.keep(TreeAct.IMPORT, path[-1])
    return added
