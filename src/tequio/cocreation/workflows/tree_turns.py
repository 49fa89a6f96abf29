"""A turn at a tree: it is locked, its shape is read, some boxes change, and what changed is written and noted.

What is decided in a turn is decided on the tree as it is. Who changes a box says which revision they read (of a
branch, its seal): another's change in between is `Overtaken`, never written over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from tequio.accounts.models import User
from tequio.cocreation.enums import EDIT_TREE, NodeKind, TreeAct
from tequio.cocreation.models import ProblemNode, ProblemTree, TreeChange
from tequio.cocreation.models.trees import LONGEST_TEXT
from tequio.cocreation.queries.tree_shape import shape_of, state_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

SIDES: Final = (NodeKind.CAUSE, NodeKind.EFFECT)
GONE: Final = "Ese recuadro no está en este árbol. Actualiza la página."


class Overtaken(Refused):
    """Another person changed the box meanwhile: whoever asked sees both and decides. `change` is that change."""

    def __init__(self, sentence: str, node: ProblemNode, change: TreeChange | None) -> None:
        super().__init__(sentence)
        self.node, self.change = node, change


class Work:
    """One change under way: the tree locked, its shape, and how each box was before."""

    def __init__(self, tree: ProblemTree, by: User, at: datetime) -> None:
        self.tree, self.by, self.at = tree, by, at
        self.shape = shape_of(tree)
        self.places = {node.pk: node.place for node in self.shape.nodes.values()}
        self.before: dict[int, dict[str, Any] | None] = {}

    def node(self, number: int) -> ProblemNode:
        """Return a box by its number, removed or not."""
        found = next((node for node in self.shape.nodes.values() if node.order == number), None)
        if found is None:
            raise Refused(GONE)
        return found

    def touch(self, *nodes: ProblemNode) -> None:
        """Note how boxes are before they change; each counts one revision more."""
        for node in nodes:
            if node.pk not in self.before:
                self.before[node.pk] = state_of(node)
                node.revision += 1

    def create(self, parent: ProblemNode, kind: str, text: str, place: int | None = None) -> ProblemNode:
        """Write a new box under another."""
        number = max((node.order for node in self.shape.nodes.values()), default=0) + 1
        node = ProblemNode.objects.create(tree=self.tree, parent=parent, kind=kind, order=number, text=text)
        self.before[node.pk] = None
        self.places[node.pk] = node.place
        self.shape.nodes[node.pk] = node
        self.shape.put(node, parent, place)
        return node

    def keep(self, act: TreeAct, node: ProblemNode, undoes: TreeChange | None = None) -> TreeChange:
        """Check that it is still a tree, write what changed, and note it."""
        self.shape.settle()
        for fault in self.shape.faults():
            raise Refused(fault)
        moved = [each for each in self.shape.nodes.values() if each.place != self.places[each.pk]]
        rows = {each.pk: each for each in [*moved, *(self.shape.nodes[key] for key in self.before)]}
        ProblemNode.objects.bulk_update(rows.values(), ["kind", "text", "parent", "place", "revision", "is_removed"])
        touched = [
            {"node": key, "before": before, "after": state_of(self.shape.nodes[key])}
            for key, before in self.before.items()
        ]
        last = TreeChange.objects.filter(tree=self.tree).aggregate(last=Max("number"))["last"] or 0
        return TreeChange.objects.create(
            tree=self.tree,
            number=last + 1,
            act=act,
            node=node,
            touched=touched,
            undoes=undoes,
            changed_by=self.by,
            changed_at=self.at,
        )

    def last_of(self, nodes: Iterable[ProblemNode]) -> TreeChange | None:
        """Return the last change that touched any of some boxes, or was made of them."""
        wanted = {node.pk for node in nodes}
        for change in TreeChange.objects.filter(tree=self.tree).order_by("-number").select_related("changed_by"):
            if wanted & {each["node"] for each in change.touched}:
                return change
        return None

    def stands(self, number: int) -> ProblemNode:
        """Return a box that nobody removed; else who asked is told who did."""
        node = self.node(number)
        if node.is_removed:
            raise Overtaken(f"«{node.text}» se quitó mientras tanto.", node, self.last_of([node]))
        return node

    def read(self, number: int, revision: int) -> ProblemNode:
        """Return a box that stands and is as whoever changes it read it; else they are told what happened."""
        node = self.stands(number)
        if node.revision != revision:
            raise Overtaken(f"«{node.text}» cambió mientras tanto.", node, self.last_of([node]))
        return node


def allowed(tree: ProblemTree, permission: str, by: User | AnonymousUser, what: str) -> User:
    """Return who acts on a tree, or refuse in words: «Tu cuenta no puede …»."""
    if not isinstance(by, User) or not by.has_perm(permission, tree):
        raise Refused(f"Tu cuenta no puede {what}.")
    return by


def locked(tree: ProblemTree) -> ProblemTree:
    """Return a tree as it is now, locked: each change of it waits for the one before."""
    return (
        ProblemTree.objects.select_for_update(no_key=True, of=("self",))
        .select_related("exercise", "theme")
        .get(pk=tree.pk)
    )


def opened(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> Work:
    """Begin a change of a tree that may change; inside the caller's transaction."""
    row = locked(tree)
    who = allowed(row, EDIT_TREE, by, "editar este árbol")
    if not row.is_open:
        raise Refused(f"El árbol está «{row.get_state_display()}»: no se puede editar. Reábrelo para cambiarlo.")
    return Work(row, who, at)


def checked_text(text: str) -> str:
    """Return the text of a box in one line, or refuse what no box can hold."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not text:
        raise Refused("Escribe el texto del recuadro.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"El texto tiene {len(text)} letras; caben {LONGEST_TEXT}. Acórtalo o divídelo en dos recuadros.")
    return text


def kind_under(parent: ProblemNode, kind: str) -> str:
    """Return what a box is under another."""
    if parent.kind != NodeKind.PROBLEM:
        return parent.kind
    if kind not in SIDES:
        raise Refused("Di si es causa o efecto del problema.")
    return kind
