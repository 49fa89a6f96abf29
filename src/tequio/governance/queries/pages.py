"""What the pages of bodies and sessions show, each in few questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, OuterRef, Q

from tequio.exercises.models import Exercise
from tequio.governance.enums import BODY_WORDS, AgreementStatus, BodyKind, Outcome, SeatRole, SessionState
from tequio.governance.models import Agreement, Body, Mechanism, Seat, Session
from tequio.governance.queries.delegations import answering
from tequio.governance.queries.minutes import KIND, compile_minutes, hour, whole_session
from tequio.governance.queries.quorum import places_of, quorum_of, rules_of
from tequio.kernel.along import read_along
from tequio.kernel.editions import current

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.governance.models import Delegation, Programme, Proposal, SeatTerm
    from tequio.governance.queries.quorum import Place, Quorum
    from tequio.kernel.models import EditionFile

KINDS: Final = {word: kind for kind, word in BODY_WORDS.items()}
"""The kind of body that each word of an address names."""


def exercise_seen(slug: str, viewer: User | AnonymousUser | None) -> Exercise | None:
    """Return an exercise that a viewer may see, with its place, or nothing."""
    return Exercise.objects.visible_to(viewer).select_related("jurisdiction").filter(slug=slug).first()


def body_seen(slug: str, word: str, viewer: User | AnonymousUser | None) -> Body | None:
    """Return the body of an exercise that a viewer may see by the word of its address, or nothing."""
    seen = Exercise.objects.visible_to(viewer).filter(slug=slug)
    found = Body.objects.filter(exercise__in=seen, kind=KINDS.get(word, ""))
    return next(iter(read_along(found, "exercise__jurisdiction", "exercise__guarantor_terms")), None)


def seat_seen(slug: str, word: str, order: int, viewer: User | AnonymousUser | None) -> Seat | None:
    """Return a seat of such a body by its order, or nothing."""
    seen = Exercise.objects.visible_to(viewer).filter(slug=slug)
    found = Seat.objects.filter(body__exercise__in=seen, body__kind=KINDS.get(word, ""), order=order)
    parts = ("body__exercise__jurisdiction", "body__exercise__guarantor_terms", "represents__body__exercise")
    return next(iter(read_along(found, *parts)), None)


def sessions_seen(exercise: Exercise) -> QuerySet[Session]:
    """Return the sessions of an exercise's bodies, the latest first, with how many agreements each reached."""
    adopted = Count("proposals", filter=Q(proposals__outcome=Outcome.ADOPTED))
    found = Session.objects.filter(body__exercise=exercise).select_related("body", "record").annotate(adopted=adopted)
    return found.order_by("-starts_at", "-starts_on", "body", "-order")


def session_seen(slug: str, number: int, viewer: User | AnonymousUser | None) -> Session | None:
    """Return a session convened here that a viewer may see, or nothing."""
    found = Session.objects.visible_to(viewer).filter(body__exercise__slug=slug, number=number)
    return found.select_related("body__exercise__jurisdiction", "record__agreement__body__exercise").first()


def minutes_told(session: Session) -> dict[str, Any]:
    """Return what the page of a session tells: its approved minutes as they were frozen, else what is noted so far."""
    record = getattr(session, "record", None)
    edition = current(KIND, session.key) if record and record.approved_at else None
    return edition.content if edition else compile_minutes(session)


def minutes_document(session: Session) -> EditionFile | None:
    """Return the document of a session's approved minutes, or nothing while it is being made."""
    record = getattr(session, "record", None)
    edition = current(KIND, session.key) if record and record.approved_at else None
    return edition.files.filter(name="acta.pdf").first() if edition else None


def agreements_seen(exercise: Exercise) -> QuerySet[Agreement]:
    """Return the agreements of an exercise's bodies, the latest first."""
    found = Agreement.objects.filter(body__exercise=exercise)
    return found.select_related("body__exercise", "proposal__session", "proposal__owner").order_by("-adopted_at")


