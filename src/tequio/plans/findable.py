"""What people can find of published plans: commitments, activities and the chapters of their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.kernel.placeholders import Stated, reading
from tequio.kernel.search import Entry, Findable
from tequio.plans.models import ActionPlan, Activity, Chapter, Commitment

if TYPE_CHECKING:
    from collections.abc import Iterator


def stated(*texts: str) -> str:
    """Return those texts that say something, one after another: a template's leftovers are not found."""
    return "\n".join(text for text in texts if isinstance(reading(text), Stated))


def commitments() -> Iterator[Entry]:
    """Yield every published commitment with the words of its form."""
    for row in Commitment.objects.visible_to(None).select_related("plan__exercise", "responsible", "theme"):
        yield Entry(
            key=f"plans.commitment:{row.code}",
            title=row.title,
            text=stated(
                row.code,
                row.promise,
                row.description,
                row.helps_to_solve,
                row.expected_results,
                row.target_population,
                row.gender,
                row.proposal_text,
                f"{row.responsible.name} {row.responsible.acronym}",
                row.theme.name if row.theme else "",
            ),
            url=row.get_absolute_url(),
        )


def activities() -> Iterator[Entry]:
    """Yield every activity whose document says what it is, on its commitment's page."""
    rows = Activity.objects.visible_to(None).select_related("commitment__plan__exercise")
    for row in rows:
        if isinstance(reading(row.title), Stated):
            yield Entry(
                key=f"plans.activity:{row.code}",
                title=row.title,
                text=stated(row.code, row.description, row.verification, row.commitment.title),
                url=f"{row.commitment.get_absolute_url()}#{row.code}",
            )


def chapters() -> Iterator[Entry]:
    """Yield every plan and every chapter of its document with its own text."""
    plans = ActionPlan.objects.visible_to(None).select_related("exercise")
    for plan in plans:
        yield Entry(
            key=f"plans.plan:{plan.code}",
            title=plan.title,
            text=f"{plan.code} {plan.subtitle}",
            url=plan.get_absolute_url(),
        )
    for row in Chapter.objects.filter(plan__in=plans).select_related("plan__exercise"):
        text = "\n".join(block["text"] for block in row.blocks)
        yield Entry(
            key=f"plans.chapter:{row.plan.code}/{row.order}",
            title=row.title,
            text=text,
            url=row.plan.get_absolute_url(),
            published=bool(text.strip()),
        )


FINDABLE = (
    Findable("commitment", "Compromisos", commitments),
    Findable("activity", "Actividades", activities),
    Findable("plan", "Planes", chapters),
)
