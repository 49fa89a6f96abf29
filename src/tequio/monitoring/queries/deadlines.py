"""The days on which activities of running and closed plans fall due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse

from tequio.plans.enums import ActivityLevel
from tequio.plans.models import Activity

if TYPE_CHECKING:
    from datetime import date

    from tequio.monitoring.models.standings import CommitmentStandingQuerySet


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of an activity: a milestone of its commitment."""

    code: str
    title: str
    on: date
    number: int
    exercise: str
    institution: str

    @property
    def address(self) -> str:
        """The activity, on its commitment's page."""
        return f"{reverse('site:commitment', args=[self.exercise, self.number])}#{self.code}"


def deadlines(standings: CommitmentStandingQuerySet, *, most: int) -> list[Deadline]:
    """Return the dated ends of the activities of some commitments, the latest first, in one query."""
    dated = Activity.objects.filter(commitment__in=standings.values("pk"), ends_on__isnull=False)
    rows = (
        dated.filter(level=ActivityLevel.COMMITMENT)
        .order_by("-ends_on", "code")
        .values_list(
            "code",
            "title",
            "ends_on",
            "commitment__number",
            F("commitment__plan__exercise__slug"),
            F("commitment__responsible__name"),
        )
    )
    return [Deadline(*row) for row in rows[:most]]
