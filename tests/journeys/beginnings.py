"""The beginnings of the exercise of 2019, by the product's verbs: declaration, calls, members, elections.

What the documents say is read from the pack; what they leave out is decided here, and says so.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tequio.accounts.enums import NoticeKey, OrganizationKind, RoleKind, Sector
from tequio.accounts.models import Jurisdiction, Organization, Post, User
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import CallKind, EventKind
from tequio.exercises.workflows import (
    Answer,
    CallTerms,
    accept_application,
    add_signatory,
    attach_signed_document,
    close_call,
    draft_call,
    open_exercise,
    plan_signing,
    publish_call,
    sign_declaration,
    submit_application,
    write_declaration,
)
from tequio.governance.enums import BodyKind, ElectionKind, Fills, SeatRole
from tequio.governance.queries.elections import winners_of
from tequio.governance.workflows import (
    Holder,
    Terms,
    add_candidate,
    cast_ballot,
    close_election,
    draft_election,
    fill_seat,
    install_body,
    open_election,
)
from tests.cast import account, again, read_notice
from tests.journeys.told import organization

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tequio.exercises.models import Call, Exercise
    from tequio.governance.models import Body, Election, Seat
    from tests.journeys.told import Told

SECTORS: Final = (Sector.GUARANTOR, Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY)
SOURCE: Final = "Primer Plan de Acción Local, «Integrantes del Secretariado Técnico Local»"
COMMISSIONERS: Final = 5
"""No document says how many they were; it names two."""


def moment(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """Return an instant of a day where the exercise is."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@dataclass
class Beginnings:
    """The exercise as it is made again, up to its representatives."""

    told: Told
    operator: User
    opened: date
    staff: User = field(init=False)
    exercise: Exercise = field(init=False)
    guarantor: Organization = field(init=False)
    people: dict[str, User] = field(default_factory=dict)

    def by(self) -> User:
        """Return the guarantor's staff as the next request reads them."""
        return again(self.staff)

    def who(self, day: date, hour: int = 12, minute: int = 0) -> dict[str, Any]:
        """Return who acts and when, as verbs ask."""
        return {"by": self.by(), "at": moment(day, hour, minute)}

    def person(self, name: str) -> User:
        """Return the account of a name, which says nothing of it."""
        if name not in self.people:
            self.people[name] = account(f"cuenta-{len(self.people) + 1}")
        return self.people[name]

    def open(self, day: date) -> None:
        """Open the exercise under its guarantor."""
        state = Jurisdiction.objects.get(parent=None)
        self.guarantor = Organization.objects.get(kind=OrganizationKind.GUARANTOR)
        self.staff = account("personal")
        grant_role(
            self.staff, Post(RoleKind.GUARANTOR_STAFF, self.guarantor), by=again(self.operator), at=moment(day, 9)
        )
        first, last = self.told.years
        self.exercise = open_exercise(state, name=self.told.name, first_year=first, last_year=last, **self.who(day))

    def declare(self, day: date) -> None:
        """Sign the declaration that starts the exercise."""
        told = self.told.event(EventKind.DECLARATION)
        document = next(row for row in self.told.documents if row["key"] == "declaracion-conjunta")
        write_declaration(self.exercise, document["title"], **self.who(day, 9))
        plan_signing(self.exercise, place=told["place"], act_on=day, **self.who(day, 9))
        signing = dict(zip(SECTORS, (self.guarantor.name, "Gobierno del Estado", "Sociedad civil"), strict=True))
        for sector, represents in signing.items():
            add_signatory(self.exercise, sector=sector, represents=represents, **self.who(day, 9))
        pdf = SimpleUploadedFile("declaracion.pdf", b"%PDF-1.7 firmada")
        attach_signed_document(self.exercise, pdf, **self.who(day, 13))
        sign_declaration(self.exercise, signed_on=day, **self.who(day, 13))

    def call(self, kind: CallKind, opens_on: date, last_day: date, sectors: tuple[Sector, ...]) -> Call:
        """Publish the call of a kind."""
        edges = moment(opens_on, 9), moment(last_day + timedelta(days=1), 0)
        terms = CallTerms(self.told.call(kind)["title"], "Bases", "Requisitos", sectors, *edges)
        call = draft_call(self.exercise, kind, terms, **self.who(opens_on, 8))
        return publish_call(call, **self.who(opens_on, 9))

    def call_members(self, day: date) -> None:
        """Call to take part, and let everybody whom the plan names answer."""
        last = self.told.call(CallKind.PARTICIPATION)["ends_on"]
        call = self.call(
            CallKind.PARTICIPATION, day, last, (Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY, Sector.CITIZENS)
        )
        for number, row in enumerate(self.told.members):
            answer = Answer(
                row["sector"], f"Persona {number}", row["published_name"], notice=read_notice(NoticeKey.REGISTRATION)
            )
            member = self.person(f"miembro {number}")
            submit_application(call, answer, by=again(member), at=moment(day + timedelta(days=number), 17))

    def accept_members(self, day: date) -> None:
        """Accept every answer, and say what came of the call."""
        call = self.exercise.calls.get(kind=CallKind.PARTICIPATION)
        for application in call.applications.order_by("submitted_at"):
            accept_application(application, **self.who(day, 10))
        close_call(call, outcome=self.told.call(CallKind.PARTICIPATION)["outcome"], **self.who(day, 11))

    def call_facilitator(self, day: date) -> None:
        """Call to facilitate; three answer, of whom the plan names one."""
        call = self.call(CallKind.FACILITATOR, day, day + timedelta(days=17), (Sector.CIVIL_SOCIETY, Sector.CITIZENS))
        for name in (self.named(SeatRole.FACILITATOR), "Segunda candidatura", "Tercera candidatura"):
            answer = Answer(
                Sector.CITIZENS, name, words="Experiencia y motivo.", notice=read_notice(NoticeKey.REGISTRATION)
            )
            sent = submit_application(call, answer, by=again(self.person(name)), at=moment(day + timedelta(days=3)))
            accept_application(sent, **self.who(day + timedelta(days=18), 10))
        outcome = self.told.call(CallKind.FACILITATOR)["outcome"]
        close_call(call, outcome=outcome, **self.who(day + timedelta(days=18), 11))

    def named(self, role: str, sector: str = "", *, place: int = 0) -> str:
        """Return the name that the plan gives a seat, or the one after it."""
        return str(self.term(role, sector, place=place)["published_name"])

    def term(self, role: str, sector: str = "", *, place: int = 0) -> dict[str, Any]:
        """Return what the plan says of who held a seat."""
        rows = [row for row in self.told.seats if (row["seat__role"], row["seat__sector"]) == (role, sector)]
        return rows[place]

    def elect(self, terms: Terms, candidates: Sequence[str], day: date) -> Election:
        """Call, vote and count an election in a day; the first of the ballot's names has the most votes."""
        election = draft_election(self.exercise, terms, **self.who(day - timedelta(days=1)))
        for name in candidates:
            add_candidate(election, name, has_consent=True, by=self.by())
        election = open_election(election, **self.who(day - timedelta(days=1))).election
        marks = {each.name: each.mark for each in election.candidates.all()}
        given = [marks[name] for name in candidates for _ in range(len(candidates) - list(candidates).index(name))]
        for number, entry in enumerate(election.roll.all()):
            assert entry.account
            cast_ballot(
                election,
                mark=given[number % len(given)],
                token=secrets.token_hex(16),
                by=again(entry.account),
                clock=partial(moment, day, 13),
            )
        return close_election(election, **self.who(day, 15))

    def elect_facilitator(self, day: date) -> None:
        """Let the guarantor's plenary elect; the plan names two of its members."""
        who = self.who(day - timedelta(days=2))
        plenary = install_body(
            self.exercise, BodyKind.PLENARY, name="Pleno", sectors=(Sector.GUARANTOR,) * COMMISSIONERS, **who
        )
        known = [self.named(role, Sector.GUARANTOR) for role in (SeatRole.TITULAR, SeatRole.SUBSTITUTE)]
        seats = plenary.seats.filter(role=SeatRole.TITULAR)
        for number, seat in enumerate(seats):
            name = known[number] if number < len(known) else f"Integrante {number + 1} del pleno"
            holder = Holder(name, organization=self.guarantor, account=again(self.person(name)))
            fill_seat(seat, holder, act="Integración del pleno", **who)
        call = self.exercise.calls.get(kind=CallKind.FACILITATOR)
        names = [each.person_name for each in call.applications.accepted().order_by("pk")]
        edges = moment(day, 10), moment(day, 15)
        election = self.elect(Terms(ElectionKind.FACILITATOR, "Quien facilita", *edges), names, day)
        body = install_body(
            self.exercise,
            BodyKind.SECRETARIAT,
            name="Secretariado Técnico Local",
            acronym="STL",
            sectors=SECTORS,
            **self.who(day, 16),
        )
        self.seat_winners(body, election, "", day)

    def elect_civil_society(self, day: date) -> None:
        """Let the registered organizations elect their titular and substitute."""
        names = [self.named(role, Sector.CIVIL_SOCIETY) for role in (SeatRole.TITULAR, SeatRole.SUBSTITUTE)]
        edges = moment(day, 10), moment(day, 15)
        terms = Terms(
            ElectionKind.REPRESENTATIVES,
            "Representantes de la sociedad civil",
            *edges,
            sector=Sector.CIVIL_SOCIETY,
            fills=Fills.BOTH,
        )
        self.elect(terms, names, day)

    def seat_winners(self, body: Body, election: Election, sector: str, day: date) -> None:
        """Seat whom an election elected."""
        for winner in winners_of(election):
            told = self.term(winner.role, sector)
            self.fill(body.seats.get(role=winner.role, sector=sector), {**told, "published_name": winner.name}, day, 16)

    def fill(self, seat: Seat, told: dict[str, Any], day: date, hour: int = 9) -> None:
        """Seat whom the plan names, in the post that it says."""
        name = told["published_name"]
        holder = Holder(name, told["post"], organization(told["organization__key"]), again(self.person(name)))
        fill_seat(seat, holder, act=SOURCE, **self.who(day, hour))