def agreement_seen(slug: str, code: str, viewer: User | AnonymousUser | None) -> Agreement | None:
    """Return an agreement by the code of its address, or nothing."""
    word, _, rest = code.rpartition("-")
    word, _, year = word.rpartition("-")
    if word not in KINDS or not (year.isdecimal() and rest.isdecimal() and len(year + rest) <= len("2026-99999")):
        return None
    found = Agreement.objects.visible_to(viewer).filter(
        body__exercise__slug=slug, body__kind=KINDS[word], year=int(year), number=int(rest)
    )
    related = ("body__exercise", "proposal__owner", "proposal__session__body__exercise", "cancelled_by__body__exercise")
    return found.select_related(*related).first()


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat with who holds it today, and whether they are in the session."""

    seat: Seat
    term: SeatTerm | None
    is_here: bool = False
    is_acting: bool = False
    will_come: bool | None = None
    delegation: Delegation | None = None

    @property
    def confirmed(self) -> str:
        """What they said before the session, or nothing."""
        return "" if self.will_come is None else "sí" if self.will_come else "no"


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with its seats, rules and next sessions, for whoever runs it."""

    body: Body
    chairs: list[Chair]
    rules: Mechanism
    drafts: list[Mechanism | Programme]
    sessions: list[Session]
    drafted: list[Session]
    pending: list[Agreement]

    @property
    def vacant(self) -> int:
        """How many seats nobody holds."""
        return sum(chair.term is None for chair in self.chairs)


def bodies_to_run(exercise: Exercise, day: date) -> list[BodyRow]:
    """Return the bodies of an exercise with what whoever runs them needs, in as many queries for one as for many."""
    read = ("seats__terms", answering(day, "seats__terms__"), "mechanisms", "programmes")
    bodies = read_along(exercise.bodies.all(), *read)
    live = Q(state__in=(SessionState.CONVENED, SessionState.OPEN)) | Q(record__isnull=False, record__approved_at=None)
    sessions = Session.objects.convened_here().filter(live, body__exercise=exercise).select_related("record")
    waiting = list(sessions.order_by("starts_at"))
    pending = list(pending_agreements(Agreement.objects.filter(body__exercise=exercise)))
    return [
        BodyRow(
            body,
            [chair_of(seat, day) for seat in body.seats.all()],
            rules_of(body),
            _not_adopted(body),
            [each for each in waiting if each.body_id == body.pk and each.state != SessionState.CLOSED],
            [each for each in waiting if each.body_id == body.pk and each.state == SessionState.CLOSED],
            [each for each in pending if each.body_id == body.pk],
        )
        for body in bodies
    ]


def chair_of(seat: Seat, day: date) -> Chair:
    """Return a seat with who holds it and for which days to come they have said that the substitute answers."""
    term = holder(seat, day)
    said = [each for each in vars(term)["answered"] if each.last_on >= day] if term else []
    return Chair(seat, term, delegation=next(iter(said), None))


def holder(seat: Seat, day: date) -> SeatTerm | None:
    """Return who holds a seat on a day, of the terms that were read with it."""
    return next((term for term in reversed(seat.terms.all()) if term.holds_on(day)), None)


def _not_adopted(body: Body) -> list[Mechanism | Programme]:
    """Return what a body wrote and no session has adopted."""
    found: list[Mechanism | Programme] = [each for each in body.mechanisms.all() if not each.agreement_id]
    found.extend(each for each in body.programmes.all() if not each.agreement_id)
    return found


@dataclass(frozen=True, slots=True)
class LivePage:
    """A session under way, as whoever opens it sees it."""

    session: Session
    rules: Mechanism
    quorum: Quorum
    chairs: list[Chair]
    places: list[Place]
    mine: list[Chair]
    deliberated: Proposal | None
    decided: list[Proposal]

    @property
    def said(self) -> list[tuple[Place, Any]]:
        """Each representation with its position on the text under deliberation, if it took one."""
        if self.deliberated is None:
            return []
        positions = {position.seat_id: position for position in self.deliberated.positions.all()}
        return [(place, positions.get(place.seat.pk)) for place in self.places]

    @property
    def speaking(self) -> Chair | None:
        """The viewer's seat that may speak now, or nothing."""
        return next((chair for chair in self.mine if chair.is_acting and chair.seat.role != SeatRole.FACILITATOR), None)

    @property
    def aloud(self) -> list[Chair]:
        """The seats whose acting holder has no account: whoever conducts writes down what they say."""
        return [chair for chair in self.chairs if chair.is_acting and chair.term and chair.term.account_id is None]

    @property
    def saved(self) -> str:
        """When the notes were last saved."""
        return hour(self.session.notes_saved_at)


