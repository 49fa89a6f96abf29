"""Whether the tree of each table's theme was final two weeks before the table (Metodología, fase 2; R4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from tequio.cocreation.enums import TreeState
from tequio.cocreation.models import ProblemTree, Table
from tequio.cocreation.queries.kits import AHEAD, Timing
from tequio.cocreation.queries.tree_versions import KIND
from tequio.exercises.enums import EventState
from tequio.exercises.queries.events import organised_events
from tequio.kernel.clock import day_of
from tequio.kernel.models import Edition

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User

WARNED: Final = 20
"""Days before a table from which whoever organises it is told that its tree is not final."""


def with_trees(tables: QuerySet[Table]) -> QuerySet[Table]:
    """Annotate tables with when the tree of their theme was first final, and whether a document tells one."""
    trees = ProblemTree.objects.live().filter(theme=OuterRef(OuterRef("theme")))
    codes = trees.annotate(said=Concat("exercise__slug", Value("/"), "key", output_field=CharField())).values("said")
    finals = Edition.objects.filter(kind=KIND, content__stage="final", subject__in=codes).order_by("published_at")
    told = ProblemTree.objects.filter(theme=OuterRef("theme"), state=TreeState.TOLD)
    written = ProblemTree.objects.live().filter(theme=OuterRef("theme")).order_by("order")
    return tables.annotate(
        tree_final_at=Subquery(finals.values("published_at")[:1]),
        tree_is_told=Exists(told),
        tree_key=Subquery(written.values("key")[:1]),
    )


def tree_timing(table: Table, today: date) -> Timing | None:
    """Return how the tree of a table, annotated by `with_trees`, stands; nothing where only documents tell of it."""
    told = vars(table)
    if table.event.starts_at is None or (told["tree_is_told"] and not told["tree_key"]):
        return None
    day = day_of(table.event.starts_at)
    final_on = day_of(told["tree_final_at"]) if told["tree_final_at"] else None
    due_on = day - timedelta(days=AHEAD)
    return Timing(due_on, final_on, max(0, ((final_on or today) - due_on).days), (day - today).days)


def tree_warning(table: Table, today: date) -> str:
    """Return in a sentence what is wrong with the day of a table's tree, from the twentieth day before it."""
    stands = tree_timing(with_trees(Table.objects.filter(pk=table.pk)).select_related("event").get(), today)
    if stands is None:
        return ""
    days = f"{stands.late} {'día' if stands.late == 1 else 'días'}"
    if stands.published_on:
        return f"El árbol de la temática fue final {days} después de lo que pide el método." if stands.late else ""
    if not 0 <= stands.left <= WARNED:
        return ""
    if stands.late:
        return f"El árbol de la temática todavía no es final: va {days} tarde."
    return "El árbol de la temática todavía no es final: debe serlo dos semanas antes de la mesa."


def trees_to_finish(person: User, at: datetime) -> QuerySet[Table]:
    """Return the tables that a person organises, twenty days off or less, whose theme has no final tree."""
    today = day_of(at)
    soon = organised_events(person, today).filter(
        state__in=[EventState.DRAFT, EventState.PUBLISHED],
        starts_at__gt=at,
        starts_on__lte=today + timedelta(days=WARNED),
        table__isnull=False,
    )
    rows: Any = with_trees(Table.objects.filter(event__in=soon.values("pk")))
    unfinished: QuerySet[Table] = rows.filter(tree_final_at=None).exclude(tree_is_told=True, tree_key=None)
    return unfinished.select_related("event__exercise__jurisdiction", "theme").order_by("event__starts_at")
