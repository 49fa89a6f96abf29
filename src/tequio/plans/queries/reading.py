"""Reads the dossier of a published edition, or compiles it where a plan has none yet."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tequio.kernel.models import Edition
from tequio.plans.queries.compiling import compile_dossier
from tequio.plans.queries.dossier import Dossier

if TYPE_CHECKING:
    from tequio.plans.models import ActionPlan

EDITION_KIND: Final = "plans.plan"
KEPT_IN_MEMORY: Final = 32
"""Dossiers a process keeps: an edition never changes, so neither does what was read from it."""


def edition_of(plan: ActionPlan) -> Edition | None:
    """Return the plan's newest edition without its content."""
    return Edition.objects.of(EDITION_KIND, plan.code).defer("content").first()


def published_dossier(plan: ActionPlan) -> Dossier:
    """Return what the plan's newest edition says; of a plan without edition, what its rows say."""
    edition = edition_of(plan)
    return dossier_of(edition.pk, edition.sha256) if edition else compile_dossier(plan)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def dossier_of(edition_pk: int, sha256: str) -> Dossier:
    """Return the dossier of an edition; the hash is part of the key so that no other database's is taken for it."""
    edition = Edition.objects.only("content").get(pk=edition_pk, sha256=sha256)
    return Dossier.model_validate(edition.content)
