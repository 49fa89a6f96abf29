"""Everything with a date: acts, sessions, calls and milestones, as one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, DateTimeField, F, Value, When
from django.db.models.functions import Coalesce, Concat

from tequio.exercises.enums import EventState
from tequio.exercises.models import Call, Event, Exercise
from tequio.governance.enums import SessionState
from tequio.governance.models import Session
from tequio.kernel.models import DatePrecision
from tequio.kernel.spoken import by_precision
from tequio.plans.enums import ActivityLevel
from tequio.plans.models import Activity

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User

SHEET: Final = 40
UPCOMING: Final = 100
KINDS: Final = {"act": "Acto", "session": "Sesión", "call": "Convocatoria", "milestone": "Plazo"}
# Each ends in «of» because a model may have a field of the plain name.
COLUMNS: Final = (
    *("day_of", "kind_of", "title_of", "slug_of", "name_of", "number_of", "anchor_of"),
    *("first_of", "last_of", "exact_of", "place_of", "hours_of", "begins_of", "finishes_of", "revision_of"),
)


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that happens on a day, or over some days, as exactly as its document says."""

    day: date
    what: str
    title: str
    exercise: str
    exercise_name: str
    number: int
    anchor: str
    first: date | None
    last: date | None
    exact: str
    place: str
    hours: str
    begins_at: datetime | None
    finishes_at: datetime | None
    revision: int

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return KINDS[self.what]

    @property
    def when(self) -> str:
        """Its day, no more exact than its document; of what lasts, when it ends."""
        said = by_precision(self.day, self.exact)
        if self.hours:
            return f"{said}, {self.hours}"
        return f"hasta {said}" if self.what == "call" and self.first != self.last else said

    @property
    def month(self) -> tuple[int, int]:
        """Its year and month, by which a list is parted."""
        return self.day.year, self.day.month

    @property
    def is_whole_day(self) -> bool:
        """Say whether a calendar can hold it: a month or a year is no day."""
        return self.exact == DatePrecision.DAY

    @property
    def address(self) -> str:
        """Where it is told."""
        page = f"/ejercicios/{self.exercise}/"
        if self.what == "act":
            return f"{page}eventos/{self.anchor}/"
        if self.what == "session" and self.number:
            return f"{page}sesiones/{self.number}/"
        return f"{page}compromisos/{self.number}/#{self.anchor}" if self.number else f"{page}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Agenda:
    """What comes, and a sheet of what was."""

    upcoming: list[Appointment]
    past: list[Appointment]
    past_total: int

    @property
    def last_sheet(self) -> int:
        """How many sheets the past has."""
        return -(-self.past_total // SHEET)


def agenda(viewer: User | AnonymousUser | None, *, today: date, exercise: str = "", sheet: int = 1) -> Agenda:
    """Return what comes, the nearest first, and a sheet of the past, the latest first, in three queries."""
    coming, past = (dated(viewer, exercise, **{f"day_of__{side}": today}) for side in ("gte", "lt"))
    return Agenda(
        upcoming=[Appointment(*row) for row in coming.order_by("day_of", "kind_of", "anchor_of")[:UPCOMING]],
        past=[
            Appointment(*row)
            for row in past.order_by("-day_of", "kind_of", "anchor_of")[(sheet - 1) * SHEET : sheet * SHEET]
        ],
        past_total=past.count(),
    )


def upcoming(viewer: User | AnonymousUser | None, *, today: date) -> Appointment | None:
    """Return what comes first from today on, if anything does."""
    row = dated(viewer, "", day_of__gte=today).order_by("day_of", "kind_of", "anchor_of").first()
    return Appointment(*row) if row else None


def everything(viewer: User | AnonymousUser | None, *, exercise: str = "", most: int) -> list[Appointment]:
    """Return the latest appointments that have a day of their own, for a calendar."""
    rows = dated(viewer, exercise, exact_of=DatePrecision.DAY).order_by("-day_of", "kind_of", "anchor_of")[:most]
    return [Appointment(*row) for row in rows]


def dated(viewer: User | AnonymousUser | None, exercise: str, **within: Any) -> QuerySet[Any, Any]:
    """Return the rows of all four kinds that have a date, as one query without order."""
    shown = Exercise.objects.visible_to(viewer)
    if exercise:
        shown = shown.filter(slug=exercise)
    slugs = shown.order_by().values("pk")
    tables = Activity.objects.visible_to(viewer).filter(level=ActivityLevel.COMMITMENT)
    events = Event.objects.visible_to(viewer)
    if exercise:
        events = events.filter(exercise__in=slugs)
    kinds = (
        _rows(
            events,
            *("act", "starts", "exercise"),
            title=Case(
                When(state=EventState.CANCELLED, then=Concat(Value("Cancelado: "), F("name"))), default=F("name")
            ),
            anchor=F("slug"),
            place=F("place"),
            hours=F("time_text"),
            begins=F("starts_at"),
            finishes=F("ends_at"),
            revision=F("revision"),
        ),
        _rows(
            Session.objects.filter(body__exercise__in=slugs).exclude(state=SessionState.NOT_HELD),
            *("session", "starts", "body__exercise"),
            title=F("name"),
            anchor=Value("quienes"),
            number=Coalesce("number", 0),
            place=F("place"),
            begins=F("starts_at"),
        ),
        _rows(
            Call.objects.visible_to(None).filter(exercise__in=slugs),
            *("call", "ends", "exercise"),
            title=F("title"),
            anchor=Value("convocatorias"),
        ),
        _rows(
            tables.filter(commitment__plan__exercise__in=slugs),
            *("milestone", "ends", "commitment__plan__exercise"),
            title=F("title"),
            anchor=F("code"),
            number=F("commitment__number"),
        ),
    )
    first, *rest = (rows.filter(**within).values_list(*COLUMNS) for rows in kinds)
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


def _rows(
    rows: QuerySet[Any], kind: str, edge: str, exercise: str, **own: F | Value | Case | Coalesce
) -> QuerySet[Any]:
    """Return dated rows of a kind under the common names; `edge` is the end by which it is known."""
    other = "ends" if edge == "starts" else "starts"
    columns = {
        "day_of": Coalesce(f"{edge}_on", f"{other}_on"),
        "kind_of": Value(kind, output_field=CharField()),
        "title_of": own["title"],
        "slug_of": F(f"{exercise}__slug"),
        "name_of": F(f"{exercise}__name"),
        "number_of": own.get("number", Value(0)),
        "anchor_of": own["anchor"],
        "first_of": F("starts_on"),
        "last_of": F("ends_on"),
        "exact_of": Case(When(**{f"{edge}_on": None}, then=F(f"{other}_precision")), default=F(f"{edge}_precision")),
        "place_of": own.get("place", Value("", output_field=CharField())),
        "hours_of": own.get("hours", Value("", output_field=CharField())),
        "begins_of": own.get("begins", Value(None, output_field=DateTimeField())),
        "finishes_of": own.get("finishes", Value(None, output_field=DateTimeField())),
        "revision_of": own.get("revision", Value(0)),
    }
    told: QuerySet[Any] = rows.order_by().annotate(**columns).exclude(day_of=None)
    return told
