"""Publishing a plan: its dossier is frozen as an edition and its document is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.kernel.editions import publish
from tequio.plans.consistency import check
from tequio.plans.enums import PlanState
from tequio.plans.models import ActionPlan, Finding
from tequio.plans.queries import compile_dossier
from tequio.plans.queries.reading import EDITION_KIND

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.kernel.models import Edition
    from tequio.plans.queries import Dossier


@transaction.atomic
def publish_plan(plan: ActionPlan, *, by: User | None, at: datetime, note: str = "") -> Edition:
    """Publish a plan: check its document, freeze what it says as an edition, and tell whoever shows it."""
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.state = PlanState.PUBLISHED
    plan.save(update_fields=["state"])
    dossier = compile_dossier(plan)
    recheck(plan, dossier)
    return publish(
        EDITION_KIND,
        plan.code,
        dossier.model_dump(mode="json"),
        by=by.get_username() if by else None,
        at=at,
        note=note,
    )


@transaction.atomic
def recheck(plan: ActionPlan, dossier: Dossier) -> list[Finding]:
    """Write what the consistency rules find in a plan, in place of what they found before."""
    commitments = {commitment.number: commitment for commitment in plan.commitments.all()}
    plan.findings.all().delete()
    return Finding.objects.bulk_create(
        Finding(
            plan=plan,
            commitment=commitments[found.commitment] if found.commitment else None,
            order=order,
            rule=found.rule,
            kind=found.kind,
            activity_code=found.activity,
            place=found.place,
            says=found.says,
            problem=found.problem,
            against=found.against,
        )
        for order, found in enumerate(check(dossier), 1)
    )
