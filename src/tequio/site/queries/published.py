"""A published plan as the pages read it: its row, its current edition and what that edition says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from tequio.kernel.accents import refusal
from tequio.plans.models import ActionPlan
from tequio.plans.queries import compile_dossier
from tequio.plans.queries.reading import dossier_of, edition_of

if TYPE_CHECKING:
    from tequio.kernel.models import Edition
    from tequio.plans.queries import Dossier


@dataclass(frozen=True, slots=True)
class Published:
    """A plan that anybody may read; without edition only while it was never published by its verb."""

    plan: ActionPlan
    edition: Edition | None
    dossier: Dossier

    @property
    def accent(self) -> str:
        """The guarantor's colour as base.html wants it, or none where it has none that can be read."""
        return accent_of(self.dossier.guarantor.accent if self.dossier.guarantor else "")

    @property
    def kept_as(self) -> str:
        """What its content is known by: the same hash, the same words; nothing where rows may still change it."""
        return self.edition.sha256 if self.edition else ""

    @property
    def kept_for(self) -> int | None:
        """How long `{% cache %}` may keep what only its content decides: for ever, or not at all without edition."""
        return None if self.edition else 0

    @property
    def is_closed(self) -> bool:
        """Say whether the exercise is over, as its row says today."""
        return self.plan.exercise.state == "closed"


def accent_of(colour: str) -> str:
    """Return a colour as six hexadecimal digits in lower case, or nothing where it cannot be read on the page."""
    digits = colour.removeprefix("#").lower()
    return "" if refusal(digits) else digits


def short_address(code: str) -> str:
    """Return the address that is printed on paper for a plan or a commitment."""
    return f"{settings.SITE_ADDRESS}/c/{code}"


def published(plan: ActionPlan) -> Published:
    """Return a plan with its current edition, in at most two queries where it has one."""
    edition = edition_of(plan)
    dossier = dossier_of(edition.pk, edition.sha256) if edition else compile_dossier(plan)
    return Published(plan, edition, dossier)


def published_plan(slug: str) -> Published | None:
    """Return the published plan of an exercise, or nothing where there is none that anybody may read."""
    rows = ActionPlan.objects.visible_to(None).select_related("exercise__jurisdiction", "document")
    plan = rows.filter(exercise__slug=slug).first()
    return published(plan) if plan else None
