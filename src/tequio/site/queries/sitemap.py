"""Every public address, for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.accounts.models import Jurisdiction
from tequio.exercises.models import Event, Exercise
from tequio.governance.models import Agreement, Session
from tequio.plans.models import ActionPlan, Commitment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

FIXED: Final = (
    "/",
    "/tablero/",
    "/municipios/",
    "/agenda/",
    "/escribe/respuestas/",
    "/privacidad/",
    "/datos-personales/",
)


def addresses(viewer: User | AnonymousUser | None) -> Iterator[str]:
    """Yield the pages of exercises, events, plans, commitments, sessions, agreements and places, in seven queries."""
    yield from FIXED
    for exercise in Exercise.objects.visible_to(viewer).order_by("slug"):
        yield exercise.get_absolute_url()
    for event in Event.objects.visible_to(viewer).select_related("exercise").order_by("exercise__slug", "slug"):
        yield event.get_absolute_url()
    for plan in ActionPlan.objects.visible_to(viewer).select_related("exercise").order_by("code"):
        yield plan.get_absolute_url()
    for commitment in Commitment.objects.visible_to(viewer).select_related("plan__exercise").order_by("code"):
        yield commitment.get_absolute_url()
    for session in Session.objects.visible_to(viewer).convened_here().select_related("body__exercise").order_by("pk"):
        yield session.get_absolute_url()
    for agreement in Agreement.objects.visible_to(viewer).select_related("body__exercise").order_by("pk"):
        yield agreement.get_absolute_url()
    for place in Jurisdiction.objects.order_by("code"):
        yield place.get_absolute_url()
