"""A tree in memory: its boxes with who is under whom, in order, and what a whole tree must always be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemNode
from tequio.cocreation.models.trees import MOST_LEVELS, MOST_NODES
from tequio.kernel.canonical import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tequio.cocreation.models import ProblemTree

State = dict[str, Any]


@dataclass
class Shape:
    """The boxes of a tree by their row, those removed too; rows are changed here and written by who asked."""

    nodes: dict[int, ProblemNode]
    heirs: dict[int | None, list[ProblemNode]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Work out again who stands under whom."""
        self.heirs = {}
        for node in sorted(self.nodes.values(), key=lambda each: (each.place, each.order)):
            if not node.is_removed:
                self.heirs.setdefault(node.parent_id, []).append(node)

    @property
    def root(self) -> ProblemNode:
        """The central problem."""
        return next(node for node in self.nodes.values() if node.kind == NodeKind.PROBLEM)

    @property
    def standing(self) -> list[ProblemNode]:
        """The boxes that nobody removed."""
        return [node for node in self.nodes.values() if not node.is_removed]

    def under(self, node: ProblemNode | None) -> list[ProblemNode]:
        """Return the boxes right under one, in order."""
        return self.heirs.get(node.pk if node else None, [])

    def siblings(self, node: ProblemNode) -> list[ProblemNode]:
        """Return those that stand side by side with a box, itself too: of the problem's, only those of its side."""
        return [each for each in self.heirs.get(node.parent_id, []) if each.kind == node.kind]

    def branch(self, node: ProblemNode) -> Iterator[ProblemNode]:
        """Yield a box and all that stands under it, each before what is under it."""
        yield node
        for each in self.under(node):
            yield from self.branch(each)

    def lineage(self, node: ProblemNode) -> Iterator[ProblemNode]:
        """Yield a box, then what it is under, up to the problem."""
        seen: set[int] = set()
        while node.pk not in seen:
            seen.add(node.pk)
            yield node
            if node.parent_id is None:
                return
            node = self.nodes[node.parent_id]

    def level(self, node: ProblemNode) -> int:
        """Return how deep a box is; the problem is the first level."""
        return sum(1 for _ in self.lineage(node))

    def seal(self, node: ProblemNode) -> str:
        """Return what a box and all under it are now, in a few letters: who removes them says which they saw."""
        return digest({"seen": sorted([each.order, each.revision] for each in self.branch(node))})[:12]

    def kind_back(self, node: ProblemNode) -> str:
        """Return what a box must be where it is: as what it is under, which may have changed sides."""
        parent = self.nodes[node.parent_id or 0]
        return node.kind if parent.kind == NodeKind.PROBLEM else parent.kind

    def put(self, node: ProblemNode, parent: ProblemNode, place: int | None) -> None:
        """Stand a box under another, at a place among those of its kind there; without one, last."""
        node.parent_id, node.is_removed = parent.pk, False
        beside = [each for each in self.under(parent) if each.pk != node.pk and each.kind == node.kind]
        at = len(beside) if place is None else max(0, min(place, len(beside)))
        for turn, each in enumerate([*beside[:at], node, *beside[at:]]):
            each.place = turn
        self.settle()

    def faults(self) -> Iterator[str]:
        """Yield in what this is no tree that may be kept; a sentence of what to do for what people can cause."""
        standing = self.standing
        if len(standing) > MOST_NODES:
            yield f"Un árbol tiene {MOST_NODES} recuadros como máximo. Quita o junta algunos antes de agregar más."
        reached = list(self.branch(self.root))
        if {each.pk for each in reached} != {each.pk for each in standing}:
            yield "Un recuadro quedaría suelto: el de arriba se quitó o está debajo de él."
        if any(self.level(each) > MOST_LEVELS for each in reached):
            yield f"Un árbol tiene {MOST_LEVELS} niveles como máximo, con el problema. Mueve esto más arriba."
        if any(each.kind != self.kind_back(each) for each in reached if each.parent_id):
            yield "Debajo de una causa solo hay causas, y debajo de un efecto, efectos."


def shape_of(tree: ProblemTree) -> Shape:
    """Return a tree as it is now."""
    return Shape({node.pk: node for node in ProblemNode.objects.filter(tree=tree)})


def state_of(node: ProblemNode) -> State:
    """Return what a change keeps of a box."""
    return {
        "kind": node.kind,
        "text": node.text,
        "parent": node.parent_id,
        "place": node.place,
        "removed": node.is_removed,
    }


def is_as_left(node: ProblemNode, state: State) -> bool:
    """Tell whether a box is as a change left it, wherever its siblings' coming and going put it."""
    return state_of(node) | {"place": 0} == state | {"place": 0}


def outline(shape: Shape, kinds: Iterable[str] = (NodeKind.CAUSE, NodeKind.EFFECT)) -> Iterator[ProblemNode]:
    """Yield every standing box: the problem, then one side and the other, each before what is under it."""
    yield shape.root
    for kind in kinds:
        for node in shape.under(shape.root):
            if node.kind == kind:
                yield from shape.branch(node)
