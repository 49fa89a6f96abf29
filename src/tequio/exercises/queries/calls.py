"""Calls and their answers: what the public pages, the applicants and those who run an exercise read."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from django.db.models import Case, Count, F, Min, Q, When, Window
from django.db.models.functions import RowNumber

from tequio.accounts.models import Organization
from tequio.exercises.enums import CANDIDACIES, ApplicationState, CallState
from tequio.exercises.models import Application, Call, Exercise, Registration
from tequio.exercises.models.applications import name_key
from tequio.kernel.along import read_along
from tequio.kernel.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User

SHEET: Final = 50
MOST_UPCOMING: Final = 20
FIRST_MEMBERS: Final = 24
"""Of each sector, on the page of the exercise; the rest are on the list of members."""


@dataclass(frozen=True, slots=True)
class OpenCalls:
    """A sheet of the calls that are open, and the next that open."""

    open: list[Call]
    total: int
    upcoming: list[Call]

    @property
    def last_sheet(self) -> int:
        """How many sheets the open ones have."""
        return max(-(-self.total // SHEET), 1)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet of a list that is filtered by one thing, with how many there are of each."""

    rows: Sequence[Application] | Sequence[Registration]
    counts: dict[str, int]
    total: int

    @property
    def last_sheet(self) -> int:
        """How many sheets there are."""
        return max(-(-self.total // SHEET), 1)


def open_calls(viewer: User | AnonymousUser | None, *, at: datetime, sheet: int = 1) -> OpenCalls:
    """Return what can be answered at an instant, what closes first before, and what opens next."""
    published = Call.objects.visible_to(viewer).filter(state=CallState.PUBLISHED)
    told = published.select_related("exercise__jurisdiction")
    now = told.open_at(at).order_by("closes_at", "pk")
    return OpenCalls(
        list(now[(sheet - 1) * SHEET : sheet * SHEET]),
        published.open_at(at).count(),
        list(told.upcoming_at(at).order_by("opens_at", "pk")[:MOST_UPCOMING]),
    )


def next_change(at: datetime) -> datetime | None:
    """Return when the next call opens or closes: until then the public pages say the truth."""
    edges = Call.objects.filter(state=CallState.PUBLISHED).aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=at)), closes=Min("closes_at", filter=Q(closes_at__gt=at))
    )
    return min((edge for edge in edges.values() if edge), default=None)


def call_at(slug: str, key: str, viewer: User | AnonymousUser | None) -> Call | None:
    """Return a call that is answered here, with all that its page tells, or nothing where the viewer may not see it."""
    found = Call.objects.visible_to(viewer).online().filter(exercise__slug=slug, key=key)
    parts = ("extensions", "exercise__jurisdiction", "exercise__guarantor_terms__organization")
    return next(iter(read_along(found, *parts)), None)


def candidates_of(call: Call) -> QuerySet[Application]:
    """Return the accepted candidacies of a call, in the order of their folios, which were drawn at random."""
    found = Application.objects.accepted().filter(call=call, call__kind__in=CANDIDACIES)
    return found.exclude(person_name="").order_by("folio")


def application_of(call: Call, account: User | AnonymousUser) -> Application | None:
    """Return what an account answered to a call: what counts, else the last that does not."""
    found = Application.objects.visible_to(account).filter(call=call, account=account.pk)
    return found.live().first() or found.order_by("-submitted_at", "-pk").first()


def own_applications(account: User | AnonymousUser) -> QuerySet[Application]:
    """Return what an account answered to calls, the latest first."""
    sent = Application.objects.visible_to(account).filter(account=account.pk)
    return sent.select_related("call__exercise").order_by("-submitted_at", "-pk")


def exercise_run_by(viewer: User | AnonymousUser, slug: str) -> Exercise | None:
    """Return an exercise that the viewer runs."""
    return Exercise.objects.run_by(viewer).select_related("jurisdiction").filter(slug=slug).first()


def call_run_by(viewer: User | AnonymousUser, slug: str, key: str) -> Call | None:
    """Return a call that is answered here, of an exercise that the viewer runs."""
    found = Call.objects.filter(exercise__in=Exercise.objects.run_by(viewer), exercise__slug=slug, key=key)
    return found.online().select_related("exercise__jurisdiction").first()


def calls_of(exercise: Exercise, viewer: User | AnonymousUser) -> QuerySet[Call]:
    """Return the calls of an exercise that are answered here, the latest first, with how many answers wait."""
    waiting = Count("applications", filter=Q(applications__state=ApplicationState.SUBMITTED))
    received = Count("applications", filter=~Q(applications__state=ApplicationState.WITHDRAWN))
    found = Call.objects.visible_to(viewer).online().filter(exercise=exercise).select_related("exercise")
    return found.annotate(waiting=waiting, received=received).order_by("-order")


