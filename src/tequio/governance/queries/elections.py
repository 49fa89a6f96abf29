"""What is asked of elections: who is elected, the two public files, when pages change by themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Q, Subquery

from tequio.exercises.models import Exercise, Registration
from tequio.governance.enums import (
    OPEN_ELECTION,
    ElectionKind,
    ElectionState,
    Fills,
    SeatRole,
    TieBreak,
    WinningMajority,
)
from tequio.governance.models import Candidate, Election, RollEntry, SeatTerm, Turnout
from tequio.kernel.canonical import digest
from tequio.kernel.spanish import fold
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User

FEWEST_VOTES_SHOWN: Final = 5
"""Below, votes by candidate would tell how each voted: only who won is published, and the count is not kept."""
MAJORITIES: Final = {WinningMajority.SIMPLE.value: "simple", WinningMajority.ABSOLUTE.value: "absoluta"}
TIES: Final = {TieBreak.LOT.value: "sorteo", TieBreak.SECOND_ROUND.value: "segunda vuelta"}
"""What the public file calls the rules; the program that counts again reads these words."""


@dataclass(frozen=True)
class Winner:
    """Who was elected, to which seat, and whether by lot; `role` is empty in a poll."""

    name: str
    role: str
    registration: Registration | None
    by_lot: bool


def winners_of(election: Election) -> tuple[Winner, ...]:
    """Return who an election elected, in order, with those of its second round; nobody before the count."""
    if election.state != ElectionState.CLOSED:
        return ()
    placed = election.candidates.filter(place__isnull=False).select_related("registration__organization")
    found = [
        Winner(each.name, role_at(election, each.place or 0), each.registration, each.by_lot)
        for each in placed.order_by("place")
    ]
    later = Election.objects.filter(previous=election).select_related("exercise").first()
    return (*found, *(winners_of(later) if later else ()))


def role_at(election: Election, place: int) -> str:
    """Return the role of the seat that a place wins."""
    if election.kind == ElectionKind.POLL:
        return ""
    if election.kind == ElectionKind.FACILITATOR:
        return SeatRole.FACILITATOR
    if election.fills == Fills.BOTH:
        return SeatRole.TITULAR if place == 1 else SeatRole.SUBSTITUTE
    return SeatRole.TITULAR if election.fills == Fills.TITULAR else SeatRole.SUBSTITUTE


def ballot_of(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Return what a ballot says: each number with its name."""
    return {each.mark: each.name for each in candidates}


def votes_file(election: Election) -> bytes | None:
    """Return the public file of the votes, without voters, with all that a recount needs; none where they are few."""
    marks = election.urn.marks
    if marks is None:
        return None
    told = {
        "eleccion": election.code,
        "pregunta": election.question,
        "candidaturas": ballot_of(election.candidates.all()),
        "lugares": election.seats,
        "titular_y_suplente": election.fills == Fills.BOTH,
        "mayoria": MAJORITIES[election.majority],
        "empate": TIES[election.tie_rule],
        "semilla": election.seed,
        "padron": election.roll_size,
        "votos": marks,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def receipts_file(receipts: Iterable[str]) -> bytes:
    """Return the public file of the receipts, a line each, in the order of their letters."""
    return "".join(f"{receipt}\n" for receipt in receipts).encode()


def candidates_named(name: str, exercise: int) -> QuerySet[Candidate]:
    """Return the candidates of an exercise's elections who have a name; who wrote it may have left out an accent."""
    found = Candidate.objects.filter(election__exercise=exercise).exclude(election__kind=ElectionKind.POLL)
    same = [number for number, known in found.values_list("pk", "name") if name and fold(known) == fold(name)]
    return Candidate.objects.filter(pk__in=same).select_related("election")


def ballot_sha256(candidates: Iterable[Candidate]) -> str:
    """Return the fingerprint of a ballot, which the record keeps from the call."""
    return digest(ballot_of(candidates))


def accounts_called(election: Election, day: date) -> set[int]:
    """Return the accounts that a call would put on the roll: the sector's members, or the plenary's titulars."""
    if election.kind == ElectionKind.FACILITATOR:
        held = SeatTerm.objects.held_on(day).filter(seat__body=election.body)
        titulars = held.filter(seat__role=SeatRole.TITULAR, account__is_active=True)
        return {number for number in titulars.values_list("account", flat=True) if number}
    members = Registration.objects.filter(exercise=election.exercise, sector=election.sector, account__is_active=True)
    return {number for number in members.values_list("account", flat=True) if number}


def has_voted(entry: RollEntry) -> bool:
    """Say whether the right to vote was used."""
    return entry.pk in Turnout.objects.get(election=entry.election_id).voted


def elections_asking(account: User, at: datetime) -> QuerySet[Election]:
    """Return the elections that are open with the account on the roll, and the second rounds that it may call."""
    entry = RollEntry.objects.filter(election=OuterRef("pk"), account=account).values("pk")[:1]
    votes = Q(entry__isnull=False, state=ElectionState.CALLED, opens_at__lte=at, closes_at__gt=at)
    calls = Q(state=ElectionState.DRAFT, previous__isnull=False, exercise__in=Exercise.objects.run_by(account))
    found = Election.objects.annotate(entry=Subquery(entry)).filter(votes | calls)
    related = found.select_related("exercise__jurisdiction", "turnout").prefetch_related("exercise__guarantor_terms")
    return related.order_by("closes_at", "pk")


def elections_to_vote(asking: Iterable[Election]) -> list[Election]:
    """Return, of the elections that ask something of an account, those in which it may vote now and has not."""
    called = [each for each in asking if each.state == ElectionState.CALLED]
    return [each for each in called if vars(each)["entry"] not in each.turnout.voted]


def second_rounds_to_call(asking: Iterable[Election], account: User) -> list[Election]:
    """Return, of them, the second rounds that a count asked for and that the account may call."""
    return [each for each in asking if each.state == ElectionState.DRAFT and account.has_perm(OPEN_ELECTION, each)]


def status_at(election: Election, instant: datetime) -> str:
    """Return how an election stands, in the one vocabulary of states."""
    if election.state == ElectionState.ANNULLED:
        return "Anulada"
    if election.state == ElectionState.CLOSED:
        return "Cerrada"
    if election.state == ElectionState.DRAFT:
        return "Por iniciar"
    moment = election.window.state_at(instant)
    return {WindowState.UPCOMING: "Próxima", WindowState.OPEN: "Abierta"}.get(moment, "Cerrada")


def next_edge(elections: Iterable[Election], instant: datetime) -> datetime | None:
    """Return the next instant at which one of them opens or closes."""
    edges = [edge for each in elections if (edge := each.window.next_change(instant))]
    return min(edges, default=None)
