"""Compiles a plan's dossier from its rows, in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.plans.queries import dossier as d
from tequio.plans.queries.commitments import commitment_parts
from tequio.plans.queries.exercise import exercise_parts
from tequio.plans.queries.pieces import alignment, period

if TYPE_CHECKING:
    from tequio.plans.models import ActionPlan


def compile_dossier(plan: ActionPlan) -> d.Dossier:
    """Return everything the plan's document says, read from its rows; the number of queries does not grow."""
    exercise, place = plan.exercise, plan.exercise.jurisdiction
    shared = exercise_parts(exercise)
    own = [row for row in plan.alignments.select_related("concept__scheme") if row.commitment_id is None]
    return d.Dossier(
        exercise_slug=exercise.slug,
        exercise_name=exercise.name,
        exercise_state=exercise.state,
        exercise_summary=exercise.summary,
        jurisdiction_code=place.code,
        jurisdiction_name=place.name,
        jurisdiction_kind=place.kind,
        jurisdiction_slug=place.slug,
        first_year=exercise.first_year,
        last_year=exercise.last_year,
        code=plan.code,
        kind=plan.kind,
        kind_label=plan.get_kind_display(),
        document=plan.document.key if plan.document else "",
        title=plan.title,
        subtitle=plan.subtitle,
        term=period(plan),
        cut_on=plan.cut_on,
        next_cut_on=plan.next_cut_on,
        chapters=[
            d.ChapterPart(
                kind=row.kind,
                title=row.title,
                index_title=row.index_title,
                index_page=row.index_page,
                depth=row.depth,
                blocks=[d.BlockPart(**block) for block in row.blocks],
            )
            for row in plan.chapters.all()
        ],
        commitments=commitment_parts(plan),
        alignments=[alignment(row) for row in own],
        annexes=[d.AnnexPart(title=a.title, url=a.url) for a in plan.annexes.filter(commitment=None)],
        **shared,
    )
