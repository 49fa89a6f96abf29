"""What became of the commitments that tables wrote: who judges each, what was said, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core import signing

from tequio.accounts.enums import JurisdictionKind
from tequio.cocreation.enums import Aspect, DraftStage, Judgement, TableOutcome, Viability
from tequio.cocreation.models import ClosedText, Table, Verdict, ViabilityReview
from tequio.exercises.queries.events import organised_events
from tequio.kernel.along import read_along
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

SALT: Final = "cocreation.viability"
WEIGHT: Final = (Judgement.VIABLE, Judgement.WITH_CHANGES, Judgement.NOT_VIABLE)
"""From what lets a commitment go on as it is to what stops it."""
MONTHS: Final = {JurisdictionKind.STATE: 24, JurisdictionKind.MUNICIPALITY: 12}
"""How long a plan lasts by the kind of its place (Metodología, fase 4: two years; Guía VIII: one)."""
HELD_FOR: Final = timedelta(days=365)
"""How long the link of a review opens it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An aspect with who judges it and every verdict, the last first."""

    aspect: Aspect
    review: ViabilityReview | None
    verdicts: tuple[Verdict, ...]

    @property
    def last(self) -> Verdict | None:
        """The verdict that counts."""
        return self.verdicts[0] if self.verdicts else None


@dataclass(frozen=True, slots=True)
class Path:
    """The way of a table's commitment: its texts, its three aspects, and where it stands."""

    table: Table
    preliminary: ClosedText | None
    definitive: ClosedText | None
    aspects: tuple[Judged, ...]

    @property
    def text(self) -> ClosedText | None:
        """The text that is judged: the definitive one if the table closed it."""
        return self.definitive or self.preliminary

    @property
    def standing(self) -> Viability:
        """Say where it stands: what one aspect lacks or stops, no other makes up for."""
        if self.table.defined_at:
            return Viability.DEFINED
        given = [judged.last.judgement for judged in self.aspects if judged.last]
        if Judgement.NOT_VIABLE in given:
            return Viability.NOT_VIABLE
        if len(given) < len(Aspect):
            asked = any(judged.review for judged in self.aspects)
            return Viability.IN_REVIEW if asked else Viability.TO_REVIEW
        return Viability(max(given, key=WEIGHT.index))

    @property
    def may_be_defined(self) -> bool:
        """Say whether nothing is missing for its final definition."""
        return self.standing in {Viability.VIABLE, Viability.WITH_CHANGES}


def path_of(table: Table) -> Path:
    """Return the way of a table's commitment, of a table read with `HUNG`."""
    texts = {text.stage: text for text in table.closed_texts.all()}
    reviews = {review.aspect: review for review in table.viability.all()}
    aspects = []
    for aspect in Aspect:
        review = reviews.get(aspect)
        verdicts = sorted(review.verdicts.all(), key=lambda verdict: -verdict.number) if review else ()
        aspects.append(Judged(aspect, review, tuple(verdicts)))
    return Path(table, texts.get(DraftStage.PRELIMINARY), texts.get(DraftStage.DEFINITIVE), tuple(aspects))


HUNG: Final = ("closed_texts", "viability__verdicts")


def finished_tables(viewer: User | AnonymousUser | None, exercise: Exercise) -> list[Table]:
    """Return the closed tables of an exercise that a viewer may see, the latest first, with what hangs from them."""
    rows = Table.objects.visible_to(viewer).filter(event__exercise=exercise).exclude(outcome=TableOutcome.PENDING)
    near = rows.select_related("event__exercise__jurisdiction", "theme").order_by("-event__starts_on", "-event__order")
    return list(read_along(near, *HUNG))


def table_with_path(table: Table) -> Path:
    """Return the way of the commitment of a table that was read without what hangs from it."""
    rows = Table.objects.filter(pk=table.pk).select_related("event__exercise__jurisdiction", "theme")
    return path_of(next(iter(read_along(rows, *HUNG))))


def tables_to_review(person: User, at: datetime) -> QuerySet[Table]:
    """Return the tables whose commitment a person has to get judged, with their reviews; `path_of` reads each."""
    mine = organised_events(person, day_of(at)).filter(table__isnull=False)
    rows = Table.objects.filter(event__in=mine.values("pk"), outcome=TableOutcome.COMMITMENT, defined_at=None)
    live = rows.exclude(room_code="").select_related("event__exercise__jurisdiction")
    return live.prefetch_related(*HUNG).order_by("closed_at")


def lacking_in(path: Path, day: date) -> tuple[list[Aspect], list[Aspect]]:
    """Return the aspects that nobody was asked to judge, and those whose verdict is late."""
    lacking = [judged.aspect for judged in path.aspects if judged.review is None]
    late = [
        judged.aspect
        for judged in path.aspects
        if judged.review is not None and judged.last is None and judged.review.due_on < day
    ]
    return lacking, late


def token_of(review: ViabilityReview) -> str:
    """Return the secret of the link that opens a review: it is stored nowhere, and asking anew makes it useless."""
    return signing.dumps({"review": review.pk, "asked": review.asked_at.isoformat()}, salt=SALT)


def review_of_token(token: str, *, at: datetime) -> ViabilityReview | None:
    """Return the review that a link opens, or nothing."""
    try:
        told: dict[str, str] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    asked = datetime.fromisoformat(told["asked"])
    if at >= asked + HELD_FOR:
        return None
    rows = ViabilityReview.objects.select_related("table__event__exercise__jurisdiction", "table__theme")
    return rows.filter(pk=told["review"], asked_at=asked).first()


def months_of(exercise: Exercise) -> int:
    """Return how many months a plan of an exercise lasts, which is what the aspect of time is judged by."""
    return MONTHS[JurisdictionKind(exercise.jurisdiction.kind)]
