"""The verbs of follow-up."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.models import Organization
from tequio.exercises.enums import ExerciseState
from tequio.exercises.workflows import REPLACE_EXERCISE
from tequio.kernel.objections import object_to
from tequio.kernel.packs.lookup import look_up
from tequio.kernel.placeholders import Missing, reading
from tequio.kernel.upsert import Tally
from tequio.monitoring.enums import ActivityState, Verdict, Voice
from tequio.monitoring.models import ActivityStanding, CommitmentStanding, Evidence, Judgement, ProgressReport
from tequio.monitoring.queries import activity_state, completion
from tequio.plans.enums import ActivityLevel
from tequio.plans.models import ActionPlan, Activity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from tequio.accounts.models import User
    from tequio.kernel.packs.schema import Record
    from tequio.plans.models import Commitment

logger = logging.getLogger(__name__)

FINISHED = {ActivityState.REPORTED_DONE, ActivityState.VALIDATED, ActivityState.CANCELLED}


@transaction.atomic
def load_follow_up(records: Sequence[Record], *, by: User | None, at: datetime) -> tuple[Tally, ...]:
    """Write what was reported, proved and judged of plans loaded just before, and derive where each stands."""
    for record in records:
        _follow_up(record)
    for plan in ActionPlan.objects.filter(commitments__standing=None).distinct():
        restate(plan)
    logger.info("Seguimiento escrito por %s, %s", by or "la consola", at)
    return (Tally("planes con seguimiento", len(records), 0, 0, ()),)


def _follow_up(record: Record) -> None:
    rows = Activity.objects.filter(commitment__plan__exercise__slug=record["ejercicio"])
    activities = {activity.code: activity for activity in rows}
    organizations = Organization.objects.in_bulk(field_name="key")
    for told in record["actividades"]:
        activity = look_up(activities, told, "codigo", "los compromisos de este plan (por ejemplo CODIGO-01-A1)")
        ProgressReport.objects.bulk_create(
            ProgressReport(
                activity=activity,
                organization=organizations[report["organizacion"]],
                state=report["estado"],
                account=report["dice"],
                reported_on=report["fecha"],
                is_from_pack=True,
            )
            for report in told["reportes"]
        )
        Evidence.objects.bulk_create(
            Evidence(
                activity=activity,
                title=proof["titulo"],
                url=proof["url"],
                sha256=proof["sha256"],
                dated_on=proof["fecha"],
                origin=proof["origen"],
                licence=proof["licencia"],
                is_from_pack=True,
            )
            for proof in told["evidencias"]
        )
        Judgement.objects.bulk_create(
            Judgement(
                activity=activity,
                voice=said["voz"],
                organization=organizations.get(said["organizacion"]),
                verdict=said["juicio"],
                reason=said["razon"],
                judged_on=said["fecha"],
                is_from_pack=True,
            )
            for said in told["juicios"]
        )


def keep_what_people_wrote() -> None:
    """Object to the replacement of exercises; called once the rooms are loaded."""
    object_to(REPLACE_EXERCISE, written_by_people)


def written_by_people(*, slug: str) -> Iterator[str]:
    """Object to replacing an exercise in which people wrote follow-up, for it would be erased."""
    activities = Activity.objects.filter(commitment__plan__exercise__slug=slug)
    # Held, so that nothing is written between this answer and the replacement: who writes waits, and is refused.
    list(activities.select_for_update(of=("self",)).values_list("pk", flat=True))
    voices = {
        "reportes": ProgressReport.objects.all(),
        "evidencias": Evidence.objects.all(),
        "juicios": Judgement.objects.all(),
    }
    by_people = {"activity__commitment__plan__exercise__slug": slug, "is_from_pack": False}
    counts = {name: rows.filter(**by_people).count() for name, rows in voices.items()}
    if any(counts.values()):
        told = ", ".join(f"{name}: {count}" for name, count in counts.items() if count)
        yield (
            f"En el ejercicio «{slug}» ya hay seguimiento escrito por personas ({told}), y volver a cargarlo desde un "
            "paquete lo borraría. No se cargó nada: quite del paquete la carpeta de ese ejercicio y cárguelo de nuevo."
        )


@transaction.atomic
def restate(plan: ActionPlan) -> None:
    """Derive where each activity and commitment of a plan stands, in place of what was derived before."""
    closed = plan.exercise.state == ExerciseState.CLOSED
    rows = Activity.objects.filter(commitment__plan=plan).prefetch_related("progress_reports", "evidence", "judgements")
    standings = {row.pk: _activity_standing(row, closed=closed) for row in rows}
    ActivityStanding.objects.filter(activity__commitment__plan=plan).delete()
    ActivityStanding.objects.bulk_create(standings.values())
    CommitmentStanding.objects.filter(commitment__plan=plan).delete()
    CommitmentStanding.objects.bulk_create(
        _commitment_standing(
            commitment, [(row, standings[row.pk]) for row in rows if row.commitment_id == commitment.pk], closed=closed
        )
        for commitment in plan.commitments.all()
    )


def latest(days: Iterable[date | None]) -> date | None:
    """Return the latest of the days that are known."""
    return max((day for day in days if day), default=None)


def _activity_standing(activity: Activity, *, closed: bool) -> ActivityStanding:
    reports, evidence = list(activity.progress_reports.all()), list(activity.evidence.all())
    verdicts = {judgement.voice: judgement.verdict for judgement in activity.judgements.all()}
    state = activity_state(
        reported=reports[-1].state if reports else None,
        evidence_count=len(evidence),
        verdicts=verdicts.values(),
        closed=closed,
    )
    return ActivityStanding(
        activity=activity,
        state=state,
        is_blank=isinstance(reading(activity.title), Missing),
        reported_on=reports[-1].reported_on if reports else None,
        evidence_count=len(evidence),
        last_evidence_on=max((proof.dated_on for proof in evidence), default=None),
        civil_society=verdicts.get(Voice.CIVIL_SOCIETY, ""),
        committee=verdicts.get(Voice.COMMITTEE, ""),
    )


def _commitment_standing(
    commitment: Commitment, pairs: list[tuple[Activity, ActivityStanding]], *, closed: bool
) -> CommitmentStanding:
    """Count the dated table; where the document has none, its lines."""
    table = [pair for pair in pairs if pair[0].level == ActivityLevel.COMMITMENT]
    level = ActivityLevel.COMMITMENT if table else ActivityLevel.LINE
    own = [pair for pair in pairs if pair[0].level == level]
    counted = [pair for pair in own if not pair[1].is_blank]
    states = [standing.state for _, standing in counted]
    evidence = sum(standing.evidence_count for _, standing in counted)
    return CommitmentStanding(
        commitment=commitment,
        completion=completion(states, evidence_count=evidence, closed=closed),
        level=level,
        total=len(counted),
        blank=len(own) - len(counted),
        reported=sum(standing.reported_on is not None for _, standing in counted),
        reported_done=sum(state in {ActivityState.REPORTED_DONE, ActivityState.VALIDATED} for state in states),
        with_evidence=sum(standing.evidence_count > 0 for _, standing in counted),
        validated=states.count(ActivityState.VALIDATED),
        objected=sum(Verdict.OBJECTED in {standing.civil_society, standing.committee} for _, standing in counted),
        evidence_count=evidence,
        last_evidence_on=latest(standing.last_evidence_on for _, standing in counted),
        last_report_on=latest(standing.reported_on for _, standing in counted),
        next_due_on=min(
            (row.ends_on for row, standing in counted if row.ends_on and standing.state not in FINISHED), default=None
        ),
    )
