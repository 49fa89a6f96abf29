"""What people can find of co-creation: approved themes, the problems behind them, and those that people proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.models import Problem, ProblemTree, Theme
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def themes() -> Iterator[Entry]:
    """Yield every approved theme of an exercise that is no draft."""
    shown = Theme.objects.visible_to(None).select_related("exercise")
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


def problems() -> Iterator[Entry]:
    """Yield every proposal of a consultation whose text anybody may read."""
    for row in Problem.objects.visible_to(None).readable().select_related("consultation__exercise"):
        yield Entry(
            key=f"cocreation.problem:{row.reference}",
            title=row.title,
            text=f"{row.text} {row.place}",
            url=row.get_absolute_url(),
        )


FINDABLE = (
    Findable("theme", "Temáticas", themes),
    Findable("tree", "Árboles de problemas", trees),
    Findable("problem", "Problemas públicos propuestos", problems),
)
