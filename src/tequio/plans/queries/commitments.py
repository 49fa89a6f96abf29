"""Reads the commitments of a plan into dossier parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.plans.queries import dossier as d
from tequio.plans.queries.pieces import alignment, contact, institution, period

if TYPE_CHECKING:
    from tequio.plans.models import ActionPlan, Activity, Commitment

FORM_FIELDS: Final = (
    *("number", "code", "kind", "body_order", "title", "axis", "axis_page", "form_title", "listed_name", "name"),
    *("promise", "helps_to_solve", "will_allow", "description", "contribution", "target_population", "relevance"),
    *("agenda_2030", "gender", "expected_results", "proposal_title", "proposal_text", "proposal_objective"),
    *("lines_title", "responsible_text", "contact_institution_text"),
)


def commitment_parts(plan: ActionPlan) -> list[d.CommitmentPart]:
    """Return the plan's commitments by number, with everything that hangs from them."""
    rows = plan.commitments.select_related("responsible", "theme", "problem_tree").prefetch_related(
        "key_actions",
        "lines",
        "activities__line",
        "activities__responsibles__organization",
        "responsibles__organization",
        "other_actors",
        "annexes",
        "alignments__concept__scheme",
    )
    return [commitment_part(row) for row in rows]


def commitment_part(row: Commitment) -> d.CommitmentPart:
    """Return one commitment; its related rows are expected to be fetched."""
    activities = list(row.activities.all())
    return d.CommitmentPart(
        **{name: getattr(row, name) for name in FORM_FIELDS},
        kind_label=row.get_kind_display(),
        responsible=institution(row.responsible),
        theme=row.theme.key if row.theme else "",
        tree=row.problem_tree.key if row.problem_tree else "",
        period=period(row),
        key_actions=[
            d.KeyActionPart(number=a.number, text=a.text, dates_text=a.dates_text, period=period(a))
            for a in row.key_actions.all()
        ],
        activities=[activity_part(a) for a in activities if a.line_id is None],
        lines=[
            d.LinePart(
                number=line.number,
                text=line.text,
                activities=[activity_part(a, line.number) for a in activities if a.line_id == line.pk],
            )
            for line in row.lines.all()
        ],
        contacts=[contact(c) for c in row.responsibles.all() if c.activity_id is None],
        actors=[
            d.ActorPart(sector=a.sector, sector_label=a.get_sector_display(), text=a.text)
            for a in row.other_actors.all()
        ],
        annexes=[d.AnnexPart(title=a.title, url=a.url) for a in row.annexes.all()],
        alignments=[alignment(a) for a in row.alignments.all()],
    )


def activity_part(row: Activity, line: int = 0) -> d.ActivityPart:
    """Return one activity."""
    return d.ActivityPart(
        code=row.code,
        line=line,
        label=row.label,
        title=row.title,
        description=row.description,
        verification=row.verification,
        period=period(row),
        responsibles=[contact(r) for r in row.responsibles.all()],
    )
