"""Writing a problem tree: boxes are added, written, moved, removed and restored, each change kept and undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from tequio.cocreation.enums import EDIT_TREE, NodeKind, TreeAct, TreeState
from tequio.cocreation.models import ProblemNode, ProblemTree
from tequio.cocreation.workflows.tree_turns import Overtaken, Work, allowed, checked_text, kind_under, opened
from tequio.exercises.models import Exercise
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Theme
    from tequio.cocreation.queries.tree_shape import Shape

STEPS: Final = ("up", "down", "in", "out", "flip")
FIXED: Final = "El problema central no se mueve: las causas y los efectos se mueven a su alrededor."


class Spot(NamedTuple):
    """Where a box goes: under which, as cause or effect if that is the problem, and its turn there, or the last."""

    under: int
    kind: str = ""
    place: int | None = None


@transaction.atomic
def begin_tree(
    exercise: Exercise, theme: Theme | None, *, title: str, problem: str, by: User | AnonymousUser, at: datetime
) -> ProblemTree:
    """Begin the tree of a theme with its central problem; only who edits it sees it yet."""
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    tree = ProblemTree(exercise=exercise, theme=theme, state=TreeState.PRELIMINARY)
    who = allowed(tree, EDIT_TREE, by, "preparar árboles en este ejercicio")
    if theme is None or theme.exercise_id != exercise.pk:
        raise Refused("Elige una temática de este ejercicio: cada árbol sale de una.")
    tree.title = " ".join(title.split())[:300] or theme.name
    text = checked_text(problem)
    used = {*exercise.problem_trees.values_list("key", flat=True), "nuevo"}
    base = slugify(tree.title)[:50].strip("-") or "arbol"
    tree.key = next(key for n in range(len(used) + 1) if (key := f"{base}-{n + 1}" if n else base) not in used)
    tree.order = (exercise.problem_trees.aggregate(last=Max("order"))["last"] or 0) + 1
    tree.save(force_insert=True)
    root = ProblemNode.objects.create(tree=tree, kind=NodeKind.PROBLEM, order=1, text=text)
    work = Work(tree, who, at)
    work.before[root.pk] = None
    work.keep(TreeAct.ADD, root)
    return tree


@transaction.atomic
def add_node(tree: ProblemTree, to: Spot, text: str, *, by: User | AnonymousUser, at: datetime) -> ProblemNode:
    """Add a box under another; right under the problem, as the kind says, else of its parent's."""
    work = opened(tree, by=by, at=at)
    text, parent = checked_text(text), work.stands(to.under)
    node = work.create(parent, kind_under(parent, to.kind), text, to.place)
    work.keep(TreeAct.ADD, node)
    return node


@transaction.atomic
def write_node(
    tree: ProblemTree, number: int, text: str, *, revision: int, by: User | AnonymousUser, at: datetime
) -> ProblemNode:
    """Write the text of a box; the same text again changes nothing."""
    work = opened(tree, by=by, at=at)
    text, node = checked_text(text), work.node(number)
    if node.text == text and not node.is_removed:
        return node
    node = work.read(number, revision)
    work.touch(node)
    node.text = text
    work.keep(TreeAct.WRITE, node)
    return node


@transaction.atomic
def move_node(
    tree: ProblemTree, number: int, to: Spot, *, revision: int, by: User | AnonymousUser, at: datetime
) -> ProblemNode:
    """Move a box with all that is under it; to the other side of the problem, all of it changes sides."""
    work = opened(tree, by=by, at=at)
    node, parent = work.read(number, revision), work.stands(to.under)
    relocate(work, node, parent, kind_under(parent, to.kind or node.kind), to.place)
    work.keep(TreeAct.MOVE, node)
    return node


def relocate(work: Work, node: ProblemNode, parent: ProblemNode, kind: str, place: int | None) -> None:
    """Put a box and its branch where it is moved to, or refuse."""
    if node.kind == NodeKind.PROBLEM:
        raise Refused(FIXED)
    branch = list(work.shape.branch(node))
    if parent in branch:
        raise Refused("Un recuadro no puede quedar dentro de sí mismo ni de lo que tiene debajo. Elige otro lugar.")
    work.touch(node)
    if kind != node.kind:
        work.touch(*branch)
        for each in branch:
            each.kind = kind
    work.shape.put(node, parent, place)


