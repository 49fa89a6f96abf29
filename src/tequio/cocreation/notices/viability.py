"""What the office that judges a table's commitment is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.cocreation.enums import Aspect
from tequio.cocreation.queries.viability import token_of
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.cocreation.models import ViabilityReview


def tell_asked(review: ViabilityReview, *, at: datetime) -> None:
    """Send an office the link by which it judges an aspect."""
    words = {
        "review": review,
        "question": Aspect(review.aspect).question,
        "address": settings.SITE_ADDRESS + reverse("cocreation:judge", args=[token_of(review)]),
        "site_name": settings.SITE_NAME,
    }
    body = render_to_string("cocreation/email/viability.txt", words)
    key = f"viability:{review.pk}:{review.asked_at:%Y%m%d%H%M%S%f}"
    post(key, review.email, f"Te piden un dictamen: {review.table.event.name}"[:200], body, at=at)
