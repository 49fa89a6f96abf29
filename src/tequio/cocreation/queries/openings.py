"""What a table begins with: what the table before it found, made from its sheets, its texts and the theme's trees."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from tequio.cocreation.enums import Capture, DraftStage, NodeKind, TableKind, TableOutcome
from tequio.cocreation.models import ProblemNode, ProblemTree, Table
from tequio.cocreation.queries.reports import sheets_of
from tequio.kernel.along import read_along

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tequio.cocreation.models import Theme
    from tequio.cocreation.queries.reports import SheetTold
    from tequio.cocreation.queries.tables import Clock


@dataclass(frozen=True, slots=True)
class Attended:
    """A cause of the tree with the alternatives of solution that attend to it; without a cause, those of none."""

    cause: str
    alternatives: list[str]


@dataclass(frozen=True, slots=True)
class First:
    """What a small table put first, in its order."""

    number: int
    alternatives: list[str]


@dataclass(frozen=True, slots=True)
class Opening:
    """The result of the earlier table, with which a table begins."""

    name: str
    address: str
    outcome: str
    problems: list[str]
    attended: list[Attended]
    first: list[First]
    title: str
    text: str
    reason: str
    lessons: str

    @property
    def told(self) -> dict[str, Any]:
        """The same as plain data, for an edition."""
        return asdict(self)


def opening_of(table: Table) -> Opening | None:
    """Return what a table begins with, in two queries; nothing while the table before it has no result."""
    if table.follows_id is None:
        return None
    rows = Table.objects.visible_to(None).filter(pk=table.follows_id).exclude(outcome=TableOutcome.PENDING)
    settled = Prefetch("theme__problem_trees", ProblemTree.objects.settled())
    boxes = Prefetch("theme__problem_trees__nodes", ProblemNode.objects.standing().filter(kind=NodeKind.PROBLEM))
    near = rows.select_related("event__exercise", "theme")
    before = next(iter(read_along(near, "closed_texts", "small_tables", settled, boxes)), None)
    return opening_after(before) if before else None


def opening_after(before: Table) -> Opening:
    """Return what the table that follows a closed one begins with."""
    texts = {text.stage: text for text in before.closed_texts.all()}
    text = texts.get(DraftStage.DEFINITIVE) or texts.get(DraftStage.PRELIMINARY)
    sheets = sheets_of(before)
    return Opening(
        name=before.event.name,
        address=before.get_absolute_url(),
        outcome=before.get_outcome_display(),
        problems=[node.text for tree in before.theme.problem_trees.all() for node in tree.nodes.all()],
        attended=by_cause(sheets),
        first=priorities(sheets),
        title=text.title if text else "",
        text=(text.definitive_commitment or text.text) if text else "",
        reason=before.reason,
        lessons=before.lessons,
    )


def by_cause(sheets: Iterable[SheetTold]) -> list[Attended]:
    """Return the alternatives of all small tables by the causes they attend to; those of none come last."""
    found: dict[str, list[str]] = {}
    for one in sorted((one for sheet in sheets for one in sheet.alternatives), key=lambda one: one.text.casefold()):
        for cause in one.causes or [""]:
            mine = found.setdefault(cause, [])
            if one.text not in mine:
                mine.append(one.text)
    return [Attended(cause, found[cause]) for cause in sorted(found, key=lambda cause: (not cause, cause.casefold()))]


def priorities(sheets: Iterable[SheetTold]) -> list[First]:
    """Return what each small table put first; one that decided nothing is left out."""
    chosen = [(sheet.number, [one.text for one in sheet.alternatives if one.place]) for sheet in sheets]
    return [First(number, texts) for number, texts in chosen if texts]


def is_opening(clock: Clock) -> bool:
    """Say whether a table is still in the stages before it writes: there its screens show what it begins with."""
    writes = any(timed.stage.captures == Capture.ANSWERS and timed.stage.started_at for timed in clock.stages)
    return not (writes or clock.is_over)


def lacks_opening(table: Table) -> bool:
    """Say whether the table before this one is still to be closed, so that this one would begin with nothing."""
    return table.follows is not None and table.follows.outcome == TableOutcome.PENDING


def earlier_of(theme: Theme) -> Table | None:
    """Return the latest table of a theme's problem that has a result: what one of commitment would follow."""
    rows = Table.objects.filter(theme=theme, kind=TableKind.PROBLEM).exclude(outcome=TableOutcome.PENDING)
    return rows.select_related("event").order_by("-event__starts_on", "-event__order").first()
