"""What the door leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from tequio.accounts.notices import tell_second_step_forgotten

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User


def forget_expired_sessions(*, at: datetime) -> int:
    """Erase the sessions that ended, with the codes and addresses that stood in them; return how many."""
    erased, _ = Session.objects.filter(expire_date__lt=at).delete()
    return erased


@transaction.atomic
def forget_second_step(person: User, *, at: datetime) -> bool:
    """Turn off the second step of who lost it, from the machine itself, and tell them; no page calls this."""
    erased, _ = Authenticator.objects.filter(user=person).delete()
    if erased:
        tell_second_step_forgotten(person, at)
    return bool(erased)
