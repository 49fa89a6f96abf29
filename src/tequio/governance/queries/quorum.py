"""Who acts for each seat of a session, whether there is quorum, and what the positions decide: no clock, no writes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.accounts.enums import Sector
from tequio.governance.enums import Choice, DecisionWay, Majority, Outcome, QuorumKind, SeatRole, TieRule
from tequio.governance.models import Mechanism, SeatTerm
from tequio.governance.queries.delegations import delegated_seats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from tequio.governance.models import Body, Presence, Seat, Session


@dataclass(frozen=True, slots=True)
class Quorum:
    """The seats with vote of a body, how many have somebody present, and how many must."""

    seats: int
    present: int
    needed: int
    absent_sectors: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether the body may decide."""
        return self.present >= self.needed and not self.absent_sectors

    @property
    def sentence(self) -> str:
        """Say it in words, with its denominator."""
        verdict = "Hay quórum" if self.holds else "No hay quórum"
        said = f"{verdict}: {self.present} de {self.seats} asientos con voto presentes; se piden {self.needed}."
        if self.absent_sectors:
            said += f" Falta un asiento de: {', '.join(self.absent_sectors)}."
        return said


@dataclass(frozen=True, slots=True)
class Place:
    """A representation in a session: the titular's seat, who of its two holders is there, and who goes first."""

    seat: Seat
    titular: SeatTerm | None
    substitute: SeatTerm | None
    is_delegated: bool = False

    @property
    def acting(self) -> SeatTerm | None:
        """Who speaks for it now: the titular if there, else the substitute; the other way while it is delegated."""
        return (self.substitute or self.titular) if self.is_delegated else (self.titular or self.substitute)


def rules_of(body: Body) -> Mechanism:
    """Return the mechanism in force, or the provisional rules of a body that has adopted none."""
    adopted = [each for each in body.mechanisms.all() if each.agreement_id]
    return max(adopted, key=lambda each: each.version, default=Mechanism(body=body))


