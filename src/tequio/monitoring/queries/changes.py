"""What changed lately: reports, evidence and judgements in one list, the newest first; and an exercise's own acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tequio.exercises.models import Event, Exercise, JointDeclaration
from tequio.governance.models import Agreement
from tequio.kernel.clock import day_of
from tequio.kernel.kept import kept
from tequio.monitoring.enums import ReportedState, Verdict, Voice
from tequio.monitoring.models import CommitmentStanding, Evidence, Judgement, ProgressReport
from tequio.plans.models import ActionPlan, Commitment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.monitoring.models.standings import CommitmentStandingQuerySet

WHO: Final = {"report": "organization__name", "evidence": "origin", "judgement": "voice"}
OF_ACTIVITY: Final = (
    "activity__code",
    "activity__title",
    "activity__commitment__number",
    "activity__commitment__plan__exercise__slug",
)
TEXT: Final = {"report": "account", "evidence": "title", "judgement": "reason"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of a day: a change that a voice added, or an act of the exercise itself."""

    on: date
    said: str
    text: str
    address: str
    identity: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a voice added about an activity on a day."""

    kind: str
    pk: int
    on: date
    word: str
    who: str
    text: str
    activity: str
    activity_title: str
    number: int
    exercise: str

    @property
    def said(self) -> str:
        """Return what changed in one sentence."""
        if self.kind == "report":
            return f"{self.who} reporta: {ReportedState(self.word).label.lower()}"
        if self.kind == "judgement":
            return f"{Voice(self.who).label}: {Verdict(self.word).label.lower()}"
        return f"Nueva evidencia: {self.text}"

    @property
    def identity(self) -> str:
        """Return a reference that stays the same while pages move: the Atom id ends in it."""
        return f"{self.activity}/{self.kind}/{self.on:%Y-%m-%d}/{self.pk}"

    @property
    def address(self) -> str:
        """The activity, on its commitment's page."""
        return f"{reverse('site:commitment', args=[self.exercise, self.number])}#{self.activity}"

    @property
    def entry(self) -> Entry:
        """The change as a feed tells it."""
        said, text = f"{self.activity}: {self.said}", self.text or self.activity_title
        return Entry(self.on, said, text, self.address, self.identity, self.who if self.kind == "report" else "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: its name, its page, the standings of its commitments, and the acts of an exercise."""

    name: str
    address: str
    standings: CommitmentStandingQuerySet
    acts: tuple[Entry, ...] = ()


def subject(exercise: str, number: int | None, *, viewer: User | AnonymousUser | None) -> Subject | None:
    """Return an exercise, or one of its commitments, as the subject of a feed, if the viewer may see it."""
    shown = Commitment.objects.visible_to(viewer).filter(plan__exercise__slug=exercise)
    named: Exercise | Commitment | None
    if number is None:
        named = Exercise.objects.visible_to(viewer).filter(slug=exercise).first()
    else:
        shown = shown.filter(number=number)
        named = shown.select_related("plan__exercise").first()
    if named is None:
        return None
    standings = CommitmentStanding.objects.visible_to(viewer).filter(commitment__in=shown)
    told = acts(named) if isinstance(named, Exercise) else ()
    return Subject(str(named), named.get_absolute_url(), standings, told)


def acts(exercise: Exercise) -> tuple[Entry, ...]:
    """Return what an exercise did on a day: its declaration, its agreements, and the reports of its events."""
    page = exercise.get_absolute_url()
    signed = JointDeclaration.objects.filter(exercise=exercise, signed_on__isnull=False)
    found = [
        Entry(each.signed_on, "Se firmó la declaración conjunta", exercise.name, page, f"{exercise.slug}/declaration")
        for each in signed
        if each.signed_on
    ]
    adopted = Agreement.objects.filter(body__exercise=exercise).select_related("body__exercise", "proposal")
    found += [
        Entry(day_of(each.adopted_at), str(each), each.proposal.text, each.get_absolute_url(), each.reference)
        for each in adopted
    ]
    reported = Event.objects.announced().filter(exercise=exercise, reported_at__isnull=False)
    found += [
        Entry(
            day_of(each.reported_at),
            f"Relatoría: {each.name}",
            each.account,
            each.get_absolute_url(),
            f"{each.code}/report",
        )
        for each in reported.select_related("exercise")
        if each.reported_at
    ]
    return tuple(found)


def changes(
    viewer: User | AnonymousUser | None, *, most: int, within: CommitmentStandingQuerySet | None = None
) -> list[Change]:
    """Return the newest changes of everything, or of some commitments: three queries, each by its index of dates."""
    shown = Q(Exists(ActionPlan.objects.visible_to(viewer).filter(pk=OuterRef("activity__commitment__plan"))))
    if within is not None:
        shown &= Q(activity__commitment__in=within.values("pk"))
    told = (
        (ProgressReport.objects, "report", "reported_on", "state"),
        (Evidence.objects, "evidence", "dated_on", "title"),
        (Judgement.objects, "judgement", "judged_on", "verdict"),
    )
    found = [change for rows, *columns in told for change in _told(rows.filter(shown), *columns, most=most)]
    return sorted(found, key=lambda change: (change.on, change.kind, change.pk), reverse=True)[:most]


@kept(most=4)
def public_changes(most: int) -> tuple[Change, ...]:
    """Return the newest changes that anybody may see, kept until something is published."""
    return tuple(changes(None, most=most))


def _told(rows: QuerySet[Any], kind: str, day: str, word: str, *, most: int) -> Iterator[Change]:
    """Yield the newest rows of one voice."""
    columns = ("pk", day, word, WHO[kind], TEXT[kind], *OF_ACTIVITY)
    newest = rows.order_by(f"-{day}", "-pk").values_list(*columns)[:most]
    return (Change(kind, *row) for row in newest)
