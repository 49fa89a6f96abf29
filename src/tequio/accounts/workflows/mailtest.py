"""An operator tries the mail of the deployment by writing to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from tequio.accounts.enums import TRY_MAIL
from tequio.accounts.models import User
from tequio.accounts.queries import address_of
from tequio.kernel.mail import plain_address, post
from tequio.kernel.maildialogue import Dialogue, converse
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

SUBJECT = "Prueba del correo"


def try_mail(*, by: User | AnonymousUser, at: datetime) -> Dialogue | None:
    """Send the operator a test message and return what was said; without a server it goes to the outbox, silently."""
    if not isinstance(by, User) or not by.has_perm(TRY_MAIL):
        raise Refused("Solo quien opera la plataforma puede probar el correo.")
    recipient = address_of(by) or by.email
    if not recipient:
        raise Refused("Tu cuenta no tiene un correo al que enviarte la prueba. Ponlo en tu cuenta.")
    body = f"Este mensaje prueba el correo de {settings.SITE_NAME}. Si lo lees, el correo sale bien.\n"
    if not settings.EMAIL_HOST:
        post(f"mail_test:{uuid4().hex}", recipient, SUBJECT, body, at=at, urgent=True)
        return None
    return converse(OutboxMessage(recipient=plain_address(recipient), subject=SUBJECT, body=body, queued_at=at))
