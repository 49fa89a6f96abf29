"""What a button of the editor asks, in words: «up 12 3» is the box 12, read at its revision 3, one place up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.workflows import (
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
    from collections.abc import Sequence
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemNode, ProblemTree

UNKNOWN: Final = "Esa acción no existe. Usa los botones de la página."
LONGEST_NUMBER: Final = 9


def numbers(words: Sequence[str]) -> list[int]:
    """Return words as numbers, or refuse: no button of ours says anything else."""
    if not all(word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER for word in words):
        raise Refused(UNKNOWN)
    return [int(word) for word in words]


def act(tree: ProblemTree, asked: str, text: str, *, by: User, at: datetime) -> str:
    """Do what a button asks; return in a sentence what was done."""
    name, *words = asked.split(" ")
    try:
        if name in STEPS:
            number, revision = numbers(words)
            return where(tree, shift_node(tree, number, name, revision=revision, by=by, at=at))
        if name == "move":
            number, revision, under = numbers(words[:3])
            kind, *turn = words[3:]
            place = numbers(turn)[0] if turn else None
            return where(tree, move_node(tree, number, Spot(under, kind, place), revision=revision, by=by, at=at))
        return _written(tree, name, words, text, by=by, at=at)
    except (ValueError, IndexError):
        raise Refused(UNKNOWN) from None


def _written(tree: ProblemTree, name: str, words: list[str], text: str, *, by: User, at: datetime) -> str:
    """Do what is no movement."""
    if name == "add":
        under = numbers(words[:1])[0]
        kind, *turn = words[1:]
        place = numbers(turn)[0] if turn else None
        return f"Agregaste: {where(tree, add_node(tree, Spot(under, kind, place), text, by=by, at=at))}"
    if name == "write":
        number, revision = numbers(words)
        return f"Guardado: «{write_node(tree, number, text, revision=revision, by=by, at=at).text}»."
    if name == "remove":
        number, seal = numbers(words[:1])[0], words[1]
        gone = remove_node(tree, number, seal=seal, by=by, at=at)
        rest = f" y {len(gone) - 1} de debajo" if len(gone) > 1 else ""
        return f"Quitaste «{gone[0].text}»{rest}. Puedes deshacerlo."
    if name == "restore":
        return f"Restauraste: {where(tree, restore_node(tree, numbers(words)[0], text=text, by=by, at=at))}"
    if name == "undo":
        change = undo_change(tree, by=by, at=at)
        done = change.undoes.get_act_display().lower() if change.undoes else ""
        return f"Deshiciste el último paso: {done} «{change.node.text}»."
    raise Refused(UNKNOWN)


def where(tree: ProblemTree, node: ProblemNode) -> str:
    """Say where a box is, as somebody who does not see the page needs it."""
    shape = shape_of(tree)
    row = shape.nodes[node.pk]
    beside = shape.siblings(row)
    above = shape.nodes[row.parent_id or 0]
    place = f"{beside.index(row) + 1} de {len(beside)}"
    kind = f"{row.get_kind_display().lower()} de nivel {shape.level(row)}"
    return f"«{row.text}», {kind}, {place}, debajo de «{above.text}»."
