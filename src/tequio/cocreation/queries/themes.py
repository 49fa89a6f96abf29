"""Themes as their pages ask for them: the approved ones with what hangs from them, and those being prepared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Prefetch, Q

from tequio.cocreation.enums import SHOWN, ProblemStatus, ThemeStatus
from tequio.cocreation.models import ProblemTree, Table, Theme
from tequio.governance.enums import AgreementStatus, BodyKind
from tequio.governance.models import Agreement
from tequio.kernel.models import Concept

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

TARGETS: Final = "ods-metas"
"""The list of a pack that has the targets of the Sustainable Development Goals."""


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """An approved theme with its targets in words, and how many proposals of the consultation are in it."""

    theme: Theme
    targets: list[str]
    proposals: int


def targets_in_force(day: date) -> QuerySet[Concept]:
    """Return the targets of the Sustainable Development Goals that a pack lists, in their order."""
    return Concept.objects.of(TARGETS).in_force(day)


def agreements_of(exercise: Exercise) -> QuerySet[Agreement]:
    """Return the agreements by which a theme can be approved: the secretariat's, the latest first."""
    rows = Agreement.objects.filter(body__exercise=exercise, body__kind=BodyKind.SECRETARIAT)
    standing = rows.exclude(status=AgreementStatus.CANCELLED).select_related("body__exercise", "proposal")
    return standing.order_by("-year", "-number", "-pk")


def shown_themes(viewer: User | AnonymousUser | None, exercise: Exercise) -> list[ShownTheme]:
    """Return the approved themes of an exercise with their trees, tables and origin, in six queries at most."""
    trees = ProblemTree.objects.visible_to(viewer)
    tables = Table.objects.visible_to(viewer).select_related("event__exercise").order_by("event__starts_on", "pk")
    rows = (
        Theme.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("exercise", "document", "agreement__body__exercise")
        .prefetch_related(Prefetch("problem_trees", queryset=trees), Prefetch("tables", queryset=tables))
        .annotate(proposals=Count("problems", filter=Q(problems__status=ProblemStatus.GROUPED)))
        .order_by("order")
    )
    found = list(rows)
    codes = {code for row in found for code in row.targets}
    named = dict(Concept.objects.of(TARGETS).filter(code__in=codes).values_list("code", "name")) if codes else {}
    return [
        ShownTheme(row, [f"{code} {named.get(code, '')}".strip() for code in row.targets], vars(row)["proposals"])
        for row in found
    ]


def themes_at_work(exercise: Exercise) -> QuerySet[Theme]:
    """Return every theme of an exercise with how many proposals it gathers; the page asks the permission."""
    rows = Theme.objects.filter(exercise=exercise).select_related("document", "agreement__body__exercise")
    return rows.annotate(proposals=Count("problems", filter=Q(problems__status__in=SHOWN))).order_by("order")


def themes_to_group(exercise: Exercise) -> QuerySet[Theme]:
    """Return the themes into which a proposal can be grouped: the approved ones, and those still proposed."""
    return Theme.objects.filter(exercise=exercise).exclude(status=ThemeStatus.WITHDRAWN).order_by("order")
