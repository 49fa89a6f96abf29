"""Three editors at once, in any order and with stale pages: no box is lost, the tree stays a tree, each is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, again

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models import ProblemTree, TreeChange
from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.tests.groves import grown_tree
from tequio.cocreation.workflows import (
    Overtaken,
    Spot,
    add_node,
    move_node,
    remove_node,
    restore_node,
    shift_node,
    undo_change,
    write_node,
)
from tequio.cocreation.workflows.trees import STEPS
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.cocreation.queries.tree_shape import Shape
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-02")]
EDITORS = 3
ACTS = ("look", "add", "write", "move", "shift", "remove", "restore", "undo")
STEP = st.tuples(st.integers(0, EDITORS - 1), st.sampled_from(ACTS), st.integers(1, 9), st.integers(1, 9))


def do(tree: ProblemTree, act: str, seen: Shape, one: int, two: int, who: dict[str, Any]) -> Refused | None:
    """Do what an editor asks from the page before them, which may be old; return what they are told, if refused."""
    try:
        acted(tree, act, seen, one, two, who)
    except Refused as told:
        return told
    return None


def acted(tree: ProblemTree, act: str, seen: Shape, one: int, two: int, who: dict[str, Any]) -> None:
    """Call the verb of an act."""
    page = {node.order: node for node in seen.nodes.values()}
    node = page.get(one, seen.root)
    if act == "add":
        add_node(tree, Spot(node.order, NodeKind.CAUSE), f"Texto {one}", **who)
    elif act == "write":
        write_node(tree, node.order, f"Otro {two}", revision=node.revision, **who)
    elif act == "move":
        move_node(tree, node.order, Spot(two, NodeKind.EFFECT, one), revision=node.revision, **who)
    elif act == "shift":
        shift_node(tree, node.order, STEPS[two % len(STEPS)], revision=node.revision, **who)
    elif act == "remove":
        remove_node(tree, node.order, seal=seen.seal(node), **who)
    elif act == "restore":
        restore_node(tree, node.order, **who)
    elif act == "undo":
        undo_change(tree, **who)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=30))
def test_any_interleaving_keeps_every_box(
    exercise: Exercise, liaison: User, guarantor_staff: User, steps: list[tuple[int, str, int, int]]
) -> None:
    tree = grown_tree(exercise, liaison)
    people = [again(liaison), again(guarantor_staff), again(liaison)]
    pages = [shape_of(tree) for _ in range(EDITORS)]
    written = {node.pk for node in tree.nodes.all()}
    for editor, act, one, two in steps:
        texts = dict(tree.nodes.values_list("pk", "text"))
        changes = TreeChange.objects.filter(tree=tree).count()
        told = do(tree, act, pages[editor], one, two, {"by": people[editor], "at": NOW})
        if told:
            assert str(told)
            assert TreeChange.objects.filter(tree=tree).count() == changes
            assert dict(tree.nodes.values_list("pk", "text")) == texts
            assert not isinstance(told, Overtaken) or told.change
        if act == "look":
            pages[editor] = shape_of(tree)
        now = shape_of(tree)
        assert list(now.faults()) == []
        assert written <= set(now.nodes)
        written = set(now.nodes)
        explained = {
            each["node"] for change in tree.changes.all() for each in change.touched if each["after"]["removed"]
        }
        assert {node.pk for node in now.nodes.values() if node.is_removed} <= explained
        for siblings in now.heirs.values():
            for kind in (NodeKind.CAUSE, NodeKind.EFFECT):
                places = [node.place for node in siblings if node.kind == kind]
                assert len(set(places)) == len(places)
