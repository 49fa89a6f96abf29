from __future__ import annotations

from itertools import product
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tequio.kernel.invariants import statuses_in_order
from tequio.kernel.models import Concept, ConceptScheme, LedgerEntry, StatusChange
from tequio.kernel.refusal import Refused
from tequio.kernel.tests.people import CAST, EDITOR, NOON, SECRETARY, STRANGER, Someone
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = ("draft", "review", "in_force", "retired")


def defined(concept: Concept) -> str | None:
    return None if concept.definition else "Falta la definición."


WORKFLOW = Workflow(
    Concept,
    [
        Move("submit", "Enviar a revisión", ("draft",), "review", "kernel.submit_concept", (defined,)),
        Move("approve", "Aprobar", ("review",), "in_force", "kernel.approve_concept", (defined,)),
        Move("retire", "Retirar", ("review", "in_force"), "retired", "kernel.retire_concept"),
    ],
    field="kind",
)
EXPECTED = {
    "submit": {("draft", EDITOR), ("draft", SECRETARY)},
    "approve": {("review", SECRETARY)},
    "retire": {("review", SECRETARY), ("in_force", SECRETARY)},
}


@pytest.fixture(autouse=True)
def only_here() -> Iterator[None]:
    Workflow.declared["kernel.Concept"] = WORKFLOW
    yield
    Workflow.declared.pop("kernel.Concept", None)


def concept(state: str, *, definition: str = "Lo que es.") -> Concept:
    scheme, _ = ConceptScheme.objects.get_or_create(key="prueba")
    return Concept.objects.create(scheme=scheme, code="C1", name="Uno", kind=state, definition=definition)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "move", "person"), list(product(STATES, EXPECTED, CAST)))
def test_every_state_move_and_person(state: str, move: str, person: Someone) -> None:
    thing = concept(state)
    allowed = (state, person) in EXPECTED[move]
    assert (move in [offer.move.name for offer in WORKFLOW.offers(thing, person, at=NOON)]) is allowed
    if not allowed:
        with pytest.raises(Refused):
            WORKFLOW.run(thing, move, by=person, at=NOON)
        assert (thing.kind, StatusChange.objects.count(), LedgerEntry.objects.count()) == (state, 0, 0)
        return
    change = WORKFLOW.run(thing, move, by=person, at=NOON)
    assert thing.kind == Concept.objects.get().kind == change.after
    assert (change.subject, change.before, change.changed_by) == ("kernel.Concept:C1", state, person.name)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.recorded_by) == ("kernel.status_changed", "")
    assert entry.payload == {"move": move, "before": state, "after": change.after}


@pytest.mark.django_db
def test_a_blocked_move_is_offered_with_its_reason_and_refused_with_it() -> None:
    thing = concept("draft", definition="")
    (offer,) = WORKFLOW.offers(thing, EDITOR, at=NOON)
    assert offer.blocks == ["Falta la definición."]
    with pytest.raises(Refused, match="Falta la definición"):
        WORKFLOW.run(thing, "submit", by=EDITOR, at=NOON)


@pytest.mark.django_db
def test_the_row_decides_and_not_the_copy_that_the_page_had() -> None:
    thing = concept("draft")
    stale = Concept.objects.get()
    WORKFLOW.run(thing, "submit", by=EDITOR, at=NOON)
    with pytest.raises(Refused, match="el estado cambió"):
        WORKFLOW.run(stale, "submit", by=EDITOR, at=NOON)


@pytest.mark.django_db
def test_a_stranger_learns_nothing_of_the_state_and_an_unknown_move_is_refused() -> None:
    thing = concept("retired", definition="")
    with pytest.raises(Refused, match="no tiene permiso"):
        WORKFLOW.run(thing, "submit", by=STRANGER, at=NOON)
    with pytest.raises(Refused, match="no existe"):
        WORKFLOW.run(thing, "explode", by=SECRETARY, at=NOON)


@pytest.mark.django_db
def test_history_cannot_be_rewritten() -> None:
    WORKFLOW.run(concept("draft"), "submit", by=EDITOR, at=NOON)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        StatusChange.objects.update(changed_by="otra")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        StatusChange.objects.all().delete()


@pytest.mark.django_db
def test_a_state_that_no_change_led_to_is_a_fault() -> None:
    WORKFLOW.run(concept("draft"), "submit", by=EDITOR, at=NOON)
    assert list(statuses_in_order()) == []
    Concept.objects.update(kind="in_force")
    assert len(list(statuses_in_order())) == 1
    StatusChange.objects.create(
        subject="kernel.Concept:C1", move="x", before="draft", after="in_force", changed_by="", changed_at=NOON
    )
    assert list(statuses_in_order()) == ["kernel.Concept:C1: pasó de «draft», pero estaba en «review»."]


class AnySequenceOfMoves(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(list(EXPECTED)), st.sampled_from(CAST)), max_size=6))
    def test_leaves_a_history_that_explains_the_state(self, moves: list[tuple[str, Someone]]) -> None:
        thing, state = concept("draft"), "draft"
        for move, person in moves:
            allowed = (state, person) in EXPECTED[move]
            try:
                state = WORKFLOW.run(thing, move, by=person, at=NOON).after
            except Refused:
                assert not allowed
            else:
                assert allowed
        history = list(StatusChange.objects.all())
        assert [change.before for change in history] == ["draft", *[change.after for change in history]][: len(history)]
        assert Concept.objects.get().kind == (history[-1].after if history else "draft")
        assert list(statuses_in_order()) == []


def test_the_diagram_draws_each_move_from_each_source() -> None:
    assert WORKFLOW.diagram().splitlines() == [
        "stateDiagram-v2",
        "    draft --> review: Enviar a revisión",
        "    review --> in_force: Aprobar",
        "    review --> retired: Retirar",
        "    in_force --> retired: Retirar",
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_once_one_is_refused() -> None:
    thing, barrier, outcomes = concept("draft"), Barrier(2), []

    def submit() -> None:
        mine = Concept.objects.get(pk=thing.pk)
        barrier.wait()
        try:
            outcomes.append(WORKFLOW.run(mine, "submit", by=EDITOR, at=NOON).after)
        except Refused:
            outcomes.append("refused")
        connection.close()

    threads = [Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "review"]
    assert StatusChange.objects.count() == 1
