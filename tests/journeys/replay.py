"""The exercise of 2019 made again, day by day, by the product's own verbs: each with the instant of its act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tequio.accounts.enums import Sector
from tequio.exercises.enums import CallKind, EventKind, EventMode, PhaseState
from tequio.exercises.models import Exercise, Method
from tequio.exercises.queries.phases import needs_of
from tequio.exercises.workflows import (
    EXERCISE,
    EventDetails,
    adopt_method,
    finish_phase,
    hold_event,
    plan_event,
    publish_event,
    waive_requisite,
)
from tequio.governance.enums import BodyKind, Choice, ElectionKind, Mode, SeatRole, SessionKind
from tequio.governance.models import Agreement, Minutes
from tequio.governance.queries.quorum import holders
from tequio.governance.workflows import (
    Asked,
    Holder,
    Meeting,
    Point,
    Rules,
    arrive,
    close_session,
    convene_session,
    decide,
    designate_member,
    install_body,
    open_session,
    put_to_decision,
    take_position,
    widen_sector,
    write_mechanism,
)
from tests.cast import again
from tests.journeys.beginnings import SECTORS, Beginnings, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tequio.governance.models import Body, Session

ROUTE_DAY: Final = date(2019, 11, 12)
"""The Methodology says that the first session was in 2019, and not the day."""
METHODOLOGY_DAY: Final = date(2020, 6, 8)
RELIEVED: Final = date(2020, 12, 31)
"""The document says of a substitute «(2019-2020)», and no day."""
ORDINARY: Final = ("2020-01-22", "2020-03-11", "2020-08-19", "2020-10-21", "2020-12-09", "2021-02-17")
"""Six, as the plan counts; it gives no day."""
OPERATIVE: Final = (*(f"2020-{month:02}-05" for month in range(2, 11)), "2021-01-14", "2021-02-04")
"""Eleven, as the plan counts; its parenthesis adds up to twelve, nine of them in 2020."""


@dataclass
class Replay(Beginnings):
    """The exercise as it is made again, to its end."""

    def run(self) -> Exercise:
        """Do everything in the order of its days."""
        for day, act in sorted(self.agenda(), key=lambda step: step[0]):
            act(day)
        self.exercise.refresh_from_db()
        return self.exercise

    def agenda(self) -> list[tuple[date, Callable[[date], object]]]:
        """Return what was done, with its day."""
        told = self.told
        declared = told.event(EventKind.DECLARATION)["starts_on"]
        called, facilitated = told.call(CallKind.PARTICIPATION), told.event(EventKind.ELECTION)["starts_on"]
        chosen, installed = told.event(EventKind.TRAINING)["starts_on"], told.sessions[0]["starts_on"]
        acts: list[tuple[date, Callable[[date], object]]] = [
            (self.opened, self.open),
            (declared, self.declare),
            (called["starts_on"], self.call_members),
            (called["ends_on"] + timedelta(days=1), self.accept_members),
            (told.call(CallKind.FACILITATOR)["starts_on"] + timedelta(days=1), self.call_facilitator),
            (facilitated, self.elect_facilitator),
            (chosen, self.elect_civil_society),
            (installed, self.install),
            (ROUTE_DAY, self.first_session),
            (METHODOLOGY_DAY, self.methodology),
            (RELIEVED, self.relieve),
            (date(2021, 3, 22), self.widen),
            (date(2021, 12, 15), self.conclude),
        ]
        for kind, days in ((BodyKind.SECRETARIAT, ORDINARY), (BodyKind.OPERATIVE_GROUP, OPERATIVE)):
            acts += [(date.fromisoformat(day), partial(self.meet_again, kind)) for day in days]
        acts += [
            (row["starts_on"], partial(self.hold, row))
            for row in told.events
            if row["starts_precision"] == "day" and row["starts_on"] > declared
        ]
        return acts

    def install(self, day: date) -> None:
        """Seat the three sectors and hold the session of installation, which ends the Route's first phase."""
        body = self.exercise.bodies.get(kind=BodyKind.SECRETARIAT)
        self.seat_winners(body, self.exercise.elections.get(kind=ElectionKind.REPRESENTATIVES), SECTORS[2], day)
        for seat in body.seats.filter(sector__in=SECTORS[:2]):
            self.fill(seat, self.term(seat.role, seat.sector), day)
        self.meet(body, SessionKind.INSTALLATION, day, notice=0, texts=["Se instala el secretariado."])
        finish_phase(self.exercise.phases.standing().get(state=PhaseState.CURRENT), **self.who(day, 18))

    def meet(
        self,
        body: Body,
        kind: SessionKind,
        day: date,
        *,
        notice: int = 5,
        mode: Mode = Mode.IN_PERSON,
        texts: Sequence[str] = (),
        **first: Any,
    ) -> list[Agreement]:
        """Hold a session whole: notice, attendance, agreements by consensus (the minutes before it first), minutes."""
        meeting = Meeting(moment(day, 11), mode, "Sede" if mode == Mode.IN_PERSON else "", self.link(mode))
        convened = self.who(day - timedelta(days=notice), 10)
        session = convene_session(body, kind, meeting, [Point("Lista de asistencia")], **convened)
        there = [term for term in holders(body, day).values() if term.seat.role == SeatRole.TITULAR]
        for term in there:
            arrive(session, term, is_remote=mode == Mode.REMOTE, **self.who(day, 11))
        session = open_session(session, **self.who(day, 11, 10))
        waiting = Minutes.objects.filter(session__body=body, approved_at__isnull=True).order_by("pk")
        asked = [Asked(f"Se aprueba el acta: {each.session.name}.", minutes=each) for each in waiting]
        asked += [Asked(text, **(first if number == 0 else {})) for number, text in enumerate(texts)]
        adopted = [self.adopt(session, each, there, day) for each in asked]
        close_session(session, **self.who(day, 14))
        return adopted

    def link(self, mode: Mode) -> str:
        """Return where a session at a distance is."""
        return "" if mode == Mode.IN_PERSON else "https://example.mx/sesion"

    def adopt(self, session: Session, asked: Asked, there: Sequence[Any], day: date) -> Agreement:
        """Put a text, let each seat present speak for itself, and close the deliberation."""
        proposal = put_to_decision(session, asked, **self.who(day, 12))
        for term in there:
            by = again(term.account) if term.account else self.by()
            take_position(proposal, term, Choice.FAVOUR, version=1, by=by, at=moment(day, 12, 30))
        return decide(proposal, **self.who(day, 13)).agreement

    def first_session(self, day: date) -> None:
        """Approve the Route and the rules of the secretariat, and make its operative group."""
        body = self.exercise.bodies.get(kind=BodyKind.SECRETARIAT)
        text = next(row["title"] for row in self.told.documents if row["key"] == "mecanismo-gobernanza")
        rules = write_mechanism(body, text, Rules(), **self.who(day - timedelta(days=6)))
        texts = ["Se aprueba el mecanismo de gobernanza.", "Se aprueba la Ruta."]
        adopted = self.meet(body, SessionKind.SESSION, day, texts=texts, mechanism=rules)
        route = Method.objects.get(key="ruta-2019")
        adopt_method(self.exercise, route, agreement=str(adopted[-1]), current=2, **self.who(day, 15))
        install_body(self.exercise, BodyKind.OPERATIVE_GROUP, name="Grupo Operativo", **self.who(day, 16))
        for seat in body.seats.filter(role=SeatRole.TITULAR):
            holder = Holder(f"Representante de {seat.get_sector_display()}")
            designate_member(seat, holder, act="Oficio de designación", **self.who(day, 17))

    def meet_again(self, kind: BodyKind, day: date) -> None:
        """Hold one of the sessions of which the plan only says how many they were."""
        body = self.exercise.bodies.get(kind=kind)
        name = SessionKind.ORDINARY if kind == BodyKind.SECRETARIAT else SessionKind.MEETING
        self.meet(body, name, day, mode=Mode.REMOTE if day > date(2020, 3, 23) else Mode.IN_PERSON)

    def methodology(self, day: date) -> None:
        """Adopt the Methodology, from its second phase: the first was done by the Route."""
        body = self.exercise.bodies.get(kind=BodyKind.SECRETARIAT)
        adopted = self.meet(body, SessionKind.SESSION, day, mode=Mode.REMOTE, texts=["Se aprueba la Metodología."])
        method = Method.objects.get(key="metodologia-2020")
        adopt_method(self.exercise, method, agreement=str(adopted[-1]), current=2, **self.who(day, 15))

    def relieve(self, day: date) -> None:
        """Let the second holder of the public bodies' substitute seat take it."""
        body = self.exercise.bodies.get(kind=BodyKind.SECRETARIAT)
        seat = body.seats.get(role=SeatRole.SUBSTITUTE, sector=Sector.PUBLIC_BODIES)
        self.fill(seat, self.term(seat.role, seat.sector, place=1), day)

    def widen(self, day: date) -> None:
        """Call again for civil society, and widen the public bodies: no document says who took the new seats."""
        self.call(CallKind.SUBSTITUTE, day, day + timedelta(days=30), (Sector.CIVIL_SOCIETY,))
        body = self.exercise.bodies.get(kind=BodyKind.SECRETARIAT)
        widen_sector(
            body, Sector.PUBLIC_BODIES, act="Plan de Trabajo de la Comisión, avances de 2021", **self.who(day, 13)
        )

    def hold(self, told: dict[str, Any], day: date) -> None:
        """Announce an event ten days before, and hold it."""
        edges = moment(day, 11), moment(day, 14)
        details = EventDetails(
            kind=told["kind"],
            name=told["name"],
            starts_at=edges[0],
            ends_at=edges[1],
            mode=EventMode.IN_PERSON,
            place=told["place"] or "No consta",
        )
        event = plan_event(self.exercise, details, **self.who(day - timedelta(days=10)))
        publish_event(event, **self.who(day - timedelta(days=10)))
        hold_event(event, **self.who(day, 14))

    def conclude(self, day: date) -> None:
        """Give the phases that were left as done, and the exercise as concluded; what no document tells is waived."""
        current = self.exercise.phases.standing().filter(state=PhaseState.CURRENT).first()
        while current:
            for need in needs_of(current, day):
                if need.blocks:
                    key, why = need.requisite.key, "Ningún documento del ejercicio lo cuenta."
                    waive_requisite(current, key, reason=why, **self.who(day, 9))
            current = finish_phase(current, **self.who(day, 10))
        EXERCISE.run(self.exercise, "close", **self.who(day))
