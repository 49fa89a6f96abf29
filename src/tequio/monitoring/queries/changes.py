"""What changed lately: reports, evidence and judgements in one list, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

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


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: its name, its page and the standings of its commitments."""

    name: str
    address: str
    standings: CommitmentStandingQuerySet


def subject(exercise: str, number: int | None, *, viewer: User | AnonymousUser | None) -> Subject | None:
    """Return an exercise, or one of its commitments, as the subject of a feed, if the viewer may see it."""
    shown = Commitment.objects.visible_to(viewer).filter(plan__exercise__slug=exercise)
    if number is not None:
        shown = shown.filter(number=number)
    first = shown.select_related("plan__exercise").first()
    if first is None:
        return None
    named = first.plan.exercise if number is None else first
    standings = CommitmentStanding.objects.visible_to(viewer).filter(commitment__in=shown)
    return Subject(str(named), named.get_absolute_url(), standings)


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
