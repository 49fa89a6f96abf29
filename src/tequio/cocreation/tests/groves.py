"""What tests of problem trees stand on: a theme, a tree of it written by the product's verbs, and its reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cast import NOW, again

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, Theme
from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.workflows import Spot, accept_review, add_node, begin_tree, invite_reviewer, send_to_review
from tequio.exercises.enums import DocumentKind

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

PROBLEM = "Los trámites tardan demasiado"


def theme_of(exercise: Exercise) -> Theme:
    """Return the theme of an exercise, written if it has none."""
    document, _ = exercise.documents.get_or_create(
        key="ruta", defaults={"kind": DocumentKind.ROUTE, "title": "Ruta", "order": 1}
    )
    found, _ = Theme.objects.get_or_create(
        exercise=exercise, key="tramites", defaults={"document": document, "order": 1, "name": "Trámites"}
    )
    return found


def begun_tree(exercise: Exercise, by: User, **other: Any) -> ProblemTree:
    """Begin a tree as the next request would."""
    told = {"title": "Trámites lentos", "problem": PROBLEM, **other}
    return begin_tree(exercise, theme_of(exercise), **told, by=again(by), at=NOW)


def grown_tree(exercise: Exercise, by: User) -> ProblemTree:
    """Begin a tree and give it two causes (2, with 3 under it, and 4) and an effect (5)."""
    tree = begun_tree(exercise, by)
    for under, text, kind in (
        (1, "Faltan personas", NodeKind.CAUSE),
        (2, "No hay presupuesto", ""),
        (1, "Los formatos son largos", NodeKind.CAUSE),
        (1, "La gente deja de hacerlos", NodeKind.EFFECT),
    ):
        add_node(tree, Spot(under, kind), text, by=again(by), at=NOW)
    return tree


def node(tree: ProblemTree, number: int) -> ProblemNode:
    """Return a box as it is now."""
    return tree.nodes.get(order=number)


def drawn(tree: ProblemTree, number: int = 1) -> Any:
    """Return a tree, or a branch of it, as nested texts: what stands, in order."""
    shape = shape_of(tree)

    def told(each: ProblemNode) -> Any:
        below = [told(child) for child in shape.under(each)]
        return {each.text: below} if below else each.text

    return told(next(each for each in shape.nodes.values() if each.order == number))


def seal(tree: ProblemTree, number: int) -> str:
    """Return the seal of a branch as whoever looks at it now sees it."""
    shape = shape_of(tree)
    return shape.seal(next(each for each in shape.nodes.values() if each.order == number))


def reviewed_tree(exercise: Exercise, by: User, *experts: User) -> ProblemTree:
    """Grow a tree, send it to review and let these accept it, each by the link that they were sent."""
    tree = send_to_review(grown_tree(exercise, by), by=again(by), at=NOW)
    for expert in experts:
        token = invite_reviewer(tree, expert.email, by=again(by), at=NOW)
        accept_review(token, verified_email=expert.email, by=again(expert), at=NOW)
    return tree
