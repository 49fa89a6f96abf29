"""At the same instant, on PostgreSQL: three people move, edit and delete in one subtree, and no box is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, again

from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.tests.groves import grown_tree, node, seal
from tequio.cocreation.workflows import Spot, add_node, move_node, remove_node, restore_node, write_node
from tequio.exercises.tests.test_event_races import at_once

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("DX-02")]
ROUNDS = 4


def test_three_in_one_subtree_lose_nothing(exercise: Exercise, liaison: User, guarantor_staff: User) -> None:
    for _ in range(ROUNDS):
        tree = grown_tree(exercise, liaison)
        seen, whole = node(tree, 3).revision, seal(tree, 2)
        told = at_once(
            lambda t=tree, s=seen: move_node(t, 3, Spot(4), revision=s, by=again(liaison), at=NOW).text,
            lambda t=tree, s=seen: write_node(t, 3, "Otro", revision=s, by=again(guarantor_staff), at=NOW).text,
            lambda t=tree, s=whole: len(remove_node(t, 2, seal=s, by=again(liaison), at=NOW)),
        )
        now = shape_of(tree)
        assert list(now.faults()) == []
        assert len(now.nodes) == 5
        assert sum("mientras tanto" in each for each in told) >= 1
        for gone in [each.order for each in now.nodes.values() if each.is_removed]:
            if node(tree, gone).is_removed:
                restore_node(tree, gone, by=again(liaison), at=NOW)
        assert len(shape_of(tree).standing) == 5


def test_many_add_at_once_and_each_box_is_there(exercise: Exercise, liaison: User) -> None:
    tree = grown_tree(exercise, liaison)
    at_once(*[
        partial(lambda n: add_node(tree, Spot(2), f"Causa {n}", by=again(liaison), at=NOW).order, n) for n in range(4)
    ])  # fmt: skip
    under = node(tree, 2).children.order_by("place")
    assert [each.place for each in under] == list(range(5))
    assert len(set(under.values_list("order", flat=True))) == 5
