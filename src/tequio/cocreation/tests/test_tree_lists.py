"""A tree read from an indented list or a table: what it says, and what is wrong, by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, again

from tequio.cocreation.queries.tree_lists import read_list, read_table
from tequio.cocreation.tests.groves import PROBLEM, begun_tree, drawn
from tequio.cocreation.workflows import import_list, undo_change
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = pytest.mark.req("DX-02")
LIST = f"""Problema: {PROBLEM}
Causas:
- Faltan personas
\t- No hay presupuesto
\t\t1. Se gasta en otra cosa
- Formatos largos

Efectos
    La gente se cansa
"""
TABLE = [
    ["número", "Tipo", "Nivel", "debajo de", "Texto"],
    ["1", "Problema central", "1", "", PROBLEM],
    ["2", "Causa", "2", "1", "Faltan personas"],
    ["3", "causa", "3.0", "2", "'=No hay presupuesto"],
    ["", "", "", "", ""],
    ["4", "Efecto", "2", "1", "La gente se cansa"],
]


def test_an_indented_list_is_read() -> None:
    read = read_list(LIST)
    assert read.faults == []
    assert [(item.far, item.kind, item.text) for item in read.items] == [
        (0, "problem", PROBLEM),
        (1, "cause", "Faltan personas"),
        (2, "cause", "No hay presupuesto"),
        (3, "cause", "Se gasta en otra cosa"),
        (1, "cause", "Formatos largos"),
        (1, "effect", "La gente se cansa"),
    ]


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    read = read_table(TABLE)
    assert read.faults == []
    assert [(item.far, item.kind, item.text) for item in read.items][2] == (2, "cause", "=No hay presupuesto")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "No hay nada que importar"),
        ("Falta algo", "Línea 1: escribe antes"),
        ("Causas\na\n b\n  c\n   d\n    e", "Línea 6: pasa de 5 niveles"),
        ("Causas\n" + "x" * 281, "Línea 2: tiene 281 letras"),
        ("Problema: a\nProblema: b", "más de un problema"),
        ("Causas\n" + "a\n" * 201, "caben 200"),
        ("Causas\n- ", "Línea 2: falta el texto"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_by_line(text: str, fault: str) -> None:
    assert any(fault in each for each in read_list(text).faults), read_list(text).faults


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "falta la columna"),
        ([["tipo", "texto"]], "«nivel»"),
        ([TABLE[0], ["", "raíz", "2", "", "a"]], "Línea 2: el tipo es"),
        ([TABLE[0], ["", "causa", "uno", "", "a"]], "Línea 2: el nivel es"),
        ([TABLE[0], ["", "causa", "1", "", "a"]], "Línea 2: el nivel es"),
        ([TABLE[0], ["", "causa", "3", "", "a"]], "Línea 2: no hay un recuadro justo arriba"),
        ([TABLE[0], ["", "causa", "2"]], "Línea 2: falta el texto"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_by_line(rows: list[list[str]], fault: str) -> None:
    assert any(fault in each for each in read_table(rows).faults), read_table(rows).faults


@pytest.mark.django_db
def test_a_list_is_added_whole_and_undone_whole(exercise: Exercise, liaison: User) -> None:
    tree, who = begun_tree(exercise, liaison), {"by": again(liaison), "at": NOW}
    assert import_list(tree, read_list(LIST), **who) == 5
    assert drawn(tree) == {
        PROBLEM: [
            {"Faltan personas": [{"No hay presupuesto": ["Se gasta en otra cosa"]}]},
            "La gente se cansa",
            "Formatos largos",
        ]
    }
    undo_change(tree, **who)
    assert drawn(tree) == PROBLEM
    with pytest.raises(Refused, match="Línea 1: escribe antes"):
        import_list(tree, read_list("suelto"), **who)
    with pytest.raises(Refused, match="ya tiene otro problema"):
        import_list(tree, read_list("Problema: otro\nCausas\na"), **who)
