"""The verbs of a problem tree: what each does, what it refuses, and what it never loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import NOW, again

from tequio.cocreation.enums import NodeKind, TreeAct, TreeState
from tequio.cocreation.models import ProblemTree, TreeChange
from tequio.cocreation.models.trees import LONGEST_TEXT, MOST_LEVELS, MOST_NODES
from tequio.cocreation.queries.tree_lists import read_list
from tequio.cocreation.tests.groves import PROBLEM, begun_tree, drawn, grown_tree, node, seal, theme_of
from tequio.cocreation.workflows import (
    Overtaken,
    Spot,
    add_node,
    begin_tree,
    import_list,
    move_node,
    remove_node,
    restore_node,
    shift_node,
    undo_change,
    write_node,
)
from tequio.exercises.workflows.loading import REPLACE_EXERCISE
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.objections import hear_objections
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-02")]


@pytest.fixture
def tree(exercise: Exercise, liaison: User) -> ProblemTree:
    return grown_tree(exercise, liaison)


@pytest.fixture
def who(liaison: User) -> dict[str, Any]:
    return {"by": again(liaison), "at": NOW}


def test_a_tree_hangs_from_a_theme_and_nests(tree: ProblemTree) -> None:
    assert tree.state == TreeState.PRELIMINARY
    assert drawn(tree) == {
        PROBLEM: [
            {"Faltan personas": ["No hay presupuesto"]},
            "La gente deja de hacerlos",
            "Los formatos son largos",
        ]
    }
    assert node(tree, 3).kind == NodeKind.CAUSE


def test_two_trees_of_one_title_have_each_its_address(exercise: Exercise, liaison: User) -> None:
    assert [begun_tree(exercise, liaison).key for _ in range(2)] == ["tramites-lentos", "tramites-lentos-2"]


def test_a_tree_needs_a_theme_of_its_exercise(
    exercise: Exercise, other_exercise: Exercise, who: dict[str, Any]
) -> None:
    for theme in (None, theme_of(other_exercise)):
        with pytest.raises(Refused, match="temática"):
            begin_tree(exercise, theme, title="T", problem="P", **who)


def test_who_neither_runs_nor_sits_is_refused(
    tree: ProblemTree, stranger: User, visitor: AnonymousUser, other_liaison: User, exercise: Exercise
) -> None:
    for by in (stranger, visitor, other_liaison):
        person: Any = by if by is visitor else again(by)
        with pytest.raises(Refused, match="no puede"):
            add_node(tree, Spot(1, NodeKind.CAUSE), "Otra", by=person, at=NOW)
        with pytest.raises(Refused, match="no puede"):
            begin_tree(exercise, theme_of(exercise), title="T", problem="P", by=person, at=NOW)


def test_who_sits_in_the_secretariat_writes_too(tree: ProblemTree, exercise: Exercise, liaison: User) -> None:
    sitting = secretariat(exercise, liaison)
    made = add_node(tree, Spot(1, NodeKind.EFFECT), "Otra", by=sitting.holder("civil_society"), at=NOW)
    assert made.kind == NodeKind.EFFECT


def test_every_step_moves_one_box_with_its_branch(tree: ProblemTree, who: dict[str, Any]) -> None:
    def step(number: int, name: str) -> None:
        shift_node(tree, number, name, revision=node(tree, number).revision, **who)

    step(4, "up")
    assert [text.text for text in tree.nodes.filter(parent__order=1, kind="cause").order_by("place")] == [
        "Los formatos son largos",
        "Faltan personas",
    ]
    step(2, "in")
    assert drawn(tree, 4) == {"Los formatos son largos": [{"Faltan personas": ["No hay presupuesto"]}]}
    step(3, "out")
    assert drawn(tree, 4) == {"Los formatos son largos": ["Faltan personas", "No hay presupuesto"]}
    step(3, "flip")
    assert (node(tree, 3).parent, node(tree, 3).kind) == (node(tree, 1), NodeKind.EFFECT)
    for number, name in ((5, "up"), (3, "down"), (5, "in"), (4, "out")):
        with pytest.raises(Refused):
            step(number, name)


def test_a_branch_changes_sides_whole(tree: ProblemTree, who: dict[str, Any]) -> None:
    move_node(tree, 2, Spot(5), revision=node(tree, 2).revision, **who)
    assert {node(tree, number).kind for number in (2, 3, 5)} == {NodeKind.EFFECT}


@pytest.mark.parametrize(("number", "under"), [(2, 2), (2, 3), (1, 2)])
def test_no_box_goes_into_itself(tree: ProblemTree, who: dict[str, Any], number: int, under: int) -> None:
    with pytest.raises(Refused, match=r"dentro de sí mismo|no se mueve"):
        move_node(tree, number, Spot(under), revision=node(tree, number).revision, **who)


def test_another_text_meanwhile_is_told_and_never_written_over(
    tree: ProblemTree, who: dict[str, Any], guarantor_staff: User
) -> None:
    seen = node(tree, 2).revision
    write_node(tree, 2, "Falta personal", revision=seen, by=again(guarantor_staff), at=NOW)
    with pytest.raises(Overtaken, match="cambió mientras tanto") as told:
        write_node(tree, 2, "Hay pocas personas", revision=seen, **who)
    assert told.value.node.text == "Falta personal"
    assert told.value.change
    assert told.value.change.changed_by == guarantor_staff
    assert node(tree, 2).text == "Falta personal"
    write_node(tree, 2, "Hay pocas personas", revision=told.value.node.revision, **who)
    assert write_node(tree, 2, "Hay pocas personas", revision=seen, **who).text == "Hay pocas personas"


def test_what_is_removed_with_another_change_inside_asks_first(
    tree: ProblemTree, who: dict[str, Any], guarantor_staff: User
) -> None:
    seen = seal(tree, 2)
    add_node(tree, Spot(3), "Se gasta en otra cosa", by=again(guarantor_staff), at=NOW)
    with pytest.raises(Overtaken, match="lo que tiene debajo cambió"):
        remove_node(tree, 2, seal=seen, **who)
    assert len(remove_node(tree, 2, seal=seal(tree, 2), **who)) == 3


def test_a_text_for_a_removed_box_is_offered_its_restoration(tree: ProblemTree, who: dict[str, Any]) -> None:
    seen = node(tree, 3).revision
    remove_node(tree, 2, seal=seal(tree, 2), **who)
    with pytest.raises(Overtaken, match="se quitó"):
        write_node(tree, 3, "No alcanza el presupuesto", revision=seen, **who)
    restore_node(tree, 3, text="No alcanza el presupuesto", **who)
    assert drawn(tree, 2) == {"Faltan personas": ["No alcanza el presupuesto"]}
    with pytest.raises(Overtaken, match="ya está"):
        restore_node(tree, 3, **who)


def test_a_branch_comes_back_whole_and_where_it_was(tree: ProblemTree, who: dict[str, Any]) -> None:
    before = drawn(tree)
    remove_node(tree, 2, seal=seal(tree, 2), **who)
    with pytest.raises(Overtaken, match="se quitó"):
        add_node(tree, Spot(3), "Nadie lo pide", **who)
    restore_node(tree, 2, **who)
    assert drawn(tree) == before


def test_each_undoes_their_own_last_change(tree: ProblemTree, who: dict[str, Any], guarantor_staff: User) -> None:
    before = drawn(tree)
    write_node(tree, 2, "Falta personal", revision=0, **who)
    move_node(tree, 4, Spot(2), revision=node(tree, 4).revision, **who)
    remove_node(tree, 2, seal=seal(tree, 2), **who)
    other = {"by": again(guarantor_staff), "at": NOW}
    with pytest.raises(Refused, match="No hay un cambio tuyo"):
        undo_change(tree, **other)
    for _ in range(3):
        undo_change(tree, **who)
    assert drawn(tree) == before
    assert TreeChange.objects.filter(tree=tree, act=TreeAct.UNDO).count() == 3


def test_undoing_never_takes_anothers_work(tree: ProblemTree, who: dict[str, Any], guarantor_staff: User) -> None:
    made = add_node(tree, Spot(1, NodeKind.CAUSE), "Nueva", **who)
    add_node(tree, Spot(made.order), "De otra persona", by=again(guarantor_staff), at=NOW)
    with pytest.raises(Overtaken, match="ya tiene otros recuadros debajo"):
        undo_change(tree, **who)
    write_node(tree, 4, "Los formatos cansan", revision=0, **who)
    write_node(tree, 4, "Los formatos sobran", revision=1, by=again(guarantor_staff), at=NOW)
    with pytest.raises(Overtaken, match="cambió después"):
        undo_change(tree, **who)


def test_the_limits_are_told(tree: ProblemTree, who: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=str(LONGEST_TEXT)):
        add_node(tree, Spot(1, NodeKind.CAUSE), "a" * (LONGEST_TEXT + 1), **who)
    for empty in ("", " \n\t", "\x00"):
        with pytest.raises(Refused, match="Escribe el texto"):
            write_node(tree, 2, empty, revision=0, **who)
    under = 3
    for level in range(4, MOST_LEVELS + 1):
        under = add_node(tree, Spot(under), f"Nivel {level}", **who).order
    with pytest.raises(Refused, match="niveles"):
        add_node(tree, Spot(under), "Uno más", **who)
    with pytest.raises(Refused, match="niveles"):
        move_node(tree, 2, Spot(4), revision=node(tree, 2).revision, **who)
    rest = MOST_NODES - tree.nodes.count()
    import_list(tree, read_list("Causas\n" + "\n".join(f"  Causa {n}" for n in range(rest))), **who)
    with pytest.raises(Refused, match="recuadros como máximo"):
        add_node(tree, Spot(1, NodeKind.CAUSE), "Sobra", **who)


def test_nonsense_is_refused_in_words(tree: ProblemTree, who: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="no está en este árbol"):
        write_node(tree, 99, "x", revision=0, **who)
    with pytest.raises(Refused, match="causa o efecto"):
        add_node(tree, Spot(1, "problem"), "x", **who)
    with pytest.raises(Refused, match="no se quita"):
        remove_node(tree, 1, seal=seal(tree, 1), **who)
    with pytest.raises(Refused, match="no se mueve"):
        shift_node(tree, 2, "sideways", revision=0, **who)


def test_a_pack_does_not_replace_an_exercise_with_trees_of_people(tree: ProblemTree) -> None:
    with pytest.raises(Refused, match="árboles de problemas escritos aquí"):
        hear_objections(REPLACE_EXERCISE, slug=tree.exercise.slug)
