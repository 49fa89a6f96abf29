"""The paper bridge: what papers say is read before it is added, never doubled, and nobody's words are overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import again

from tequio.cocreation.documents.paper import template
from tequio.cocreation.enums import DraftStage, EntryKind, NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, SmallTable, Table
from tequio.cocreation.tests.gatherings import QUESTIONS, announced_table, begun_table
from tequio.cocreation.workflows import (
    DraftText,
    add_entry,
    add_papers,
    close_text,
    foretell_papers,
    link_causes,
    set_priorities,
    write_draft,
    write_proposal,
)
from tequio.cocreation.workflows.capturing import MOST
from tequio.cocreation.workflows.paper import ALTERNATIVE, PROPOSAL, TITLE, Line
from tequio.cocreation.workflows.paper_lists import read_papers, written_rows
from tequio.exercises.tests.happenings import START
from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import csv_rows, text_of

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-05", "CO-06")]


def line(part: int | str, text: str, number: int = 1, **other: Any) -> Line:
    """Return a line of a paper."""
    return Line("Renglón 1", number, part, text, **other)


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """A table under way, whose theme has a tree with two causes."""
    table = begun_table(exercise, liaison)
    tree = ProblemTree.objects.create(exercise=exercise, theme=table.theme, key="a", order=1, title="A")
    for order, text in ((2, "Faltan botes"), (5, "Nadie separa")):
        ProblemNode.objects.create(tree=tree, kind=NodeKind.CAUSE, order=order, text=text)
    return table


def accepted(table: Table, by: User, *lines: Line) -> int:
    """Read some lines and accept them."""
    return add_papers(table, lines, seal=foretell_papers(table, lines, at=START).seal, by=again(by), at=START)


def sheet(table: Table, number: int = 1) -> dict[str, Any]:
    """Return the sheet of a small table as the database has it."""
    return dict(SmallTable.objects.get(table=table, number=number).sheet)


def faults(table: Table, *lines: Line) -> str:
    """Return what is wrong with some lines."""
    return " ".join(foretell_papers(table, lines, at=START).faults)


def test_a_paper_becomes_what_its_sheet_would_say(table: Table, liaison: User) -> None:
    lines = (
        line(1, "Sí, con camiones"),
        line(0, "Separar  en casa"),
        line(0, "Comprar botes"),
        line(ALTERNATIVE, "Campaña", causes=("5", "2"), place=2),
        line(ALTERNATIVE, "Botes", causes=("2",), place=1),
        line(TITLE, "Separar la basura"),
        line(PROPOSAL, "Separar en cada casa.\r\nY recogerla aparte."),
    )
    assert accepted(table, liaison, *lines) == 11
    kept = sheet(table)
    assert [one["t"] for one in kept["answers"]["0"]] == ["Comprar botes", "Separar en casa"]
    assert all(set(one) == {"k", "t"} for one in kept["answers"]["0"])
    texts = {one["k"]: one["t"] for one in kept["alternatives"]}
    assert [texts[mark] for mark in kept["priorities"]] == ["Botes", "Campaña"]
    causes = {one["t"]: len(one["causes"]) for one in kept["alternatives"]}
    assert causes == {"Botes": 1, "Campaña": 2}
    assert kept["proposal"] == {"title": "Separar la basura", "text": "Separar en cada casa.\nY recogerla aparte."}
    assert set(kept) == {"answers", "alternatives", "priorities", "proposal"}
    assert sheet(table, 2) == {}


def test_what_the_sheet_has_stays_and_is_not_doubled(table: Table, liaison: User) -> None:
    small = table.small_tables.get(number=1)
    cause = ProblemNode.objects.get(text="Nadie separa")
    mark = add_entry(small, EntryKind.ALTERNATIVE, "Comprar botes", at=START)
    link_causes(small, mark, [cause.pk], at=START)
    set_priorities(small, [mark], at=START)
    same = (line(ALTERNATIVE, "comprar BOTES", causes=("5",), place=1),)
    assert foretell_papers(table, same, at=START).count == 0
    with pytest.raises(Refused, match="ya estaba en la hoja"):
        accepted(table, liaison, *same)
    accepted(table, liaison, line(ALTERNATIVE, "comprar botes", causes=("2",)), line(ALTERNATIVE, "Otra", place=2))
    kept = sheet(table)
    assert [one["t"] for one in kept["alternatives"]] == ["Comprar botes", "Otra"]
    assert len(kept["alternatives"][0]["causes"]) == 2
    assert kept["priorities"][0] == mark
    again_told = foretell_papers(table, (line(ALTERNATIVE, "Otra", place=2),), at=START)
    assert (again_told.count, again_told.additions[0].known) == (0, 1)


def test_another_proposal_or_priority_is_not_overwritten(table: Table) -> None:
    small = table.small_tables.get(number=1)
    write_proposal(small, title="Datos", text="Abrir datos.", was="", at=START)
    mark = add_entry(small, EntryKind.ALTERNATIVE, "Comprar botes", at=START)
    set_priorities(small, [mark], at=START)
    assert "ya dice «Abrir datos.»" in faults(table, line(PROPOSAL, "Cerrar datos."))
    assert faults(table, line(TITLE, "Datos")) == ""
    assert "otras prioridades" in faults(table, line(ALTERNATIVE, "Otra", place=1))
    assert "otras prioridades" in faults(table, line(ALTERNATIVE, "Comprar botes", place=2))


def test_what_a_paper_refuses(table: Table) -> None:
    for wrong, said in (
        (line(0, "x" * 501), "Pártelo en dos"),
        (line(2, "bien"), "una de las preguntas"),
        (line(0, "bien", causes=("2",)), "son de las alternativas"),
        (line(0, "bien", number=9), "no hay mesa 9"),
        (line(ALTERNATIVE, "bien", causes=("2", "7")), "no hay causa «7»"),
        (line(ALTERNATIVE, "bien", place=4), "de 1 a 3"),
        (line(ALTERNATIVE, "bien", place=2), "van seguidas"),
        (line(TITLE, "x" * 201), "cabe en 200"),
        (line(PROPOSAL, " "), "falta el texto"),
    ):
        assert said in faults(table, wrong)
    twice = [line(ALTERNATIVE, "a", place=1), line(ALTERNATIVE, "b", place=1)]
    assert "ya tiene otra alternativa" in faults(table, *twice)
    assert "una sola prioridad" in faults(table, line(ALTERNATIVE, "a", place=1), line(ALTERNATIVE, "A", place=2))
    assert "Junten" in faults(table, *(line(0, f"respuesta {n}") for n in range(MOST + 1)))


def test_a_sheet_that_changed_meanwhile_is_told(table: Table, liaison: User) -> None:
    lines = (line(0, "Separar"),)
    seal = foretell_papers(table, lines, at=START).seal
    add_entry(table.small_tables.get(number=2), EntryKind.ANSWER, "Otra cosa", at=START)
    with pytest.raises(Refused, match="cambió mientras tanto"):
        add_papers(table, lines, seal=seal, by=again(liaison), at=START)
    now = foretell_papers(table, lines, at=START).seal
    with pytest.raises(Refused, match="cambió mientras tanto"):
        add_papers(table, [line(0, "Juntar")], seal=now, by=again(liaison), at=START)
    assert sheet(table) == {}


def test_only_who_conducts_and_only_while_sheets_are_written(
    exercise: Exercise, table: Table, liaison: User, stranger: User, visitor: Any
) -> None:
    lines = (line(0, "Separar"),)
    seal = foretell_papers(table, lines, at=START).seal
    for nobody in (stranger, visitor):
        with pytest.raises(Refused, match="no organiza"):
            add_papers(table, lines, seal=seal, by=nobody, at=START)
    write_draft(table, DraftText(title="A", text="B"), seen=0, by=again(liaison), at=START)
    close_text(table, DraftStage.PRELIMINARY, seen=1, by=again(liaison), at=START)
    with pytest.raises(Refused, match="su texto ya se cerró"):
        add_papers(table, lines, seal=seal, by=again(liaison), at=START)
    early = announced_table(exercise, liaison, theme=table.theme, template=table.template)
    with pytest.raises(Refused, match="todavía no empieza"):
        foretell_papers(early, lines, at=START)


def test_causes_of_two_trees_carry_a_letter(exercise: Exercise, table: Table) -> None:
    tree = ProblemTree.objects.create(exercise=exercise, theme=table.theme, key="b", order=2, title="B")
    ProblemNode.objects.create(tree=tree, kind=NodeKind.CAUSE, order=2, text="Otra")
    assert faults(table, line(ALTERNATIVE, "a", causes=("A2", "B2"))) == ""
    assert "no hay causa «2»" in faults(table, line(ALTERNATIVE, "a", causes=("2",)))


TABLE = f"""Mesa;Pregunta;Texto;Causas;Prioridad
1;{QUESTIONS[0].upper()};'=Separar;;
Mesa 2;2;Es factible;;
1.0;pregunta 2;También;;
2;Alternativa;Botes;2; 1
2;alternativa;"Campaña; con radio";a2, b5 7.0;2.0
1;nombre del compromiso;Separar;;
1;Redacción;Primero.;;
1;propuesta;Después.;;
1;{QUESTIONS[0]};;;
;;;;
"""


def test_a_table_of_papers_is_read_by_the_names_of_its_columns() -> None:
    read = read_papers(csv_rows(TABLE), QUESTIONS)
    assert read.faults == []
    assert read.lines == [
        Line("Línea 2", 1, 0, "=Separar"),
        Line("Línea 3", 2, 1, "Es factible"),
        Line("Línea 4", 1, 1, "También"),
        Line("Línea 5", 2, ALTERNATIVE, "Botes", ("2",), 1),
        Line("Línea 6", 2, ALTERNATIVE, "Campaña; con radio", ("A2", "B5", "7"), 2),
        Line("Línea 7", 1, TITLE, "Separar"),
        Line("Línea 8", 1, PROPOSAL, "Primero.\nDespués."),
    ]
    pasted = written_rows(csv_rows(TABLE))
    assert "'=Separar" in pasted
    assert [one[1:] for one in read_papers(csv_rows(pasted), QUESTIONS).lines] == [one[1:] for one in read.lines]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mesa,texto\n1,a", "Línea 1: falta la columna «pregunta»"),
        ("mesa,tipo,texto\nuna,1,a", "Línea 2: la mesa es un número, y dice «una»"),
        ("mesa,tipo,texto\n1,¿Qué?,a", "Línea 2: «¿Qué?» no es de esta mesa"),
        ("mesa,tipo,texto\n1,3,a", "Línea 2: «3» no es de esta mesa"),
        ("mesa,tipo,texto,prioridad\n1,alternativa,a,alta", "Línea 2: la prioridad es 1, 2, 3 o nada"),
        ("mesa,tipo,texto,prioridad\n1,alternativa,,1", "Línea 2: falta el texto"),
        ("mesa,tipo,texto\n1,1,", "No hay nada que agregar"),
        ("", "Línea 1: falta la columna «mesa», «pregunta», «texto»"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(text: str, fault: str) -> None:
    assert fault in " ".join(read_papers(csv_rows(text), QUESTIONS).faults)


def test_the_template_is_read_back_and_runs_nothing(table: Table) -> None:
    table.questions = ["=cmd()", *table.questions]
    text = text_of(template(table))
    assert "'=cmd()" in text
    assert read_papers(csv_rows(text), table.questions).faults == [
        "No hay nada que agregar: la columna «texto» está vacía."
    ]
    filled = text.replace("2,'=cmd(),,,", "2,'=cmd(),Separar,,", 1)
    assert read_papers(csv_rows(filled), table.questions).lines[0][1:4] == (2, 0, "Separar")
