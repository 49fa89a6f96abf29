"""The dashboard's sentence: what the filters leave, counted, always with its denominator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, Max, Min, Q, Sum

from tequio.exercises.enums import ExerciseState
from tequio.kernel.figures.stacked_bar import Part
from tequio.kernel.spoken import short_date
from tequio.monitoring.enums import Completion
from tequio.plans.enums import ActivityLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tequio.monitoring.models.standings import CommitmentStandingQuerySet

SHADES: Final = {
    Completion.COMPLETE: "f-ink",
    Completion.SUBSTANTIAL: "f-strong",
    Completion.LIMITED: "f-soft",
    Completion.NOT_STARTED: "f-grey",
    Completion.NO_EVIDENCE: "f-hollow",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over a set of commitments; `activities` are those of the level that each one counts."""

    total: int
    by_completion: Mapping[Completion, int]
    running: int
    late: int
    closed: int
    closed_unproved: int
    unproved: int
    by_table: int
    activities: int
    blank: int
    proved: int
    cut_declared: int
    outdated: int
    last_cut: date | None
    next_cut: date | None

    @property
    def complete(self) -> int:
        """How many are complete."""
        return self.by_completion[Completion.COMPLETE]

    @property
    def finding(self) -> str:
        """Say how many are complete: «0 de 3 compromisos completos con evidencia validada»."""
        if not self.total:
            return "Ningún compromiso publicado es así"
        noun = "compromiso completo" if self.total == 1 else "compromisos completos"
        return f"{self.complete:,} de {self.total:,} {noun} con evidencia validada"

    @property
    def also(self) -> tuple[str, ...]:
        """Say what else is to be known: lateness only of running exercises, silence of closed ones."""
        said = []
        if self.running:
            said.append(
                f"{self.late:,} de {self.running:,} en curso {'va atrasado' if self.late == 1 else 'van atrasados'}"
            )
        if self.closed:
            noun = "compromiso ya concluido" if self.closed == 1 else "compromisos ya concluidos"
            said.append(f"no consta evidencia en {self.closed_unproved:,} de {self.closed:,} {noun}")
        return tuple(said)

    @property
    def cut(self) -> str:
        """Say how fresh the data are, in the plan's own cut dates."""
        if not self.last_cut:
            return "el documento no declara corte"
        said = f"último corte: {short_date(self.last_cut)}"
        if self.cut_declared < self.total:
            said += f" (lo declara el documento de {self.cut_declared:,} de {self.total:,})"
        return f"{said}; siguiente: {short_date(self.next_cut)}" if self.next_cut else said

    @property
    def counted(self) -> str:
        """Say which level of activities is counted, and where another had to do."""
        lines = self.total - self.by_table
        if not lines:
            return "Se cuentan las actividades de la tabla de cada compromiso; las de sus líneas de acción, no."
        if not self.by_table:
            return "Se cuentan las actividades de las líneas de acción, porque el documento no trae tabla."
        return (
            "Se cuentan las actividades de la tabla de cada compromiso. "
            f"En {lines:,} de {self.total:,}, sin tabla, las de sus líneas de acción."
        )

    @property
    def sentence(self) -> str:
        """Return the whole sentence, for a feed, a chat or an image."""
        return "; ".join((self.finding, *self.also, self.cut)) if self.total else self.finding

    @property
    def parts(self) -> list[Part]:
        """Return the bar's parts on the completion scale, from complete to nothing."""
        return [Part(str(word.label), self.by_completion[word], shade) for word, shade in SHADES.items()]


def summary(standings: CommitmentStandingQuerySet, *, today: date) -> Summary:
    """Count a set of commitments in one query, by state and completion: ten rows at most, added up here."""
    plan = "commitment__plan"
    rows = list(
        standings.order_by()
        .values("completion", state=F(f"{plan}__exercise__state"))
        .annotate(
            commitments=Count("pk"),
            late=Count("pk", filter=Q(next_due_on__lt=today)),
            unproved=Count("pk", filter=Q(evidence_count=0)),
            by_table=Count("pk", filter=Q(level=ActivityLevel.COMMITMENT)),
            activities=Sum("total"),
            unfilled=Sum("blank"),
            proved=Sum("with_evidence"),
            cut=Count(f"{plan}__cut_on"),
            last_cut=Max(f"{plan}__cut_on"),
            outdated=Count("pk", filter=Q(**{f"{plan}__next_cut_on__lt": today})),
            next_cut=Min(f"{plan}__next_cut_on", filter=Q(**{f"{plan}__next_cut_on__gte": today})),
        )
    )
    running = [row for row in rows if row["state"] == ExerciseState.OPEN]
    closed = [row for row in rows if row["state"] == ExerciseState.CLOSED]
    return Summary(
        total=_sum(rows, "commitments"),
        by_completion={
            word: _sum((row for row in rows if row["completion"] == word), "commitments") for word in Completion
        },
        running=_sum(running, "commitments"),
        late=_sum(running, "late"),
        closed=_sum(closed, "commitments"),
        closed_unproved=_sum(closed, "unproved"),
        unproved=_sum(rows, "unproved"),
        by_table=_sum(rows, "by_table"),
        activities=_sum(rows, "activities"),
        blank=_sum(rows, "unfilled"),
        proved=_sum(rows, "proved"),
        cut_declared=_sum(rows, "cut"),
        outdated=_sum(running, "outdated"),
        last_cut=max((row["last_cut"] for row in rows if row["last_cut"]), default=None),
        next_cut=min((row["next_cut"] for row in running if row["next_cut"]), default=None),
    )


def _sum(rows: Iterable[Mapping[str, Any]], name: str) -> int:
    return sum(row[name] for row in rows)
