"""The filters of the dashboard: what each leaves, and the choices there are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Value

from tequio.accounts.models import Organization
from tequio.cocreation.models import Theme
from tequio.kernel.components import Choice
from tequio.kernel.kept import kept
from tequio.kernel.models import Concept
from tequio.kernel.spanish import fold
from tequio.monitoring.enums import Completion
from tequio.monitoring.models import CommitmentStanding
from tequio.plans.models import ActionPlan, Alignment, Commitment

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.monitoring.models.standings import CommitmentStandingQuerySet

GOALS: Final = "ods"
"""The key, in every pack, of the list of Sustainable Development Goals."""

COMPLETION: Final = tuple(Choice(value, label) for value, label in Completion.choices)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader asks of the dashboard; an empty field asks nothing."""

    completion: str = ""
    institution: str = ""
    theme: str = ""
    goal: str = ""
    place: str = ""
    exercise: str = ""
    unproved: bool = False
    late: bool = False

    def of(self, viewer: User | AnonymousUser | None, *, today: date) -> CommitmentStandingQuerySet:
        """Return the standings that a viewer may see and the filters leave."""
        named = {
            "completion": self.completion,
            "commitment__responsible__key": self.institution,
            "commitment__theme__key": self.theme,
            "commitment__plan__exercise__jurisdiction__slug": self.place,
            "commitment__plan__exercise__slug": self.exercise,
        }
        left = CommitmentStanding.objects.visible_to(viewer).filter(**{k: v for k, v in named.items() if v})
        if self.goal:
            cited = Alignment.objects.filter(concept__scheme__key=GOALS, concept__code=self.goal)
            left = left.filter(commitment__in=cited.values("commitment"))
        if self.unproved:
            left = left.filter(evidence_count=0)
        return left.late_on(today) if self.late else left


@dataclass(frozen=True, slots=True)
class Choices:
    """What each filter offers: only what some visible commitment has."""

    institutions: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    goals: tuple[Choice, ...]
    places: tuple[Choice, ...]
    exercises: tuple[Choice, ...]


def choices(viewer: User | AnonymousUser | None) -> Choices:
    """Return the choices of every filter, in two queries."""
    shown = Commitment.objects.visible_to(viewer)
    sources = (
        Organization.objects.filter(Exists(shown.filter(responsible=OuterRef("pk")))).values_list(
            Value("institution"), "key", "name"
        ),
        Theme.objects.filter(Exists(shown.filter(theme=OuterRef("pk")))).values_list(Value("theme"), "key", "name"),
        Concept.objects.of(GOALS)
        .filter(Exists(shown.filter(alignments__concept=OuterRef("pk"))))
        .values_list(Value("goal"), "code", "name"),
    )
    first, *rest = (source.order_by() for source in sources)
    offered: dict[str, dict[str, str]] = {"institution": {}, "theme": {}, "goal": {}}
    for kind, key, name in first.union(*rest):
        offered[kind][key] = name
    plans = (
        ActionPlan.objects.visible_to(viewer)
        .order_by("-exercise__first_year", "exercise__slug")
        .values_list("exercise__slug", "exercise__name", "exercise__jurisdiction__slug", "exercise__jurisdiction__name")
    )
    exercises, places = dict[str, str](), dict[str, str]()
    for slug, name, place, place_name in plans:
        exercises[slug], places[place] = name, place_name
    return Choices(
        institutions=by_name(offered["institution"]),
        themes=by_name(offered["theme"]),
        goals=tuple(Choice(code, f"{code}. {name}") for code, name in sorted(offered["goal"].items(), key=_by_number)),
        places=by_name(places),
        exercises=tuple(Choice(slug, name) for slug, name in exercises.items()),
    )


@kept(most=1)
def public_choices() -> Choices:
    """Return the choices of what anybody may see, kept until something is published."""
    return choices(None)


def by_name(offered: dict[str, str]) -> tuple[Choice, ...]:
    """Return choices in the order in which their names are read."""
    return tuple(Choice(key, name) for key, name in sorted(offered.items(), key=lambda pair: read_as(pair[1])))


read_as = lru_cache(maxsize=2_000)(fold)
"""A name as it is put in order: places and institutions are the same from one reading to the next."""


def _by_number(pair: tuple[str, str]) -> tuple[int, str]:
    code = pair[0]
    return (int(code) if code.isdecimal() else 0, code)
