"""What a small table writes: sorted, without author nor instant, and never overwritten in silence."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import again

from tequio.cocreation.enums import DraftStage, EntryKind, NodeKind, TableOutcome
from tequio.cocreation.models import ProblemNode, ProblemTree, SmallTable, Table
from tequio.cocreation.queries.reports import report_of
from tequio.cocreation.tests.gatherings import QUESTIONS, announced_table, begun_table
from tequio.cocreation.workflows import (
    DraftText,
    add_entry,
    amend_entry,
    close_table,
    close_text,
    drafted,
    link_causes,
    merge_proposals,
    remove_entry,
    set_priorities,
    write_draft,
    write_proposal,
)
from tequio.cocreation.workflows.capturing import MOST, sort_sheet
from tequio.exercises.tests.happenings import START
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-05", "CO-06")]


def sheet_of(small: SmallTable) -> dict[str, Any]:
    """Return a sheet as the database has it."""
    return dict(SmallTable.objects.get(pk=small.pk).sheet)


def first(table: Table) -> SmallTable:
    """Return the first small table of a room."""
    return table.small_tables.get(number=1)


def test_the_order_of_a_sheet_is_that_of_its_words(exercise: Exercise, liaison: User) -> None:
    small = first(begun_table(exercise, liaison))
    words = ["Zanjas", "árboles", "Baches", "agua"]
    for text in random.Random(1).sample(words, len(words)):
        add_entry(small, EntryKind.ANSWER, text, question=0, at=START)
    kept = sheet_of(small)["answers"]["0"]
    assert [one["t"] for one in kept] == sorted(words, key=lambda text: (text.casefold(), text))
    assert all(set(one) == {"k", "t"} for one in kept)


def test_the_same_words_twice_are_one_entry_and_two_hands_are_told(exercise: Exercise, liaison: User) -> None:
    small = first(begun_table(exercise, liaison))
    mark = add_entry(small, EntryKind.ALTERNATIVE, "Abrir  los datos", at=START)
    assert add_entry(small, EntryKind.ALTERNATIVE, "abrir los datos", at=START) == mark
    amend_entry(small, mark, "Abrir los datos de rutas", was="Abrir los datos", at=START)
    with pytest.raises(Refused, match="Ahora dice: «Abrir los datos de rutas»"):
        amend_entry(small, mark, "Otra", was="Abrir los datos", at=START)
    with pytest.raises(Refused, match="Vuelve a decidir"):
        remove_entry(small, mark, was="Abrir los datos", at=START)
    remove_entry(small, mark, was="Abrir los datos de rutas", at=START)
    with pytest.raises(Refused, match="ya no está"):
        amend_entry(small, mark, "Otra", was="Abrir los datos de rutas", at=START)


def test_what_a_sheet_refuses(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    small = first(table)
    for wrong, question in (("", 0), ("  ", 0), ("x" * 501, 0), ("bien", len(QUESTIONS)), ("bien", -1)):
        with pytest.raises(Refused):
            add_entry(small, EntryKind.ANSWER, wrong, question=question, at=START)
    for n in range(MOST):
        add_entry(small, EntryKind.ANSWER, f"respuesta {n}", at=START)
    with pytest.raises(Refused, match="Junten"):
        add_entry(small, EntryKind.ANSWER, "una más", at=START)
    mark = add_entry(small, EntryKind.ALTERNATIVE, "Plantar", at=START)
    with pytest.raises(Refused, match="causas del árbol"):
        link_causes(small, mark, [123456], at=START)
    with pytest.raises(Refused, match="cada una una vez"):
        set_priorities(small, [mark, mark], at=START)
    marks = [add_entry(small, EntryKind.ALTERNATIVE, f"alternativa {n}", at=START) for n in range(4)]
    with pytest.raises(Refused, match="3 alternativas"):
        set_priorities(small, marks, at=START)


def test_a_sheet_is_written_from_the_beginning_until_the_text_is_closed(exercise: Exercise, liaison: User) -> None:
    quiet = announced_table(exercise, liaison)
    early = SmallTable.objects.create(table=quiet, number=1, key="temprano")
    with pytest.raises(Refused, match="todavía no empieza"):
        add_entry(early, EntryKind.ANSWER, "hola", at=START)
    table = begun_table(exercise, liaison, theme=quiet.theme, template=quiet.template)
    write_draft(table, DraftText(title="A", text="B"), seen=0, by=again(liaison), at=START)
    close_text(table, DraftStage.PRELIMINARY, seen=1, by=again(liaison), at=START)
    with pytest.raises(Refused, match="ya se cerró"):
        add_entry(first(table), EntryKind.ANSWER, "tarde", at=START)


@pytest.mark.req("CO-11")
def test_proposals_are_merged_with_where_they_come_from(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison, small=3)
    one, two, _blank = table.small_tables.all()
    with pytest.raises(Refused, match="Ninguna"):
        merge_proposals(table, (1, 2, 3), seen=0, by=again(liaison), at=START)
    write_proposal(one, title="Datos", text="Abrir datos.", was="", at=START)
    with pytest.raises(Refused, match="ya cambió la propuesta"):
        write_proposal(one, title="Otra", text="Otra.", was="", at=START)
    write_proposal(two, title="", text="Publicar rutas.", was="", at=START)
    merge_proposals(table, (1, 2, 3), seen=0, by=again(liaison), at=START)
    now = drafted(Table.objects.get(pk=table.pk))
    assert now == DraftText(title="Datos", text="Abrir datos.\n\nPublicar rutas.", sources=(1, 2))
    merge_proposals(table, (1,), seen=1, by=again(liaison), at=START)
    assert drafted(Table.objects.get(pk=table.pk)).text == now.text


@pytest.mark.req("CO-10")
def test_the_report_tells_each_sheet_and_nobody(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    small = first(table)
    tree = ProblemTree.objects.create(exercise=exercise, theme=table.theme, key="a", order=1, title="A")
    cause = ProblemNode.objects.create(tree=tree, kind=NodeKind.CAUSE, order=1, text="Faltan botes")
    low = add_entry(small, EntryKind.ALTERNATIVE, "Comprar botes", at=START)
    top = add_entry(small, EntryKind.ALTERNATIVE, "Separar en casa", at=START)
    link_causes(small, low, [cause.pk], at=START)
    set_priorities(small, [top], at=START)
    close_table(table, TableOutcome.DIALOGUE, reason="Faltó tiempo.", by=again(liaison), at=START)
    told = report_of(Table.objects.get(pk=table.pk))
    assert [(one.text, one.causes, one.place) for one in told.sheets[0].alternatives] == [
        ("Separar en casa", [], 1),
        ("Comprar botes", ["Faltan botes"], None),
    ]
    assert told.sheets[1].is_blank


@given(st.permutations(range(6)))
def test_two_orders_of_writing_leave_the_same_sheet(order: list[int]) -> None:
    entries = [{"k": f"{n:08}", "t": text} for n, text in enumerate(("b", "B", "á", "a", "z", "ñ"))]
    sheets = []
    for arranged in (entries, [entries[n] for n in order]):
        sheet = {"answers": {"0": list(arranged)}, "alternatives": []}
        sort_sheet(sheet)
        sheets.append(json.dumps(sheet))
    assert sheets[0] == sheets[1]
