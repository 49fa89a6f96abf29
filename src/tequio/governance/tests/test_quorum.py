"""Quorum and outcome, whatever the body, its rules and what is said: what must always hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.accounts.enums import Sector
from tequio.governance.enums import CHOICES, Choice, DecisionWay, Majority, Outcome, QuorumKind, SeatRole, TieRule
from tequio.governance.models import Mechanism, Seat, SeatTerm
from tequio.governance.queries.quorum import Quorum, needed, outcome, places_of, quorum_of

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.req("EX-08")

SECTORS = st.lists(st.sampled_from(Sector), min_size=1, max_size=9)
RULES = st.builds(
    Mechanism,
    quorum=st.sampled_from([kind for kind in QuorumKind if kind != QuorumKind.NUMBER]),
    every_sector=st.booleans(),
    majority=st.sampled_from(Majority),
) | st.builds(Mechanism, quorum=st.just(QuorumKind.NUMBER), quorum_number=st.integers(1, 9))


def body_of(sectors: Iterable[Sector]) -> list[Seat]:
    """Return the seats of a body: a titular's and a substitute's for each sector named, and the facilitator's."""
    seats: list[Seat] = []
    for order, sector in enumerate(sectors, 1):
        titular = Seat(pk=order * 2, order=order * 2, role=SeatRole.TITULAR, sector=sector)
        substitute = Seat(pk=order * 2 + 1, role=SeatRole.SUBSTITUTE, sector=sector, substitute_of_id=titular.pk)
        seats += [titular, substitute]
    return [*seats, Seat(pk=1, role=SeatRole.FACILITATOR)]


def in_seats(seats: Iterable[Seat]) -> list[SeatTerm]:
    return [SeatTerm(pk=seat.pk, seat=seat) for seat in seats]


@given(SECTORS, RULES, st.data())
def test_the_titular_acts_if_there_and_a_representation_counts_once(
    sectors: list[Sector], rules: Mechanism, data: st.DataObject
) -> None:
    seats = body_of(sectors)
    there = data.draw(st.sets(st.sampled_from([seat.pk for seat in seats])))
    places = places_of(seats, in_seats(seat for seat in seats if seat.pk in there))
    assert len(places) == len(sectors)
    for place in places:
        titular, substitute = place.seat.pk in there, place.seat.pk + 1 in there
        acting = place.acting.pk if place.acting else None
        assert acting == (place.seat.pk if titular else place.seat.pk + 1 if substitute else None)
    quorum = quorum_of(rules, places)
    assert quorum.present == len({pk // 2 for pk in there if pk > 1})
    assert quorum.seats == len(sectors)


@given(SECTORS, RULES, st.data())
def test_one_more_who_arrives_never_breaks_the_quorum(
    sectors: list[Sector], rules: Mechanism, data: st.DataObject
) -> None:
    seats = body_of(sectors)
    there = data.draw(st.sets(st.sampled_from([seat.pk for seat in seats])))
    newcomer = data.draw(st.sampled_from([seat.pk for seat in seats]))
    before = quorum_of(rules, places_of(seats, in_seats(seat for seat in seats if seat.pk in there)))
    after = quorum_of(rules, places_of(seats, in_seats(seat for seat in seats if seat.pk in there | {newcomer})))
    assert after.holds or not before.holds
    nobody = quorum_of(rules, places_of(seats, []))
    assert not nobody.holds
    everybody = quorum_of(rules, places_of(seats, in_seats(seats)))
    assert everybody.holds == (needed(rules, len(sectors)) <= len(sectors))


@given(RULES, st.sampled_from(DecisionWay), st.data())
def test_what_positions_decide(rules: Mechanism, way: DecisionWay, data: st.DataObject) -> None:
    seats = data.draw(st.integers(1, 9))
    present = data.draw(st.integers(0, seats))
    quorum = Quorum(seats, present, data.draw(st.integers(1, seats)))
    speaking = st.sets(st.integers(1, present), max_size=present) if present else st.just(set())
    said = {seat: data.draw(st.sampled_from(CHOICES[way])) for seat in sorted(data.draw(speaking))}
    result, why = outcome(rules, way, said, quorum)
    assert why.endswith(".")
    assert (result == Outcome.NO_QUORUM) == (present < quorum.needed)
    if result == Outcome.NO_QUORUM:
        return
    if way == DecisionWay.CONSENSUS:
        assert (result == Outcome.ADOPTED) == (len(said) == present and Choice.BLOCK not in said.values())
        return
    favour = sum(choice == Choice.FAVOUR for choice in said.values())
    against = sum(choice == Choice.AGAINST for choice in said.values())
    won = {
        Majority.SIMPLE: favour > against,
        Majority.ABSOLUTE: favour > seats / 2,
        Majority.TWO_THIRDS: favour >= present * 2 / 3,
    }
    assert (result == Outcome.ADOPTED) == won[Majority(rules.majority)]


@given(st.sampled_from([Choice.FAVOUR, Choice.AGAINST, Choice.ABSTAIN]))
def test_the_casting_vote_decides_a_tie(casting: Choice) -> None:
    rules = Mechanism(tie=TieRule.CASTING_VOTE, casting_seat_id=1)
    other = {Choice.FAVOUR: Choice.AGAINST, Choice.AGAINST: Choice.FAVOUR, Choice.ABSTAIN: Choice.ABSTAIN}[casting]
    result, why = outcome(rules, DecisionWay.VOTE, {1: casting, 2: other}, Quorum(2, 2, 2))
    assert "voto de calidad" in why
    assert (result == Outcome.ADOPTED) == (casting == Choice.FAVOUR)
    plain, said = outcome(Mechanism(), DecisionWay.VOTE, {1: casting, 2: other}, Quorum(2, 2, 2))
    assert plain == Outcome.REJECTED
    assert "el empate no aprueba" in said


@pytest.mark.parametrize(
    ("kind", "expected"), [(QuorumKind.MORE_THAN_HALF, [1, 2, 2, 3]), (QuorumKind.TWO_THIRDS, [1, 2, 2, 3])]
)
def test_what_the_rules_ask_for(kind: QuorumKind, expected: list[int]) -> None:
    assert [needed(Mechanism(quorum=kind), seats) for seats in (1, 2, 3, 4)] == expected
    assert needed(Mechanism(quorum=QuorumKind.ALL), 3) == 3
    assert needed(Mechanism(quorum=QuorumKind.NUMBER, quorum_number=5), 3) == 5
    assert needed(Mechanism(quorum=QuorumKind.TWO_THIRDS), 7) == 5
