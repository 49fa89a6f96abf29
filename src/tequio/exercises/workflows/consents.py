"""What ends when somebody takes a consent back: their answers to calls that are open, and their places in events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import User
from tequio.exercises.enums import AMEND_APPLICATION
from tequio.exercises.models import Application
from tequio.exercises.workflows.applications import hide_application, withdraw_application
from tequio.exercises.workflows.attendees import end_attendances
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Applicant:
    """Whoever sent an application, also once their account is closed: taking a consent back asks for no other leave."""

    account: User

    def has_perm(self, perm: str, obj: Any = None, /) -> bool:
        """Tell whether the application is of the account."""
        return perm == AMEND_APPLICATION and getattr(obj, "account_id", None) == self.account.pk

    def get_username(self) -> str:
        """Return the name that histories keep."""
        return str(self.account.get_username())


def end_consented(key: str, account: int | None, address_hash: str, *, at: datetime) -> int:
    """End what hung on a consent to a purpose: of an account, or of whoever has an address; return how many things."""
    if key == NoticeKey.EVENT:
        return end_attendances(address_hash, at=at) if address_hash else 0
    if key != NoticeKey.REGISTRATION or account is None:
        return 0
    by = Applicant(User.objects.get(pk=account))
    found = list(Application.objects.live().filter(account=account))
    for application in found:
        try:
            withdraw_application(application, by=by, at=at)
        except Refused:  # it is a member, or stands on a ballot: what it is stays, and how it looks does not
            hide_application(application, by=by, at=at)
    return len(found)