def live_page(session: Session, viewer: User | AnonymousUser, day: date) -> LivePage:
    """Return a session under way, as it stands now."""
    on = session.starts_on or day
    hung = ("body__seats__terms", answering(on, "body__seats__terms__"), "body__programmes", "confirmations")
    session = whole_session(session, *hung)
    seats, rules = session.body.seats.all(), rules_of(session.body)
    present = [presence.term for presence in session.presences.all() if presence.left_at is None]
    places = places_of(seats, present, delegated_among(seats, on))
    here = {term.pk for term in present}
    said = {each.term_id: each.will_come for each in session.confirmations.all()}
    acting = {place.acting.pk for place in places if place.acting}
    chairs = [
        Chair(seat, term, term.pk in here, term.pk in acting, said.get(term.pk)) if term else Chair(seat, None)
        for seat in seats
        for term in [holder(seat, day)]
    ]
    proposals = session.proposals.all()
    return LivePage(
        session,
        rules,
        quorum_of(rules, places),
        chairs,
        places,
        [chair for chair in chairs if chair.term and chair.term.account_id == viewer.pk],
        next((proposal for proposal in proposals if proposal.outcome == Outcome.OPEN), None),
        [proposal for proposal in proposals if proposal.outcome != Outcome.OPEN],
    )


def delegated_among(seats: Iterable[Seat], day: date) -> set[int]:
    """Return the titulars' seats for which the substitute answers on a day, of those read with their delegations."""
    said = ((seat, each) for seat in seats for term in seat.terms.all() for each in vars(term)["answered"])
    return {seat.pk for seat, each in said if each.covers(day)}


def last_session_day(exercise: Exercise) -> date | None:
    """Return the day of the last session that the secretariat of an exercise held, as far as is known."""
    return session_days(exercise).first()


def session_days(exercise: Exercise | OuterRef) -> QuerySet[Session, date | None]:
    """Return the days on which the secretariat of an exercise is known to have held sessions, the last first."""
    held = Session.objects.filter(
        Q(state__in=(SessionState.OPEN, SessionState.CLOSED)) | Q(state=""),
        body__exercise=exercise,
        body__kind=BodyKind.SECRETARIAT,
        starts_on__isnull=False,
    )
    return held.order_by("-starts_on").values_list("starts_on", flat=True)


def pending_agreements(among: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Keep the agreements that are not done, the most pressing first."""
    found = among.filter(status=AgreementStatus.PENDING).select_related("body__exercise", "proposal")
    return found.order_by(F("proposal__due_on").asc(nulls_last=True), "pk")


def adoptable(session: Session) -> list[tuple[str, str]]:
    """Return what a session may adopt by an agreement: minutes, mechanism, agenda; each by its key and name."""
    body = session.body
    earlier = body.sessions.filter(record__isnull=False, record__approved_at=None).exclude(pk=session.pk)
    return [
        *((f"minutes:{each.record.pk}", f"El acta: {each.name}") for each in earlier.select_related("record")),
        *(
            (f"mechanism:{each.pk}", f"El mecanismo: versión {each.version}")
            for each in body.mechanisms.all()
            if not each.agreement_id
        ),
        *(
            (f"programme:{each.pk}", f"La agenda anual {each.year}")
            for each in body.programmes.all()
            if not each.agreement_id
        ),
    ]


def rules_told(exercise: Exercise) -> list[tuple[Body, list[Mechanism], list[Programme]]]:
    """Return each body with the versions of its mechanism and of its agendas that were adopted, the latest first."""
    bodies = exercise.bodies.prefetch_related(
        "mechanisms__agreement__body__exercise", "programmes__agreement__body__exercise", "programmes__items"
    )
    return [
        (
            body,
            [each for each in reversed(body.mechanisms.all()) if each.agreement_id],
            [each for each in reversed(body.programmes.all()) if each.agreement_id],
        )
        for body in bodies
    ]
