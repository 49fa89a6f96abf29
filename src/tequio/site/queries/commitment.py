"""What the page of a commitment shows: what was promised, by whom, and what the three voices say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tequio.kernel import spoken
from tequio.kernel.components import Fact, Voice
from tequio.kernel.kept import kept
from tequio.kernel.placeholders import Missing, Stated, reading
from tequio.monitoring.enums import Verdict
from tequio.plans.consistency.statements import upper_first
from tequio.plans.consistency.structure import GOALS
from tequio.plans.enums import ActivityLevel
from tequio.plans.models import Activity, Commitment
from tequio.site.queries.published import Published, published

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from tequio.monitoring.models import ActivityStanding, CommitmentStanding
    from tequio.plans.models import Finding
    from tequio.plans.queries.dossier import ActivityPart, CommitmentPart, LinePart, TreePart

VALUES: Final = "ogp-valores"
VOICES: Final = ("Institución", "Evidencia", "Sociedad civil")
WORDS_OF_A_PROMISE: Final = 30


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """An activity as published, and its row with standing, reports, evidence and judgements."""

    part: ActivityPart
    row: Activity | None

    @property
    def standing(self) -> ActivityStanding | None:
        """Where it stands, if the plan is followed up."""
        return getattr(self.row, "standing", None)

    @property
    def has_evidence(self) -> bool:
        """Say whether anything proves it."""
        return bool(self.standing and self.standing.evidence_count)


@dataclass(frozen=True, slots=True)
class ActivityList:
    """The activities of one table, those that a filter leaves, and how many there are without evidence."""

    whole: tuple[ActivityShown, ...]
    without: int
    left: tuple[ActivityShown, ...]
    line: LinePart | None = None

    @property
    def total(self) -> int:
        """How many activities the table has."""
        return len(self.whole)


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A commitment with everything its page tells."""

    row: Commitment
    plan: Published
    part: CommitmentPart
    table: ActivityList
    lines: list[ActivityList]
    findings: list[Finding]

    @property
    def standing(self) -> CommitmentStanding | None:
        """Where it stands, if the plan is followed up."""
        return getattr(self.row, "standing", None)

    @property
    def tree(self) -> TreePart | None:
        """The problem identification that it answers, if the document says which."""
        return self.plan.dossier.tree(self.part.tree)


@kept(most=64)
def commitment_page(slug: str, number: int, *, without_evidence: bool = False) -> CommitmentPage | None:
    """Return a commitment's page, or nothing where nobody may see it; at most eight queries, then kept."""
    rows = Commitment.objects.visible_to(None).select_related("plan__exercise__jurisdiction", "standing")
    row = rows.filter(plan__exercise__slug=slug, number=number).first()
    plan = published(row.plan) if row else None
    part = plan.dossier.commitment(number) if plan else None
    if row is None or plan is None or part is None:
        return None
    followed = Activity.objects.filter(commitment=row).select_related("standing")
    activities = {a.code: a for a in followed.prefetch_related("evidence", "progress_reports", "judgements")}
    return CommitmentPage(
        row=row,
        plan=plan,
        part=part,
        table=listed(part.activities, activities, without_evidence=without_evidence),
        lines=[listed(line.activities, activities, line, without_evidence=without_evidence) for line in part.lines],
        findings=list(row.findings.all()),
    )


def listed(
    parts: Iterable[ActivityPart],
    rows: dict[str, Activity],
    line: LinePart | None = None,
    *,
    without_evidence: bool,
) -> ActivityList:
    """Return a table's activities, only those without evidence if so asked."""
    shown = [ActivityShown(part, rows.get(part.code)) for part in parts]
    bare = [activity for activity in shown if not activity.has_evidence]
    return ActivityList(tuple(shown), len(bare), tuple(bare if without_evidence else shown), line)


