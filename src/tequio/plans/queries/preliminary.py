"""The commitments that tables wrote, on their way to the plan, each with where it comes from and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.cocreation.enums import TableOutcome
from tequio.cocreation.queries.differences import Piece, differences
from tequio.cocreation.queries.viability import finished_tables, path_of
from tequio.plans.models import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table
    from tequio.cocreation.queries.viability import Path
    from tequio.exercises.models import Exercise


@dataclass(frozen=True, slots=True)
class Preliminary:
    """A commitment of a table: its way, and the commitment of the plan that it became."""

    path: Path
    commitment: Commitment | None

    @property
    def changes(self) -> list[Piece]:
        """How the promise of the plan differs from the text that the table closed."""
        text = self.path.text
        if self.commitment is None or text is None:
            return []
        return differences(text.definitive_commitment or text.text, self.commitment.promise)


def preliminary_of(viewer: User | AnonymousUser | None, exercise: Exercise) -> tuple[list[Preliminary], list[Table]]:
    """Return the commitments of an exercise's tables, and the tables that ended without one, the latest first."""
    tables = finished_tables(viewer, exercise)
    with_one = [table for table in tables if table.outcome == TableOutcome.COMMITMENT]
    became = defined_in(with_one)
    found = [Preliminary(path_of(table), became.get(table.pk)) for table in with_one]
    return found, [table for table in tables if table.outcome == TableOutcome.DIALOGUE]


def defined_in(tables: Iterable[Table]) -> dict[int, Commitment]:
    """Return the commitments that tables became, by the table."""
    rows = Commitment.objects.filter(table__in=[table.pk for table in tables]).select_related("responsible", "plan")
    return {row.table_id: row for row in rows if row.table_id}
