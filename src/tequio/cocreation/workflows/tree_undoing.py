"""Undoing one's own last change of a tree, where nobody's later work would go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tequio.cocreation.enums import NodeKind, TreeAct
from tequio.cocreation.models import TreeChange
from tequio.cocreation.queries.tree_shape import is_as_left
from tequio.cocreation.workflows.tree_turns import Overtaken, opened
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemNode, ProblemTree
    from tequio.cocreation.workflows.tree_turns import Work

    Before = dict[str, Any] | None


@transaction.atomic
def undo_change(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> TreeChange:
    """Undo one's own last change, if what it left is still so: nobody's later work goes with it."""
    work = opened(tree, by=by, at=at)
    mine = TreeChange.objects.filter(tree=work.tree, changed_by=work.by, undone_by=None).exclude(act=TreeAct.UNDO)
    change = mine.exclude(node__kind=NodeKind.PROBLEM, act=TreeAct.ADD).select_related("node").last()
    if change is None:
        raise Refused("No hay un cambio tuyo que deshacer.")
    nodes = [(work.shape.nodes[each["node"]], each["before"]) for each in change.touched]
    for (node, _before), each in zip(nodes, change.touched, strict=True):
        if not is_as_left(node, each["after"]):
            raise Overtaken(
                f"«{node.text}» cambió después de tu paso. Deshacerlo borraría ese cambio.", node, work.last_of([node])
            )
    added = {node.pk for node, before in nodes if before is None}
    for node, before in nodes:
        if before is None and any(under.pk not in added for under in work.shape.under(node)):
            raise Overtaken(f"«{node.text}» ya tiene otros recuadros debajo.", node, work.last_of([node]))
    work.touch(*(node for node, _before in nodes))
    put_back(work, nodes)
    return work.keep(TreeAct.UNDO, change.node, undoes=change)


def put_back(work: Work, nodes: list[tuple[ProblemNode, Before]]) -> None:
    """Leave boxes as they were before a change, those above first."""
    stand = [(node, before) for node, before in nodes if before and not before["removed"]]
    for node, before in nodes:
        node.is_removed = before is None or before["removed"]
    for node, before in stand:
        node.kind, node.text, node.parent_id = before["kind"], before["text"], before["parent"]
    work.shape.settle()
    for fault in work.shape.faults():
        raise Refused(f"No se puede deshacer. {fault}")
    for node, before in stand:
        if node.parent_id:
            work.shape.put(node, work.shape.nodes[node.parent_id], before["place"])