@transaction.atomic
def shift_node(
    tree: ProblemTree, number: int, step: str, *, revision: int, by: User | AnonymousUser, at: datetime
) -> ProblemNode:
    """Move a box one step: up, down, into the one above it, out of the one it is in, or to the other side."""
    work = opened(tree, by=by, at=at)
    node = work.read(number, revision)
    if node.kind == NodeKind.PROBLEM or step not in STEPS:
        raise Refused(FIXED)
    relocate(work, node, *target(work.shape, node, step))
    work.keep(TreeAct.MOVE, node)
    return node


def target(shape: Shape, node: ProblemNode, step: str) -> tuple[ProblemNode, str, int | None]:
    """Return under which box, as what and at which place a step leads, or refuse the step that leads nowhere."""
    siblings, parent = shape.siblings(node), shape.nodes[node.parent_id or 0]
    at = siblings.index(node)
    if step == "up" and at:
        return parent, node.kind, at - 1
    if step == "down" and at < len(siblings) - 1:
        return parent, node.kind, at + 1
    if step == "in" and at:
        return siblings[at - 1], node.kind, None
    if step == "out" and parent.kind != NodeKind.PROBLEM:
        above = shape.nodes[parent.parent_id or 0]
        return above, node.kind, shape.siblings(parent).index(parent) + 1
    if step == "flip":
        return shape.root, NodeKind.EFFECT if node.kind == NodeKind.CAUSE else NodeKind.CAUSE, None
    raise Refused(NOWHERE[step])


NOWHERE: Final = {
    "up": "Ya es el primero de su lista.",
    "down": "Ya es el último de su lista.",
    "in": "No hay un recuadro antes en el cual meterlo. Usa «Mover a…».",
    "out": "Ya está directamente junto al problema.",
}


@transaction.atomic
def remove_node(
    tree: ProblemTree, number: int, *, seal: str, by: User | AnonymousUser, at: datetime
) -> Sequence[ProblemNode]:
    """Remove a box and all under it, if it is what whoever removes it saw; return them: any can be restored."""
    work = opened(tree, by=by, at=at)
    node = work.node(number)
    if node.kind == NodeKind.PROBLEM:
        raise Refused("El problema central no se quita: cambia su texto.")
    if node.is_removed:
        raise Overtaken(f"«{node.text}» ya se había quitado.", node, work.last_of([node]))
    branch = list(work.shape.branch(node))
    if work.shape.seal(node) != seal:
        raise Overtaken(
            f"«{node.text}» o lo que tiene debajo cambió mientras tanto.", node, work.last_of([node, *branch])
        )
    work.touch(*branch)
    for each in branch:
        each.is_removed = True
    work.keep(TreeAct.REMOVE, node)
    return branch


@transaction.atomic
def restore_node(
    tree: ProblemTree, number: int, *, text: str = "", by: User | AnonymousUser, at: datetime
) -> ProblemNode:
    """Bring back a removed box where it was, with what it is under and what went with it; with a new text, if given."""
    work = opened(tree, by=by, at=at)
    node = work.node(number)
    if not node.is_removed:
        raise Overtaken(f"«{node.text}» ya está en el árbol.", node, work.last_of([node]))
    last = work.last_of([node])
    together = {each["node"] for each in last.touched} if last else set()
    back = [each for each in work.shape.lineage(node) if each.is_removed][::-1]
    below = [each for each in work.shape.nodes.values() if each.pk in together and each.is_removed and each not in back]
    below = sorted((each for each in below if node in work.shape.lineage(each)), key=work.shape.level)
    work.touch(*back, *below)
    for each in [*back, *below]:
        each.kind = work.shape.kind_back(each)
        work.shape.put(each, work.shape.nodes[each.parent_id or 0], each.place)
    if text:
        node.text = checked_text(text)
    work.keep(TreeAct.RESTORE, node)
    return node
