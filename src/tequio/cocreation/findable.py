"""What people can find of co-creation: approved themes and the problems behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.models import ProblemTree, Theme
from tequio.exercises.models import Exercise
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def themes() -> Iterator[Entry]:
    """Yield every theme of an exercise that is no draft."""
    shown = Theme.objects.filter(exercise__in=Exercise.objects.visible_to(None)).select_related("exercise")
    for row in shown:
        yield Entry(
            key=f"cocreation.theme:{row.exercise.slug}/{row.key}",
            title=row.name,
            text=f"{row.justification} {' '.join(row.other_names)} {row.reason_without_commitment}",
            url=f"{row.exercise.get_absolute_url()}#tematicas",
        )


def trees() -> Iterator[Entry]:
    """Yield every problem tree with its problem, causes and effects."""
    shown = ProblemTree.objects.visible_to(None).settled()
    for row in shown.select_related("exercise").prefetch_related("nodes"):
        yield Entry(
            key=f"cocreation.tree:{row.exercise.slug}/{row.key}",
            title=row.title,
            text="\n".join(node.text for node in row.nodes.all() if not node.is_removed),
            url=reverse("site:tree", args=[row.exercise.slug, row.key]),
        )


FINDABLE = (Findable("theme", "Temáticas", themes), Findable("tree", "Árboles de problemas", trees))