def needed(rules: Mechanism, seats: int) -> int:
    """Return how many seats with vote must be present, of those there are; never none."""
    if rules.quorum == QuorumKind.NUMBER:
        return max(rules.quorum_number or 1, 1)
    of = {QuorumKind.TWO_THIRDS: -(-2 * seats // 3), QuorumKind.ALL: seats}
    return max(of.get(QuorumKind(rules.quorum), seats // 2 + 1), 1)


def places_of(
    seats: Iterable[Seat], present: Iterable[SeatTerm], delegated: Collection[int] = frozenset()
) -> list[Place]:
    """Return the representations of a body, each with whoever of its holders is present."""
    there = {term.seat_id: term for term in present}
    seats = list(seats)
    substitutes = {seat.substitute_of_id: seat.pk for seat in seats if seat.substitute_of_id}
    return [
        Place(seat, there.get(seat.pk), there.get(substitutes.get(seat.pk, 0)), seat.pk in delegated)
        for seat in seats
        if seat.role == SeatRole.TITULAR
    ]


def quorum_of(rules: Mechanism, places: Iterable[Place]) -> Quorum:
    """Return the quorum of a body with these places taken; a vacant seat still counts as one."""
    by_sector: defaultdict[str, list[bool]] = defaultdict(list)
    for place in places:
        by_sector[place.seat.sector].append(place.acting is not None)
    seats = sum(map(len, by_sector.values()))
    absent = tuple(str(Sector(name).label) for name, taken in by_sector.items() if not any(taken))
    present = sum(map(sum, by_sector.values()))
    return Quorum(seats, present, needed(rules, seats), absent if rules.every_sector else ())


def outcome(rules: Mechanism, way: str, said: Mapping[int, str], quorum: Quorum) -> tuple[Outcome, str]:
    """Return what the positions of the seats present decide, and the sentence that says why.

    By consensus each seat present speaks and none blocks; by vote the majority of the mechanism decides.
    """
    if not quorum.holds:
        return Outcome.NO_QUORUM, quorum.sentence
    choices = list(said.values())
    if way == DecisionWay.CONSENSUS:
        blocks = choices.count(Choice.BLOCK)
        if blocks:
            return Outcome.REJECTED, f"No hubo consenso: {blocks} de {quorum.present} asientos presentes bloquearon."
        if len(choices) < quorum.present:
            return Outcome.REJECTED, f"No hubo consenso: se pronunciaron {len(choices)} de {quorum.present} asientos."
        reserved = choices.count(Choice.RESERVATIONS)
        some = f", {reserved} con reservas" if reserved else ""
        return Outcome.ADOPTED, f"Por consenso de {quorum.present} asientos presentes{some}."
    return _voted(rules, said, quorum)


def _voted(rules: Mechanism, said: Mapping[int, str], quorum: Quorum) -> tuple[Outcome, str]:
    """Return what a vote decides."""
    choices = list(said.values())
    favour, against = choices.count(Choice.FAVOUR), choices.count(Choice.AGAINST)
    count = (
        f"{favour} a favor, {against} en contra y {quorum.present - favour - against} sin pronunciarse o abstenidos, "
        f"de {quorum.present} asientos presentes"
    )
    if rules.majority == Majority.ABSOLUTE:
        won = favour * 2 > quorum.seats
    elif rules.majority == Majority.TWO_THIRDS:
        won = favour * 3 >= quorum.present * 2
    else:
        won = favour > against
        if favour == against and rules.tie == TieRule.CASTING_VOTE and rules.casting_seat_id:
            won = said.get(rules.casting_seat_id) == Choice.FAVOUR
            count += "; decidió el voto de calidad"
        elif favour == against:
            count += "; el empate no aprueba"
    return (Outcome.ADOPTED if won else Outcome.REJECTED), f"Por votación: {count}."


def present_in(session: Session) -> list[SeatTerm]:
    """Return the terms of those who are in a session now."""
    here = session.presences.filter(left_at__isnull=True).select_related("term__seat", "term__account")
    return [presence.term for presence in here]


def places_in(session: Session) -> list[Place]:
    """Return the representations of a session's body, each with whoever of its holders is there now."""
    return places_of(session.body.seats.all(), present_in(session), delegated_in(session))


def delegated_in(session: Session) -> set[int]:
    """Return the titulars' seats for which the substitute answers on the day of a session."""
    return delegated_seats(session.body, session.starts_on) if session.starts_on else set()


def holders(body: Body, day: date) -> dict[int, SeatTerm]:
    """Return who holds each seat of a body on a day, by seat."""
    terms = SeatTerm.objects.held_on(day).filter(seat__body=body).select_related("seat", "account", "organization")
    return {term.seat_id: term for term in terms.order_by("order")}


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant of a session at which somebody came or went, and the quorum from then on."""

    at: datetime
    what: str
    quorum: Quorum


def turns(session: Session, rules: Mechanism, presences: Iterable[Presence]) -> list[Turn]:
    """Return the arrivals and departures of a session in order, each with the quorum that it left."""
    seats = list(session.body.seats.all())
    moves: list[tuple[datetime, int, Presence]] = []
    for presence in presences:
        moves.append((presence.arrived_at, 1, presence))
        if presence.left_at and presence.left_at != session.closed_at:
            moves.append((presence.left_at, 0, presence))
    here: dict[int, SeatTerm] = {}
    told = []
    for at, came, presence in sorted(moves, key=lambda move: move[:2]):
        if came:
            here[presence.term_id] = presence.term
        else:
            here.pop(presence.term_id, None)
        what = f"{'Llegó' if came else 'Salió'} {presence.term.published_name} ({presence.term.seat})"
        told.append(Turn(at, what, quorum_of(rules, places_of(seats, here.values()))))
    return told
