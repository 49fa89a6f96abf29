"""What a printed code stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.plans.models import ActionPlan, Activity, Commitment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


def address_of(code: str, viewer: User | AnonymousUser | None) -> str:
    """Return the page of a plan, commitment or activity by its code in capitals, or nothing; three queries at most."""
    plan = ActionPlan.objects.visible_to(viewer).filter(code=code).select_related("exercise").first()
    if plan:
        return plan.get_absolute_url()
    commitment = Commitment.objects.visible_to(viewer).filter(code=code).select_related("plan__exercise").first()
    if commitment:
        return commitment.get_absolute_url()
    within = "commitment__plan__exercise"
    activity = Activity.objects.visible_to(viewer).filter(code=code).select_related(within).first()
    return f"{activity.commitment.get_absolute_url()}#{activity.code}" if activity else ""