def applications_of(call: Call, viewer: User | AnonymousUser, *, state: str = "", sheet: int = 1) -> Listed:
    """Return a sheet of a call's answers in a state, the oldest first, in two queries."""
    found = Application.objects.visible_to(viewer).filter(call=call).exclude(state=ApplicationState.WITHDRAWN)
    counts = {row["state"]: row["n"] for row in found.order_by().values("state").annotate(n=Count("pk"))}
    chosen = (found.filter(state=state) if state else found).order_by("submitted_at", "pk")
    rows = list(chosen[(sheet - 1) * SHEET : sheet * SHEET])
    return Listed(rows, counts, counts.get(state, 0) if state else sum(counts.values()))


def application_by(folio: str, call: Call, viewer: User | AnonymousUser) -> Application | None:
    """Return an answer of a call by its folio, if the viewer may read it."""
    found = Application.objects.visible_to(viewer).filter(call=call, folio=folio)
    return found.select_related("account", "call__exercise", "registration").first()


def likenesses(application: Application) -> QuerySet[Application]:
    """Return other live answers of the call that tell the same person: one may have written twice."""
    others = application.call.applications.live().filter(person_name__iexact=application.person_name)
    return others.exclude(pk=application.pk)


def waiting_for_review(viewer: User | AnonymousUser, *, at: datetime) -> QuerySet[Call]:
    """Return the calls whose answers wait at an instant for the viewer to decide, with how many and since when."""
    waits = Q(applications__state=ApplicationState.SUBMITTED, applications__submitted_at__lte=at)
    waits &= ~Q(applications__account=viewer.pk)
    counted = Call.objects.filter(exercise__in=Exercise.objects.run_by(viewer)).annotate(
        waiting=Count("applications", filter=waits), since=Min("applications__submitted_at", filter=waits)
    )
    return counted.filter(waiting__gt=0).annotate(slug=F("exercise__slug")).order_by("since", "pk")


def to_be_mended(sent: Iterable[Application], *, at: datetime) -> list[Application]:
    """Return, of what an account answered, what it must correct, the most urgent first."""
    returned = [(each.mend_by, each) for each in sent if each.state == ApplicationState.RETURNED and each.mend_by]
    return [each for until, each in sorted(returned, key=itemgetter(0)) if until > at]


def members_of(exercise: Exercise, *, sector: str = "", sheet: int = 1) -> Listed:
    """Return a sheet of an exercise's members, and how many each sector has, in two queries."""
    found = Registration.objects.filter(exercise=exercise)
    counts = {row["sector"]: row["n"] for row in found.order_by().values("sector").annotate(n=Count("pk"))}
    chosen = (found.filter(sector=sector) if sector else found).exclude(published_name="").order_by("order")
    total = chosen.count()
    return Listed(list(chosen[(sheet - 1) * SHEET : sheet * SHEET]), counts, total)


def first_members(exercise: Exercise) -> tuple[list[Registration], dict[str, int]]:
    """Return the first named members of each sector, and how many members each has, in one query.

    One without a name comes too, for the count of a sector that names nobody.
    """
    named = ~Q(published_name="")
    found = Registration.objects.filter(exercise=exercise).annotate(
        named=Case(When(named, then=True), default=False),
        place=Window(RowNumber(), partition_by=("sector", "named"), order_by="order"),
        first=Window(Min("order"), partition_by="sector"),
        total=Window(Count("pk"), partition_by="sector"),
    )
    rows = list(found.filter(Q(named=True, place__lte=FIRST_MEMBERS) | Q(place=1)).order_by("first", "order"))
    counts = {row.sector: vars(row)["total"] for row in rows}
    return sorted((row for row in rows if row.published_name), key=lambda row: row.order), counts


def public_picture(number: int) -> Attachment | None:
    """Return a picture of a member, or of a candidacy that was accepted, in exercises that anybody sees."""
    seen = Exercise.objects.visible_to(None)
    candidates = Application.objects.accepted().filter(call__kind__in=CANDIDACIES, call__exercise__in=seen)
    candidates = candidates.exclude(person_name="")  # its account was closed
    members = Registration.objects.filter(exercise__in=seen)
    shown = Q(pk__in=members.values("picture")) | Q(pk__in=candidates.values("picture"))
    return Attachment.objects.filter(shown, pk=number).first()


def organization_named(key: str, exercise: Exercise) -> Organization | None:
    """Return the one organization of an exercise's place, or of its state, that a registered name tells."""
    place = exercise.jurisdiction
    places = {place.pk, place.parent_id} - {None}
    found = [each for each in Organization.objects.filter(jurisdiction__in=places) if name_key(each.name) == key]
    return found[0] if len(found) == 1 else None
