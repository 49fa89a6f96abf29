"""The secret address of a person's calendar: made, made anew, and stopped."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.models import CalendarKey, User
from tequio.kernel.canonical import sha256
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser


@transaction.atomic
def make_calendar_key(*, by: User | AnonymousUser, at: datetime) -> str:
    """Give a person a secret for their calendar, which exists only here; the one they had opens nothing more."""
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para tener tu calendario.")
    token = secrets.token_urlsafe(32)
    made = {"token_sha256": sha256(token.encode()), "made_at": at}
    CalendarKey.objects.update_or_create(user=by, defaults=made)
    return token


def stop_calendar(*, by: User | AnonymousUser) -> None:
    """Close a person's calendar: its address opens nothing more."""
    if not isinstance(by, User):
        raise Refused("Entra con tu cuenta para detener tu calendario.")
    CalendarKey.objects.filter(user=by).delete()
