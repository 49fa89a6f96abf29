"""The versions of a tree: what each holds, and how one differs from another, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tequio.cocreation.enums import CommentState, NodeKind, TreeState
from tequio.cocreation.queries.tree_shape import outline, shape_of
from tequio.kernel.components import Branch
from tequio.kernel.models import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.cocreation.models import ProblemTree

KIND: Final = "cocreation.tree"
STAGES: Final = {"review": "Para revisión", "final": "Final"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A box as a version holds it: its number, what it is under, its level (the problem is 1), kind and text."""

    key: str
    parent: str
    level: int
    kind: str
    text: str

    @property
    def kind_label(self) -> str:
        """Return what it is, in words."""
        return str(NodeKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Compared:
    """A box of the newer version, or one that it no longer has, with what became of it in words."""

    leaf: Leaf
    mark: str
    words: str
    before: str = ""


def content_of(tree: ProblemTree, stage: str) -> dict[str, Any]:
    """Return what a version of a tree holds; who reviewed it by name stays out of it, for they may take it back."""
    shape = shape_of(tree)
    comments = tree.comments.select_related("node") if stage == "final" else ()
    return {
        "title": tree.title,
        "theme": tree.theme.name if tree.theme else "",
        "exercise": tree.exercise.name,
        "stage": stage,
        "nodes": [
            {
                "key": str(node.order),
                "parent": str(shape.nodes[node.parent_id].order) if node.parent_id else "",
                "kind": node.kind,
                "text": node.text,
            }
            for node in outline(shape)
        ],
        "comments": [
            {
                "about": each.about,
                "node": str(each.node.order) if each.node else "",
                "text": each.text,
                "state": each.state,
                "answer": each.answer,
            }
            for each in comments
        ],
    }


def stage_of(tree: ProblemTree) -> str:
    """Return as what the rows of a tree would be published now."""
    return "final" if tree.state == TreeState.FINAL else "review"


def leaves(content: dict[str, Any]) -> list[Leaf]:
    """Return the boxes of a version in order, each with its level."""
    found: dict[str, Leaf] = {}
    for node in content["nodes"]:
        above = found.get(node["parent"])
        level = above.level + 1 if above else 1
        found[node["key"]] = Leaf(node["key"], node["parent"], level, node["kind"], node["text"])
    return list(found.values())


def versions(tree: ProblemTree) -> list[Edition]:
    """Return the published versions of a tree, the newest first."""
    return list(Edition.objects.of(KIND, tree.code))


def compared(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Compared]:
    """Yield each box of the newer version with what became of it, then those that it no longer has."""
    before, after = ({leaf.key: leaf for leaf in leaves(content)} for content in (old, new))
    for key, leaf in after.items():
        was = before.get(key)
        if was is None:
            yield Compared(leaf, "added", "Nuevo")
            continue
        words = []
        if was.text != leaf.text:
            words.append("Cambió el texto")
        if was.kind != leaf.kind:
            words.append(f"Era {was.kind_label.lower()}")
        if was.parent != leaf.parent:
            words.append(f"Estaba debajo de «{before[was.parent].text}»")
        mark = "changed" if words else ""
        yield Compared(leaf, mark, ". ".join(words), was.text if was.text != leaf.text else "")
    for key, leaf in before.items():
        if key not in after:
            yield Compared(leaf, "removed", "Se quitó")


def shown_version(tree: ProblemTree, edition: Edition) -> dict[str, Any]:
    """Return what a page shows of a version: its boxes, its comments, who reviewed it, and the other versions."""
    found = versions(tree)
    reviewers = list(tree.reviewers.filter(account__isnull=False).order_by("pk"))
    named = [each.credit for each in reviewers if each.credit]
    return {
        "tree": tree,
        "edition": edition,
        "content": edition.content,
        "stage": STAGES[edition.content["stage"]],
        "branch": branch_of(edition.content),
        "versions": [(each, STAGES[each.content["stage"]]) for each in found],
        "is_last": edition.number == found[0].number,
        "comments": [{**each, "label": CommentState(each["state"]).label} for each in edition.content["comments"]],
        "reviewers": named,
        "unnamed": len(reviewers) - len(named),
        "extensions": ("svg", "pdf", "docx", "csv"),
    }


def branch_of(content: dict[str, Any]) -> Branch:
    """Return a version as an outline."""
    found = leaves(content)

    def grown(leaf: Leaf) -> Branch:
        under = tuple(grown(each) for each in found if each.parent == leaf.key)
        return Branch(leaf.text, leaf.kind_label, children=under)

    return grown(found[0])
