"""Events and who came to them: what their pages show and what the door looks up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.signing import BadSignature, Signer
from django.db.models import Count, F, Q

from tequio.accounts.enums import JurisdictionKind, RoleKind, Sector, Sex
from tequio.accounts.queries import held_roles
from tequio.exercises.enums import AccessNeed, AttendeeState, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.queries.reach import accompanied_exercises
from tequio.kernel.smallcells import LEAST, safe_counts

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models.events import AttendeeQuerySet, EventQuerySet

SHEET: Final = 50
FOUND: Final = 10
"""Names that the door shows at most: who has more writes a longer one."""
signer: Final = Signer(salt="exercises.attendee", sep=".")
invitations: Final = Signer(salt="exercises.invitation", sep=".")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many registered and how many came, of a sector."""

    name: str
    registered: int
    arrived: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """The figures of an event, counted from rows.

    By sex only who came, no cell small enough to point at somebody, and nothing where so few came that all could be.
    """

    confirmed: int
    waiting: int
    cancelled: int
    arrived: int
    sectors: list[Counted]
    sexes: list[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class Guests:
    """How many came to an event, and how many of them left an address that is not erased yet."""

    came: int
    told: int
    are_erased: bool

    @property
    def untold(self) -> int:
        """How many cannot be told."""
        return self.came - self.told


def attendance(event: Event) -> Attendance:
    """Return the figures of an event, in one query."""
    counts: dict[str, Count] = {
        **{state.value: Count("pk", filter=Q(state=state)) for state in AttendeeState},
        "arrived": Count("pk", filter=Q(arrived_at__isnull=False)),
        **{f"sector_{sector}": Count("pk", filter=Q(sector=sector, state="confirmed")) for sector in Sector},
        **{f"came_{sector}": Count("pk", filter=Q(sector=sector, arrived_at__isnull=False)) for sector in Sector},
        **{f"sex_{sex}": Count("pk", filter=Q(sex=sex, arrived_at__isnull=False)) for sex in Sex},
    }
    found = event.attendees.aggregate(**counts)
    return Attendance(
        confirmed=found[AttendeeState.CONFIRMED],
        waiting=found[AttendeeState.WAITING],
        cancelled=found[AttendeeState.CANCELLED],
        arrived=found["arrived"],
        sectors=[Counted(str(s.label), found[f"sector_{s}"], found[f"came_{s}"]) for s in Sector],
        sexes=by_sex({str(sex.label): found[f"sex_{sex}"] for sex in Sex}),
    )


def by_sex(counts: dict[str, int]) -> list[tuple[str, int | None]]:
    """Return counts beside a known total, the small ones hidden; none where the few that are hidden would be known."""
    safe = safe_counts(counts)
    shown = [(name, safe.count(name, "n")) for name in safe.rows]
    unseen = sum(counts[name] for name, count in shown if count is None)
    return [] if safe.count() is None or 0 < unseen < LEAST else shown


def needs_of(event: Event) -> list[tuple[str, int]]:
    """Return what those with a place ask for and how many ask for it, never who."""
    asked = [need for needs in event.attendees.confirmed().values_list("needs", flat=True) for need in needs]
    return [(need.label, asked.count(need)) for need in AccessNeed if need in asked]


def coming_events(viewer: User | AnonymousUser | None, exercise: str, instant: datetime) -> QuerySet[Event]:
    """Return what an exercise announces and has not ended, the nearest first."""
    shown = Event.objects.visible_to(viewer).filter(exercise__slug=exercise).coming(instant)
    return shown.select_related("exercise").order_by("starts_at", "pk")


def other_events(viewer: User | AnonymousUser | None, exercise: str, instant: datetime) -> QuerySet[Event]:
    """Return the other events of an exercise, the latest first; those without a date come last."""
    coming = Event.objects.coming(instant)
    shown = Event.objects.visible_to(viewer).filter(exercise__slug=exercise).exclude(pk__in=coming.values("pk"))
    return shown.select_related("exercise").order_by(F("starts_on").desc(nulls_last=True), "-order")


def events_to_run(exercise: str) -> QuerySet[Event]:
    """Return every event planned in an exercise with its figures, for who runs it; the page asks the permission."""
    planned = Event.objects.live().filter(exercise__slug=exercise)
    return planned.annotate(
        registered=Count("attendees", filter=Q(attendees__state=AttendeeState.CONFIRMED)),
        arrived=Count("attendees", filter=Q(attendees__arrived_at__isnull=False)),
    ).order_by("-starts_at", "pk")


def registered_in(event: Event, state: str = "") -> QuerySet[Attendee]:
    """Return who registered for an event, first come first, for who runs it."""
    rows = event.attendees.order_by("pk")
    return rows.filter(state=state) if state else rows.exclude(state=AttendeeState.CANCELLED)


def found_at_the_door(event: Event, words: str, *, with_addresses: bool = True) -> list[Attendee]:
    """Return who registered under a name, a code or, for who runs the event, an address that contains these words."""
    words = words.strip()
    if not words:
        return []
    matching = Q(name__icontains=words) | Q(code__iexact=words)
    if with_addresses:
        matching |= Q(email__icontains=words)
    return list(registered_in(event).filter(matching)[:FOUND])


def organised_events(person: User, day: date) -> EventQuerySet:
    """Return the live events that a person is to see to: a liaison their town's, the guarantor's staff their state's.

    The staff may act in the towns too, but what each town organises is asked of its liaison.
    """
    towns = [role.jurisdiction_id for role in held_roles(person, day) if role.kind == RoleKind.MUNICIPAL_LIAISON]
    states = accompanied_exercises(person, day).filter(jurisdiction__kind=JurisdictionKind.STATE)
    mine = Q(exercise__jurisdiction__in=towns, exercise__archived_on__isnull=True) | Q(exercise__in=states)
    return Event.objects.live().filter(mine).select_related("exercise__jurisdiction")


def events_without_report(events: EventQuerySet, instant: datetime) -> QuerySet[Event]:
    """Keep the events that ended and whose report is not published."""
    ended = events.filter(state__in=[EventState.PUBLISHED, EventState.HELD], ends_at__lte=instant)
    return ended.filter(reported_at__isnull=True)


def photo_path(digest: str, *, is_small: bool = False) -> str:
    """Return where the bytes of a photograph are kept."""
    return f"eventos/{digest}{'-chica' if is_small else ''}.jpg"


def token_of(attendee: Attendee) -> str:
    """Return the secret by which a person opens their registration: no copy of the database holds it."""
    return signer.sign(attendee.code)


def those_to_invite(before: Event) -> AttendeeQuerySet:
    """Return who came to an event and can still be told something."""
    return before.attendees.arrived().reachable()


def invited_first(before: Event) -> Guests:
    """Return how many came to an event and how many of them can still be told something."""
    came = Q(arrived_at__isnull=False)
    found = before.attendees.aggregate(came=Count("pk", filter=came), told=Count("pk", filter=came & ~Q(email="")))
    return Guests(found["came"], found["told"], are_erased=before.people_forgotten_at is not None)


def invitation_of(event: Event, guest: Attendee) -> str:
    """Return the secret by which who came to an earlier event has a place kept in another; it is kept nowhere."""
    return invitations.sign(f"{event.pk}-{guest.code}")


def guest_of(event: Event, token: str) -> Attendee | None:
    """Return the earlier registration that an invitation to an event stands on, or nothing once it is forgotten."""
    try:
        number, _, code = invitations.unsign(token).partition("-")
    except BadSignature:
        return None
    if number != str(event.pk) or not code:
        return None
    came = Attendee.objects.arrived().exclude(email="")
    return came.filter(event__exercise=event.exercise_id, code=code).first()


def makes_wait(event: Event, figures: Attendance | None, at: datetime) -> bool:
    """Say whether who registers now for an event waits: it is full, or its places are kept."""
    is_full = figures is not None and event.capacity is not None and figures.confirmed >= event.capacity
    return is_full or event.keeps_places(at)


def attendee_of(event: Event, token: str) -> Attendee | None:
    """Return the registration that a secret opens, or nothing."""
    try:
        code = signer.unsign(token)
    except BadSignature:
        return None
    return event.attendees.filter(code=code).first() if code else None
