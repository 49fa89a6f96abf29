"""The roles that an account holds on a day, asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.models import Role, User

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser


def held_roles(user: User | AnonymousUser, day: date) -> tuple[Role, ...]:
    """Return what an account acts as on a day.

    The answer stays on this instance of the account and nowhere else: each request reads its account anew, so a
    role that ended or was revoked no longer acts at the next one.
    """
    if not isinstance(user, User) or not user.is_active:
        return ()
    if day not in user.roles_by_day:
        user.roles_by_day[day] = tuple(user.roles.held_on(day).select_related("organization"))
    return user.roles_by_day[day]
