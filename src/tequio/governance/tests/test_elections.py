"""An election from its draft to its result: who may do what, and each refusal in its own sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.exercises.models import Exercise
from tequio.exercises.workflows import REPLACE_EXERCISE
from tequio.governance.enums import ElectionKind, ElectionState, Fills, SeatRole, TieBreak, WinningMajority
from tequio.governance.models import Election, RollEntry, Turnout, Urn
from tequio.governance.queries.elections import elections_asking, elections_to_vote, winners_of
from tequio.governance.tasks import count_elections, tell_of_elections
from tequio.governance.tests.voters import called, drafted, members, over, terms, token, vote
from tequio.governance.workflows import (
    add_candidate,
    annul_election,
    cast_ballot,
    close_due_elections,
    close_election,
    discard_election,
    draft_election,
    open_election,
    remove_candidate,
    revise_election,
    tell_rolls,
)
from tequio.kernel.duties import owed_by
from tequio.kernel.ledger import ledger_lines, verify
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.objections import hear_objections
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-06")]


def mark_of(election: Election, name: str) -> str:
    return election.candidates.get(name=name).mark


def test_a_sector_elects_titular_and_substitute(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 6)
    election = called(exercise, liaison)
    ana, beatriz = (mark_of(election, name) for name in ("Ana Ávila", "Beatriz Niño"))
    receipts = {
        vote(election, person, mark) for person, mark in zip(voters, [ana] * 3 + [beatriz, beatriz], strict=False)
    }
    at = over(election)
    result = close_election(election, by=again(liaison), at=at)
    assert [(each.name, each.role) for each in winners_of(result)] == [
        ("Ana Ávila", SeatRole.TITULAR),
        ("Beatriz Niño", SeatRole.SUBSTITUTE),
    ]
    assert (result.roll_size, result.ballots, result.blanks) == (6, 5, 0)
    assert (set(result.urn.receipts), len(receipts)) == (receipts, 5)
    told = LedgerEntry.objects.get(kind="governance.election_counted").payload
    assert {each["sha256"] for each in told["files"]} == {result.votes_sha256, result.receipts_sha256}
    assert list(verify(ledger_lines())) == []
    assert close_election(election, by=again(liaison), at=at).counted_at == at


def test_others_prepare_call_close_and_annul_nothing(
    cast: dict[str, User], visitor: AnonymousUser, exercise: Exercise, other_exercise: Exercise
) -> None:
    members(exercise, 3)
    draft, live = drafted(exercise, cast["liaison"]), called(exercise, cast["liaison"])
    others = [again(person) for part, person in cast.items() if part not in {"guarantor_staff", "liaison"}]
    for by in (visitor, *others):
        for attempt in (
            lambda by=by: draft_election(exercise, terms(), by=by, at=NOW),
            lambda by=by: revise_election(draft, terms(), by=by, at=NOW),
            lambda by=by: discard_election(draft, by=by),
            lambda by=by: add_candidate(draft, "Otra", has_consent=True, by=by),
            lambda by=by: remove_candidate(draft.candidates.all()[0], by=by),
            lambda by=by: open_election(draft, by=by, at=NOW),
            lambda by=by: close_election(live, by=by, at=NOW),
            lambda by=by: annul_election(live, reason="Porque sí.", by=by, at=NOW),
        ):
            with pytest.raises(Refused, match="no puede"):
                attempt()
    with pytest.raises(Refused, match="Solo puede el órgano garante"):
        annul_election(live, reason="Me conviene.", by=again(cast["liaison"]), at=NOW)
    with pytest.raises(Refused, match="no puede preparar"):
        draft_election(other_exercise, terms(), by=again(cast["liaison"]), at=NOW)
    assert draft.candidates.count() == 3
    assert {each.state for each in Election.objects.all()} == {ElectionState.DRAFT, ElectionState.CALLED}


def test_who_is_not_on_the_roll_does_not_vote(
    exercise: Exercise, other_exercise: Exercise, liaison: User, stranger: User, visitor: AnonymousUser
) -> None:
    members(exercise, 3)
    far, citizen = members(other_exercise, 1)[0], members(exercise, 1, sector=Sector.PUBLIC_BODIES)[0]
    election = called(exercise, liaison)
    late = members(exercise, 1, start=9)[0]
    for person in (far, citizen, late, liaison, stranger, visitor):
        with pytest.raises(Refused, match="no está en el padrón"):
            cast_ballot(election, mark="01", token=token(), by=person)
    assert Turnout.objects.get().voted == []


def test_one_votes_once_and_the_same_request_has_the_same_answer(exercise: Exercise, liaison: User) -> None:
    voter, *_ = members(exercise, 3)
    election = called(exercise, liaison)
    ours = token()
    receipt = cast_ballot(election, mark="01", token=ours, by=voter)
    assert cast_ballot(election, mark="01", token=ours, by=again(voter)) == receipt
    assert cast_ballot(election, mark="02", token=ours, by=again(voter)) == receipt  # nothing tells which it was
    with pytest.raises(Refused, match="Ya votaste"):
        cast_ballot(election, mark="02", token=token(), by=voter)
    over(election)
    assert cast_ballot(election, mark="01", token=ours, by=voter) == receipt
    assert close_due_elections(at=timezone.now()) == 1
    assert cast_ballot(election, mark="01", token=ours, by=voter) == receipt
    with pytest.raises(Refused, match="Ya votaste"):
        cast_ballot(election, mark="01", token=token(), by=voter)
    assert Election.objects.get().ballots == 1


def test_a_receipt_is_of_one_ballot(exercise: Exercise, liaison: User) -> None:
    first, second, _ = members(exercise, 3)
    election, ours = called(exercise, liaison), token()
    cast_ballot(election, mark="01", token=ours, by=first)
    for stale in (ours, "", "x" * 32):
        with pytest.raises(Refused, match="venció"):
            cast_ballot(election, mark="01", token=stale, by=second)
    with pytest.raises(Refused, match="de la boleta"):
        cast_ballot(election, mark="04", token=token(), by=second)
    assert cast_ballot(election, mark="00", token=token(), by=second)


def test_the_databases_clock_decides(exercise: Exercise, liaison: User) -> None:
    early, late, other = members(exercise, 3)
    election = called(exercise, liaison)
    at = timezone.now()
    Election.objects.update(opens_at=at + timedelta(minutes=5))
    with pytest.raises(Refused, match=r"La votación abre el \d\d/\d\d/\d{4} a las \d\d:\d\d h"):
        vote(election, early, "01")
    Election.objects.update(roll_size=0)
    with pytest.raises(Refused, match="todavía no abre"):
        close_election(election, by=again(liaison), at=at)
    Election.objects.update(opens_at=at - timedelta(minutes=5), roll_size=3)
    vote(election, early, "01")
    with pytest.raises(Refused, match="sigue abierta"):
        close_election(election, by=again(liaison), at=at + timedelta(days=9))
    over(election)
    with pytest.raises(Refused, match=r"cerró el .* no se contó"):
        vote(election, late, "01")
    close_election(election, by=again(liaison), at=at)
    with pytest.raises(Refused, match="cerró el"):
        vote(election, other, "01")


def test_it_is_counted_before_its_close_when_everybody_voted(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 3)
    election = called(exercise, liaison)
    for person in voters:
        vote(election, person, "01")
    assert close_election(election, by=again(liaison), at=timezone.now()).ballots == 3


def test_an_annulled_election_says_why_and_counts_nothing(
    exercise: Exercise, liaison: User, guarantor_staff: User
) -> None:
    voter, other, _ = members(exercise, 3)
    election = called(exercise, liaison)
    vote(election, voter, "01")
    with pytest.raises(Refused, match="el motivo se publica"):
        annul_election(election, reason=" ", by=again(guarantor_staff), at=NOW)
    annul_election(election, reason="El padrón estaba incompleto.", by=again(guarantor_staff), at=NOW)
    assert annul_election(election, reason="Otra.", by=again(guarantor_staff), at=NOW).annulment.startswith("El padrón")
    assert bytes(Urn.objects.get().sealed) == b""
    with pytest.raises(Refused, match="se anuló"):
        vote(election, other, "01")
    with pytest.raises(Refused, match="no está en votación"):
        close_election(election, by=again(liaison), at=NOW)
    assert LedgerEntry.objects.get(kind="governance.election_annulled").payload == {
        "reason": "El padrón estaba incompleto."
    }
    assert winners_of(election) == ()


def test_what_cannot_be_called_says_what_is_missing(exercise: Exercise, liaison: User) -> None:
    by = again(liaison)
    few = drafted(exercise, liaison)
    with pytest.raises(Refused, match=r"El padrón tiene 0 .* hacen falta 3"):
        open_election(few, by=by, at=NOW)
    members(exercise, 3)
    alone = drafted(exercise, liaison, names=["Ana Ávila"])
    with pytest.raises(Refused, match=r"tiene 1 y hacen falta 2 .* candidatura única"):
        open_election(alone, by=by, at=NOW)
    with pytest.raises(Refused, match="hacen falta 1"):
        open_election(drafted(exercise, liaison, names=[], accepts_single=True), by=by, at=NOW)
    with pytest.raises(Refused, match="cierre ya pasó"):
        open_election(few, by=by, at=NOW + timedelta(days=9))
    Exercise.objects.filter(pk=exercise.pk).update(state="closed")
    with pytest.raises(Refused, match="no está en curso"):
        open_election(few, by=by, at=NOW)
    assert not RollEntry.objects.exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"question": "  "}, "Escribe qué se elige"),
        ({"sector": ""}, "Elige el sector"),
        ({"fills": "x"}, "Elige el sector"),
        ({"closes_at": NOW - timedelta(hours=2)}, "después de abrir"),
        ({"seats": 2, "fills": Fills.TITULAR, "majority": WinningMajority.ABSOLUTE}, "un solo lugar"),
        ({"seats": 0, "fills": Fills.TITULAR}, "un solo lugar"),
        ({"kind": ElectionKind.FACILITATOR}, "no tiene registrado el pleno"),
    ],
)
def test_terms_that_no_election_can_have(
    exercise: Exercise, guarantor_staff: User, other: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        draft_election(exercise, terms(**other), by=again(guarantor_staff), at=NOW)
    assert not Election.objects.exists()


def test_a_draft_changes_and_goes_until_it_is_called(exercise: Exercise, liaison: User) -> None:
    by = again(liaison)
    members(exercise, 3)
    draft = drafted(exercise, liaison)
    with pytest.raises(Refused, match="Sin su autorización"):
        add_candidate(draft, "Dora", by=by)
    assert add_candidate(draft, " Ana  Ávila ", has_consent=True, by=by) == draft.candidates.get(name="Ana Ávila")
    with pytest.raises(Refused, match="ya está en la boleta"):
        add_candidate(draft, "Ana Ávila", presentation="Otra", has_consent=True, by=by)
    with pytest.raises(Refused, match="201 letras; caben 200"):
        add_candidate(draft, "n" * 201, has_consent=True, by=by)
    with pytest.raises(Refused, match="son de otro sector"):
        revise_election(draft, terms(sector=Sector.CITIZENS), by=by, at=NOW)
    with pytest.raises(Refused, match="clase de elección no cambia"):
        revise_election(draft, terms(kind=ElectionKind.POLL), by=by, at=NOW)
    assert revise_election(draft, terms(question="Otra  pregunta"), by=by, at=NOW).question == "Otra pregunta"
    stray = draft.candidates.get(name="Carlos Peña")
    remove_candidate(stray, by=by)
    open_election(draft, by=by, at=NOW)
    for attempt in (
        lambda: revise_election(draft, terms(), by=by, at=NOW),
        lambda: add_candidate(draft, "Eva", has_consent=True, by=by),
        lambda: remove_candidate(draft.candidates.all()[0], by=by),
        lambda: discard_election(draft, by=by),
        lambda: open_election(draft, by=by, at=NOW),
    ):
        with pytest.raises(Refused, match="ya se convocó"):
            attempt()
    spare = drafted(exercise, liaison)
    discard_election(spare, by=by)
    with pytest.raises(Refused, match="ya se descartó"):
        discard_election(spare, by=by)
    assert Election.objects.get() == draft


def test_a_tie_goes_to_a_second_round_of_the_same_roll(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 5)
    election = called(exercise, liaison, tie_rule=TieBreak.SECOND_ROUND)
    ana, beatriz, carlos = (mark_of(election, name) for name in ("Ana Ávila", "Beatriz Niño", "Carlos Peña"))
    for person, mark in zip(voters, [ana, ana, ana, beatriz, carlos], strict=True):
        vote(election, person, mark)
    close_election(election, by=again(liaison), at=timezone.now())
    second = Election.objects.get(previous=election)
    assert (second.fills, second.seats, second.tie_rule) == (Fills.SUBSTITUTE, 1, TieBreak.LOT)
    assert {each.name for each in second.candidates.all()} == {"Beatriz Niño", "Carlos Peña"}
    members(exercise, 2, start=20)
    owed = {person: owed_by(again(person), timezone.now()).duties for person in (liaison, voters[0])}
    asked = {person for person, found in owed.items() if f"governance.call_second_round:{second.code}" in str(found)}
    assert asked == {liaison}
    open_election(second, by=again(liaison), at=timezone.now())
    assert {each.account for each in second.roll.all()} == set(voters)
    Election.objects.filter(pk=second.pk).update(opens_at=NOW - timedelta(hours=1))
    for person in voters:
        vote(second, person, mark_of(second, "Carlos Peña"))
    close_election(second, by=again(liaison), at=timezone.now())
    election.refresh_from_db()
    assert [(each.name, each.role) for each in winners_of(election)] == [
        ("Ana Ávila", SeatRole.TITULAR),
        ("Carlos Peña", SeatRole.SUBSTITUTE),
    ]


def test_a_single_candidate_wins_more_votes_than_the_blank_ones(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 5)
    for blanks, elected in ((3, 0), (2, 1)):
        election = called(exercise, liaison, names=["Ana Ávila"], accepts_single=True, fills=Fills.TITULAR)
        for number, person in enumerate(voters):
            vote(election, person, "00" if number < blanks else "01")
        assert len(winners_of(close_election(election, by=again(liaison), at=timezone.now()))) == elected


def test_few_votes_say_who_won_and_no_more(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 4)
    election = called(exercise, liaison)
    for person in voters:
        vote(election, person, "01")
    result = close_election(election, by=again(liaison), at=timezone.now())
    assert [each.name for each in winners_of(result)] == [result.candidates.get(position=1).name]
    assert {each.votes for each in result.candidates.all()} == {None}
    assert (result.blanks, result.votes_sha256, result.urn.marks) == (None, "", None)
    told = LedgerEntry.objects.get(kind="governance.election_counted").payload
    assert told["votes"] is None
    assert [each["name"] for each in told["files"]] == ["comprobantes.txt"]


def test_the_roll_is_told_alike_whoever_voted(exercise: Exercise, liaison: User) -> None:
    voters = members(exercise, 5)
    election = called(exercise, liaison)
    assert [tell_rolls(at=NOW), tell_rolls(at=NOW)] == [1, 0]
    told = OutboxMessage.objects.filter(subject__startswith="Puedes votar")
    assert {each.recipient for each in told} == {person.email for person in voters}
    before = OutboxMessage.objects.count()
    vote(election, voters[0], "01")
    assert OutboxMessage.objects.count() == before
    over(election)
    assert [count_elections.func(), tell_of_elections.func()] == [1, 1]
    assert OutboxMessage.objects.count() == before + len(voters)
    Election.objects.update(told="")  # a worker died before it could say that it told them
    assert tell_rolls(at=timezone.now()) == 1
    assert OutboxMessage.objects.count() == before + len(voters)


def test_what_one_has_to_vote(exercise: Exercise, liaison: User, stranger: User) -> None:
    voter, *_ = members(exercise, 3)
    election, at = called(exercise, liaison), timezone.now()
    owed = [each for each in owed_by(voter, at).duties if each.key == f"governance.vote:{election.code}"]
    assert [(each.address, each.due_at) for each in owed] == [
        (f"{election.get_absolute_url()}votar/", election.closes_at)
    ]
    assert elections_to_vote(elections_asking(stranger, at)) == []
    vote(election, voter, "01")
    assert elections_to_vote(elections_asking(voter, at)) == []


def test_an_exercise_with_elections_is_not_replaced(exercise: Exercise, liaison: User) -> None:
    hear_objections(REPLACE_EXERCISE, slug=exercise.slug)
    drafted(exercise, liaison)
    with pytest.raises(Refused, match="tiene 1 elecciones"):
        hear_objections(REPLACE_EXERCISE, slug=exercise.slug)
