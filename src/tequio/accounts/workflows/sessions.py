"""What the door leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session

if TYPE_CHECKING:
    from datetime import datetime


def forget_expired_sessions(*, at: datetime) -> int:
    """Erase the sessions that ended, with the codes and addresses that stood in them; return how many."""
    erased, _ = Session.objects.filter(expire_date__lt=at).delete()
    return erased
