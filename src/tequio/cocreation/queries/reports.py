"""The report (relatoría) of a table, made from what was captured: counts by group, never who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tequio.accounts.enums import Sector
from tequio.cocreation.enums import DraftStage, TableOutcome
from tequio.cocreation.models import ProblemNode
from tequio.kernel.smallcells import safe_counts

if TYPE_CHECKING:
    from tequio.cocreation.models import ClosedText, SmallTable, Table


@dataclass(frozen=True, slots=True)
class Alternative:
    """An alternative of solution with the causes it attends to; `place` is its priority in its table, from 1."""

    text: str
    causes: list[str]
    place: int | None


@dataclass(frozen=True, slots=True)
class SheetTold:
    """What one small table wrote."""

    number: int
    answers: list[tuple[str, list[str]]]
    alternatives: list[Alternative]
    title: str
    proposal: str

    @property
    def is_blank(self) -> bool:
        """Say whether the table wrote nothing."""
        return not (self.alternatives or self.proposal or any(given for _, given in self.answers))


@dataclass(frozen=True, slots=True)
class Report:
    """A table's report: who came in counts that point at nobody, each sheet, and the closed texts."""

    arrived: int
    groups: list[tuple[str, int | None]]
    sheets: list[SheetTold]
    preliminary: ClosedText | None
    definitive: ClosedText | None


def report_of(table: Table) -> Report:
    """Return what a table's report shows, in four queries."""
    texts = {text.stage: text for text in table.closed_texts.all()}
    arrived, groups = by_group(table)
    return Report(
        arrived=arrived,
        groups=groups,
        sheets=sheets_of(table),
        preliminary=texts.get(DraftStage.PRELIMINARY),
        definitive=texts.get(DraftStage.DEFINITIVE),
    )


def by_group(table: Table) -> tuple[int, list[tuple[str, int | None]]]:
    """Return how many came and of which groups, the small ones hidden (None)."""
    counts: dict[str, int] = {str(sector.label): 0 for sector in Sector}
    for sector in table.event.attendees.arrived().values_list("sector", flat=True):
        counts[str(Sector(sector).label)] += 1
    safe = safe_counts(counts)
    return sum(counts.values()), [(name, safe.count(name, "n")) for name in safe.rows]


def sheets_of(table: Table) -> list[SheetTold]:
    """Return what each small table wrote, in the order of their numbers."""
    small_tables = list(table.small_tables.all())
    named = {pk for small in small_tables for one in small.sheet.get("alternatives", ()) for pk in one["causes"]}
    causes = {node.pk: node.text for node in ProblemNode.objects.filter(pk__in=named)} if named else {}
    return [told(small, table.questions, causes) for small in small_tables]


def told(small: SmallTable, questions: list[str], causes: dict[int, str]) -> SheetTold:
    """Return a sheet as it is read."""
    sheet: dict[str, Any] = small.sheet
    priorities = sheet.get("priorities", [])
    alternatives = [
        Alternative(
            one["t"],
            [causes[pk] for pk in one["causes"] if pk in causes],
            priorities.index(one["k"]) + 1 if one["k"] in priorities else None,
        )
        for one in sheet.get("alternatives", ())
    ]
    answers = sheet.get("answers", {})
    proposal = sheet.get("proposal", {"title": "", "text": ""})
    return SheetTold(
        small.number,
        [(question, [one["t"] for one in answers.get(str(n), ())]) for n, question in enumerate(questions)],
        sorted(alternatives, key=lambda one: (one.place is None, one.place, one.text.casefold())),
        proposal["title"],
        proposal["text"],
    )


def account_of(table: Table) -> str:
    """Return the report in sentences: what the event's page, its mail and the open data say of the table."""
    report = report_of(table)
    shown = "; ".join(f"{name}: {count}" for name, count in report.groups if count is not None)
    parts = [
        f"Mesa de cocreación sobre {table.theme.name}.",
        f"Llegaron {report.arrived} personas y trabajaron en {len(report.sheets)} mesas."
        + (f" {shown}. Los grupos pequeños no se muestran." if shown else ""),
        "Se trabajó bajo la regla de Chatham House: lo que se dijo se puede usar; quién lo dijo no se registra.",
    ]
    text = report.definitive or report.preliminary
    if text:
        parts.append(f"{text.get_stage_display()}: {text.title}\n\n{text.definitive_commitment or text.text}")
    if table.outcome == TableOutcome.DIALOGUE:
        parts.append(f"La mesa terminó sin compromiso. {table.reason}")
    if table.lessons:
        parts.append(f"Aprendizajes: {table.lessons}")
    return "\n\n".join(parts)
