"""What every verb of a body does first and last: ask permission, lock, and tell that something public changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tequio.accounts.models import User
from tequio.governance.models import Body, Session
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.governance.enums import SessionState


def allow(by: User | AnonymousUser, permission: str, thing: Any, what: str) -> User:
    """Return who acts, or refuse in words: «Tu cuenta no puede …»."""
    if not isinstance(by, User) or not by.has_perm(permission, thing):
        raise Refused(f"Tu cuenta no puede {what}.")
    return by


def lock_session(session: Session, *states: SessionState) -> Session:
    """Return a session as it is now, locked; whoever decides, arrives or leaves takes this turn first."""
    found = Session.objects.select_for_update(of=("self",)).select_related("body__exercise").get(pk=session.pk)
    if found.state not in states:
        raise Refused(f"La sesión está «{found.get_state_display()}»: eso ya no se puede hacer. Actualiza la página.")
    return found


def lock_body(body: Body) -> Body:
    """Return a body as it is now, locked: its seats, and the numbers of its agreements."""
    return Body.objects.select_for_update(of=("self",)).select_related("exercise__jurisdiction").get(pk=body.pk)


def tell(kind: str, subject: str, facts: dict[str, Any], *, at: datetime) -> None:
    """Write a public fact in the ledger, and make the pages that show it be rendered again."""
    record(kind, subject, facts, by=None, at=at)
    announce(CHANGED, subject=subject)