def at_a_glance(page: CommitmentPage) -> list[Fact]:
    """Return the commitment in a few facts; what the document leaves out is told as missing."""
    part = page.part
    themes = page.plan.dossier.themes
    theme = next((each.name for each in themes if each.key == part.theme), "")
    outside = f"{part.axis} (no es una de las temáticas aprobadas)" if themes and part.axis else part.axis
    contact = next((c for c in part.contacts if isinstance(reading(c.name), Stated)), None)
    unnamed = part.contacts[0].name if part.contacts else ""
    return [
        Fact("Institución responsable", part.responsible.name),
        Fact("Fechas", upper_first(spoken.period(part.period))),
        Fact("Contacto", ", ".join(filter(None, (contact.name, contact.post))) if contact else "", missing=unnamed),
        Fact("Temática", theme or outside),
        Fact("Valores de gobierno abierto que la ficha cita", cited(part, VALUES)),
        Fact("Objetivos de Desarrollo Sostenible que cita", cited(part, GOALS)),
    ]


def shortened(term: str, text: str) -> Fact:
    """Return the first words of a quotation, or that there is none."""
    read = reading(text)
    if isinstance(read, Missing):
        return Fact(term, missing=read.raw)
    words = text.split()
    return Fact(term, " ".join(words[:WORDS_OF_A_PROMISE]) + ("…" if len(words) > WORDS_OF_A_PROMISE else ""))


def cited(part: CommitmentPart, scheme: str) -> str:
    """Return the concepts of a list that a commitment cites, by their official names."""
    found = [each for each in part.alignments if each.scheme == scheme]
    return "; ".join(f"{each.code}. {each.name}" if each.code.isdecimal() else each.name for each in found)


def voices(page: CommitmentPage) -> list[Voice]:
    """Return what the institution, the evidence and civil society say, each with its denominator."""
    standing = page.standing
    if standing is None:
        return [Voice(who, "No consta") for who in VOICES]
    closed, total, of = page.plan.is_closed, standing.total, f"de {standing.total} actividades"
    silent = "No consta" if closed else "Sin respuesta"
    unproved = "No consta evidencia" if closed else "Sin evidencia"
    done = "Reportada terminada" if standing.reported_done == total else "En curso"
    judged = verdicts(page, standing)
    accepted, objected = judged.count(Verdict.VALIDATED), judged.count(Verdict.OBJECTED)
    agreed = "Validada" if accepted == total else "En curso"
    words = (
        done if standing.reported else silent,
        standing.get_completion_display() if standing.evidence_count else unproved,
        ("Con problema" if objected else agreed) if judged else silent,
    )
    details = (
        f"Reportó {standing.reported} {of}" + (f"; terminó {standing.reported_done}." if standing.reported else "."),
        f"Tienen evidencia {standing.with_evidence} {of}.",
        f"Validó {accepted} {of}" + (f"; objetó {objected}." if objected else "."),
    )
    dates = (standing.last_report_on, standing.last_evidence_on, None)
    told = zip(VOICES, words, details if total else ("", "", ""), dates, strict=True)
    return [Voice(*each) for each in told]


def verdicts(page: CommitmentPage, standing: CommitmentStanding) -> list[str]:
    """Return civil society's latest verdicts on the activities that a standing counts."""
    lists = page.lines if standing.level == ActivityLevel.LINE else [page.table]
    standings = [shown.standing for each in lists for shown in each.whole]
    return [each.civil_society for each in standings if each and each.civil_society and not each.is_blank]


def lateness(page: CommitmentPage, day: dt.date) -> str:
    """Return «Atrasada (12 días)» where an exercise runs and something is overdue, or nothing."""
    due = page.standing.next_due_on if page.standing and not page.plan.is_closed else None
    if due is None or due >= day:
        return ""
    days = (day - due).days
    return f"Atrasada ({days:,} {'día' if days == 1 else 'días'})"


def counted(standing: CommitmentStanding) -> str:
    """Return which activities a standing counts, in words."""
    if standing.level == ActivityLevel.LINE:
        return "actividades de las líneas de acción"
    return "actividades de la tabla con fechas"
