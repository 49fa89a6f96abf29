"""A secretariat with everybody in their seats, for the tests of bodies and sessions, made by the verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from tests.cast import NOW, account, again

from tequio.accounts.enums import Sector
from tequio.governance.enums import BodyKind, Choice, Mode, SeatRole, SessionKind
from tequio.governance.workflows import (
    Asked,
    Holder,
    Meeting,
    Point,
    arrive,
    convene_session,
    decide,
    fill_seat,
    install_body,
    open_session,
    put_to_decision,
    take_position,
)

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Body, Proposal, Seat, SeatTerm, Session

SECTORS = (Sector.GUARANTOR, Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY)
ACT = "Acta de elección del sector"


@dataclass
class Secretariat:
    """A body with its seats by sector, and who runs it."""

    body: Body
    runner: User
    terms: dict[str, SeatTerm] = field(default_factory=dict)

    def seat(self, sector: Sector, role: SeatRole = SeatRole.TITULAR) -> Seat:
        return self.body.seats.get(sector=sector, role=role)

    def holder(self, name: str) -> User:
        """Return the account of a term, as the next request reads it."""
        found = self.terms[name].account
        assert found
        return again(found)

    def fill(self, name: str, seat: Seat, *, at: datetime = NOW) -> SeatTerm:
        person = account(f"{name}-{self.body.pk}")
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        holder = Holder(f"Persona {name}", "Cargo", account=person)
        self.terms[name] = fill_seat(seat, holder, act=ACT, by=again(self.runner), at=at)
        return self.terms[name]

    def convene(self, at: datetime = NOW, kind: SessionKind = SessionKind.INSTALLATION) -> Session:
        meeting = Meeting(at + timedelta(days=4), Mode.IN_PERSON, "Palacio municipal")
        return convene_session(self.body, kind, meeting, [Point("Lista de asistencia")], by=again(self.runner), at=at)

    def arrive(self, session: Session, *names: str, at: datetime) -> None:
        for name in names:
            arrive(session, self.terms[name], by=again(self.runner), at=at)

    def opened(self, *names: str, at: datetime = NOW, kind: SessionKind = SessionKind.INSTALLATION) -> Session:
        """Convene, let these arrive at its hour, and open."""
        session = self.convene(at, kind)
        assert session.starts_at
        self.arrive(session, *names, at=session.starts_at)
        return open_session(session, by=again(self.runner), at=session.starts_at)

    def put(self, session: Session, text: str = "Se aprueba.", **asked: object) -> Proposal:
        assert session.starts_at
        asked = {"text": text, **asked}
        return put_to_decision(session, Asked(**asked), by=again(self.runner), at=session.starts_at)

    def say(self, proposal: Proposal, name: str, choice: Choice = Choice.FAVOUR, reason: str = "") -> None:
        term = self.terms[name]
        at = proposal.put_at
        take_position(proposal, term, choice, reason=reason, version=1, by=self.holder(name), at=at)

    def settle(self, proposal: Proposal) -> Proposal:
        return decide(proposal, by=again(self.runner), at=proposal.put_at)

    def adopt(self, session: Session, *names: str, **asked: object) -> Proposal:
        """Put, let these agree, and close."""
        proposal = self.put(session, **asked)
        for name in names:
            self.say(proposal, name)
        return self.settle(proposal)


def secretariat(exercise: Exercise, runner: User, *, substitutes: bool = True) -> Secretariat:
    """Install a secretariat whose three sectors have titular and substitute (guarantor, public_bodies, …, and «-2»)."""
    body = install_body(
        exercise, BodyKind.SECRETARIAT, name="Secretariado", acronym="STM", sectors=SECTORS, by=again(runner), at=NOW
    )
    made = Secretariat(body, runner)
    for sector in SECTORS:
        made.fill(sector.value, made.seat(sector))
        if substitutes:
            made.fill(f"{sector.value}-2", made.seat(sector, SeatRole.SUBSTITUTE))
    return made
