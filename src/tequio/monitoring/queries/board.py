"""What the dashboard shows: a sheet of commitments with their three voices, the counts, and what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, Q
from django.urls import reverse

from tequio.exercises.enums import ExerciseState
from tequio.kernel.kept import kept
from tequio.kernel.spoken import by_precision
from tequio.monitoring.enums import Completion, Verdict
from tequio.monitoring.models import ActivityStanding, CommitmentStanding
from tequio.monitoring.queries.changes import Change, changes, public_changes
from tequio.monitoring.queries.summary import Summary, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.monitoring.models.standings import CommitmentStandingQuerySet
    from tequio.monitoring.queries.narrowing import Narrowing

SHEET: Final = 20  # commitments: the heaviest sheet stays under 60 KB
LATELY: Final = 5  # changes

COLUMNS: Final = {
    "code": "commitment__code",
    "number": "commitment__number",
    "name": "commitment__name",
    "listed_name": "commitment__listed_name",
    "ends_text": "commitment__ends_text",
    "ends_on": "commitment__ends_on",
    "ends_precision": "commitment__ends_precision",
    "institution": "commitment__responsible__name",
    "acronym": "commitment__responsible__acronym",
    "exercise": "commitment__plan__exercise__slug",
    "place": "commitment__plan__exercise__jurisdiction__name",
    "state": "commitment__plan__exercise__state",
}
OWN: Final = (
    *("pk", "completion", "level", "total", "blank", "reported", "reported_done", "with_evidence"),
    *("next_due_on", "last_evidence_on", "evidence_count"),
)

UNJUDGED: Final = {"accepted": 0, "objected": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A commitment as a list shows it, with what each voice says of the activities it counts."""

    pk: int
    code: str
    number: int
    name: str
    listed_name: str
    ends_text: str
    ends_on: date | None
    ends_precision: str
    institution: str
    acronym: str
    exercise: str
    place: str
    state: str
    completion: str
    level: str
    total: int
    blank: int
    reported: int
    reported_done: int
    with_evidence: int
    evidence_count: int
    next_due_on: date | None
    last_evidence_on: date | None
    accepted: int
    objected: int
    today: date

    @property
    def title(self) -> str:
        """The name by which a page calls it, as `Commitment.title`."""
        return self.name or self.listed_name or f"Compromiso {self.number}"

    @property
    def address(self) -> str:
        """The commitment's page."""
        return reverse("site:commitment", args=[self.exercise, self.number])

    @property
    def word(self) -> str:
        """Its place on the completion scale."""
        return str(Completion(self.completion).label)

    @property
    def is_running(self) -> bool:
        """Say whether its exercise is running: only then do dates press."""
        return self.state == ExerciseState.OPEN

    @property
    def lateness(self) -> str:
        """Say since when something is overdue, «Atrasada (12 días)», or nothing."""
        if not (self.is_running and self.next_due_on and self.next_due_on < self.today):
            return ""
        days = (self.today - self.next_due_on).days
        return f"Atrasada ({days:,} {'día' if days == 1 else 'días'})"

    @property
    def end(self) -> str:
        """The end that the document states, in its own precision, or nothing."""
        if self.ends_on:
            return by_precision(self.ends_on, self.ends_precision)
        return f"«{self.ends_text}»" if self.ends_text else ""

    @property
    def institution_says(self) -> str:
        """What the institution reported, with its denominator."""
        return f"{self.reported_done} de {self.total} terminadas" if self.reported else "No consta"

    @property
    def evidence_says(self) -> str:
        """How much has evidence, with its denominator."""
        return f"{self.with_evidence} de {self.total} actividades" if self.with_evidence else "No consta"

    @property
    def unproved(self) -> int:
        """How many of the activities that it counts have no evidence."""
        return self.total - self.with_evidence

    @property
    def society_says(self) -> str:
        """What civil society judged, with its denominator."""
        if not self.accepted + self.objected:
            return "No consta"
        objected = f", {self.objected} objetadas" if self.objected else ""
        return f"{self.accepted} de {self.total} validadas{objected}"


@dataclass(frozen=True, slots=True)
class Board:
    """A sheet of the dashboard."""

    summary: Summary
    entries: Sequence[Entry]
    changes: Sequence[Change]
    sheet: int

    @property
    def last_sheet(self) -> int:
        """How many sheets there are."""
        return -(-self.summary.total // SHEET)


def board(narrowing: Narrowing, *, sheet: int, viewer: User | AnonymousUser | None, today: date) -> Board:
    """Return a sheet of the commitments that the filters leave, in six queries; what anybody may see is kept."""
    left = narrowing.of(viewer, today=today)
    return Board(
        summary=counted(narrowing, viewer=viewer, today=today),
        entries=_public_sheet(narrowing, sheet, today) if viewer is None else sheet_of(left, sheet, today=today),
        changes=public_changes(LATELY) if viewer is None else changes(viewer, most=LATELY),
        sheet=sheet,
    )


def sheet_of(left: CommitmentStandingQuerySet, sheet: int, *, today: date) -> list[Entry]:
    """Return a sheet of standings as entries, in two queries."""
    return entries(left.in_reading_order()[(sheet - 1) * SHEET : sheet * SHEET], today=today)


@kept(most=64)
def _public_sheet(narrowing: Narrowing, sheet: int, today: date) -> Sequence[Entry]:
    """Return a sheet that anybody may see, kept until something is published or the day ends."""
    return tuple(sheet_of(narrowing.of(None, today=today), sheet, today=today))


def counted(narrowing: Narrowing, *, viewer: User | AnonymousUser | None, today: date) -> Summary:
    """Return only the counts of what the filters leave, in one query."""
    if viewer is None:
        return _public_summary(narrowing, today)
    return summary(narrowing.of(viewer, today=today), today=today)


@kept(most=128)
def _public_summary(narrowing: Narrowing, today: date) -> Summary:
    """Return the counts of what anybody may see, kept until something is published or the day ends."""
    return summary(narrowing.of(None, today=today), today=today)


def entry_of(code: str, *, viewer: User | AnonymousUser | None, today: date) -> Entry | None:
    """Return one commitment by its code, if the viewer may see it, in two queries."""
    found = CommitmentStanding.objects.visible_to(viewer).filter(commitment__code=code)
    return next(iter(entries(found, today=today)), None)


def entries(standings: CommitmentStandingQuerySet, *, today: date) -> list[Entry]:
    """Return standings as entries of a list, in two queries."""
    rows = list(standings.values(*OWN, **{name: F(path) for name, path in COLUMNS.items()}))
    voices = judged(row["pk"] for row in rows)
    return [Entry(**row, **voices.get(row["pk"], UNJUDGED), today=today) for row in rows]


def judged(commitments: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return how many counted activities of each commitment civil society accepts and objects to."""
    counted = ActivityStanding.objects.filter(
        activity__commitment__in=list(commitments),
        activity__level=F("activity__commitment__standing__level"),
        is_blank=False,
    ).exclude(civil_society="")
    rows = counted.values_list("activity__commitment").annotate(
        accepted=Count("pk", filter=Q(civil_society=Verdict.VALIDATED)),
        objected=Count("pk", filter=Q(civil_society=Verdict.OBJECTED)),
    )
    return {pk: {"accepted": accepted, "objected": objected} for pk, accepted, objected in rows}
