"""The map of a table's institutions, and what it warns of before the table is announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.cocreation.enums import ApproachOutcome
from tequio.cocreation.models import Approach, Table, TableInstitution
from tequio.exercises.enums import EventState
from tequio.exercises.queries.events import organised_events
from tequio.kernel.along import read_along
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User

MAP: Final = ("institutions__organization", "institutions__approaches")
"""What hangs a table's map from it."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """An institution with everything that was done so that it comes; its last answer is what stands."""

    institution: TableInstitution
    approaches: tuple[Approach, ...]

    @property
    def last(self) -> Approach | None:
        """The last approach made."""
        return self.approaches[-1] if self.approaches else None

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        return str(self.last.get_outcome_display()) if self.last else "Nadie se ha acercado"

    @property
    def warning(self) -> str:
        """What to be warned of: a competent one that nobody approached, that will not come or does not answer."""
        if not self.institution.is_competent:
            return ""
        if self.last is None:
            return f"{self.institution} es competente y nadie se le ha acercado."
        if self.last.outcome == ApproachOutcome.WILL_NOT:
            return f"{self.institution} es competente y dijo que no asistirá."
        if self.last.outcome == ApproachOutcome.NO_ANSWER:
            return f"{self.institution} es competente y todavía no responde."
        return ""


def map_of(table: Table) -> list[Mapped]:
    """Return the institutions of a table, the competent ones first, each with its approaches."""
    return mapped(read_along(table.institutions.all(), "organization", "approaches"))


def mapped(rows: Iterable[TableInstitution]) -> list[Mapped]:
    """Return the map of the institutions that were read with a table, as `MAP` hangs them."""
    return [Mapped(row, tuple(row.approaches.all())) for row in rows]


def warnings_of(mapped: list[Mapped]) -> list[str]:
    """Return what to know of a map before announcing its table, that nobody is competent too.

    It keeps nobody from announcing it (CO-13).
    """
    if not any(each.institution.is_competent for each in mapped):
        return ["Todavía no se dice qué instituciones son competentes en lo que la mesa va a tratar."]
    return [each.warning for each in mapped if each.warning]


def tables_to_come(person: User, at: datetime) -> QuerySet[Table]:
    """Return the tables to come that a person organises, with the institutions of their maps and each approach."""
    mine = organised_events(person, day_of(at))
    events = mine.filter(state__in=[EventState.DRAFT, EventState.PUBLISHED], starts_at__gt=at, table__isnull=False)
    rows = Table.objects.filter(event__in=events.values("pk")).select_related("event__exercise__jurisdiction")
    return rows.prefetch_related(*MAP).order_by("event__starts_at")
