"""What accounts tells people by mail, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.accounts.enums import DIGEST
from tequio.kernel.mail import Attachment, post
from tequio.kernel.spoken import long_date
from tequio.kernel.topics import topic_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from tequio.accounts.models import Invitation, Letter, RightsRequest, User, WaitingNotice
    from tequio.kernel.duties import Duty
    from tequio.kernel.mail import Extras

MOST: Final = 25
OUT: Final = Signer(salt="tequio.accounts.stop-notices")


@dataclass(frozen=True)
class Digest:
    """What one message tells one person: their duties, the notices that waited, and how much they know already."""

    person: User
    day: date
    duties: list[Duty]
    notices: list[WaitingNotice]
    known: int

    @property
    def first(self) -> list[Duty]:
        """Return the duties that the message tells one by one; a mail program cuts a longer one."""
        return self.duties[:MOST]

    @property
    def more(self) -> int:
        """Return how many duties only the page tells."""
        return len(self.duties) - len(self.first)

    @property
    def subject(self) -> str:
        """Return the subject: the day, and how much there is."""
        parts = [counted(len(self.duties), "pendiente"), counted(len(self.notices), "aviso")]
        return f"Tu resumen del {long_date(self.day)}: {' y '.join(filter(None, parts))}"


def counted(count: int, noun: str) -> str:
    """Return «3 pendientes», «1 pendiente» or nothing."""
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def tell_invited(invitation: Invitation, token: str) -> None:
    """Send the link that accepts an invitation, with who invites, to what, and until when."""
    address = settings.SITE_ADDRESS + reverse("invitation", args=[token])
    words = {"invitation": invitation, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/email/invitation.txt", words)
    subject = f"Invitación: {invitation.get_kind_display()}"
    post(f"invitation:{invitation.pk}", invitation.email, subject, body, at=invitation.invited_at, urgent=True)


def tell_now(notice: WaitingNotice, recipient: str) -> None:
    """Send one notice by itself, with its calendar file and the way not to receive the next."""
    out = way_out(notice.user, notice.topic)
    words = {"notice": notice, "topic": topic_of(notice.topic), "out": out, **_places()}
    body = render_to_string("accounts/email/notice.txt", words).strip() + "\n"
    key = f"notice:{notice.user_id}:{notice.key}"
    post(key, recipient, notice.subject, body, at=notice.noted_at, **_extras([notice], out))


def tell_digest(digest: Digest, recipient: str, *, at: datetime) -> None:
    """Send what a person has to do and what waited for them, in one message."""
    out = way_out(digest.person, DIGEST.key)
    words = {"digest": digest, "at": at, "out": out, **_places()}
    body = render_to_string("accounts/email/digest.txt", words).strip() + "\n"
    key = f"digest:{digest.person.pk}:{digest.day}"
    post(key, recipient, digest.subject, body, at=at, **_extras(digest.notices, out))


def way_out(person: User, topic: str) -> str:
    """Return the address where one tap stops a topic: signed, for whoever reads the message need not have entered."""
    token = OUT.sign_object([person.pk, topic])
    return settings.SITE_ADDRESS + reverse("stop_notices", args=[token])


def _places() -> dict[str, str]:
    """Return the addresses that every message names."""
    return {
        "site": settings.SITE_ADDRESS,
        "site_name": settings.SITE_NAME,
        "work": settings.SITE_ADDRESS + settings.WORK_ADDRESS,
        "preferences": settings.SITE_ADDRESS + reverse("notice_preferences"),
    }


def _extras(notices: list[WaitingNotice], out: str) -> Extras:
    """Return the headers by which mail programs offer one tap (RFC 8058), and the calendar files."""
    files = [notice.calendar.encode() for notice in notices if notice.calendar]
    return {
        "headers": {"List-Unsubscribe": f"<{out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        "attachments": [
            Attachment(f"calendario-{number}.ics" if len(files) > 1 else "calendario.ics", data, "text/calendar")
            for number, data in enumerate(files, 1)
        ],
    }


def tell_second_step_forgotten(person: User, at: datetime) -> None:
    """Tell a person that their account asks for no second step any more, at their own wish or not."""
    body = render_to_string("accounts/email/second_step_forgotten.txt", {"site_name": settings.SITE_NAME})
    key = f"second_step_forgotten:{person.pk}:{at.isoformat()}"
    post(key, person.email, "Se quitó el segundo paso de tu cuenta", body, at=at, urgent=True)


def tell_rights_to_prove(request: RightsRequest, token: str) -> None:
    """Send the link by which a person shows that a request is theirs; their words are not in it, nor a stranger's."""
    address = settings.SITE_ADDRESS + reverse("rights_request", args=[token])
    _tell_rights(request, "to_prove", f"Confirma tu solicitud {request.folio}", request.asked_at, address=address)


def tell_rights_received(request: RightsRequest) -> None:
    """Send the receipt, with the folio and the day by which there must be an answer."""
    if request.proven_at:
        _tell_rights(request, "received", f"Acuse de tu solicitud {request.folio}", request.proven_at)


def tell_rights_answered(request: RightsRequest) -> None:
    """Send the answer whole."""
    if request.answered_at:
        _tell_rights(request, "answered", f"Respuesta a tu solicitud {request.folio}", request.answered_at)


def _tell_rights(request: RightsRequest, what: str, subject: str, at: datetime, address: str = "") -> None:
    words = {"request": request, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string(f"accounts/email/rights_{what}.txt", words)
    post(f"rights_{what}:{request.folio}", request.email, subject, body, at=at, urgent=what == "to_prove")


def tell_account_closed(account: User, *, at: datetime) -> None:
    """Tell a person, a last time, that their account was erased."""
    body = render_to_string("accounts/email/account_closed.txt", {"at": at, "site_name": settings.SITE_NAME})
    post(f"account_closed:{account.pk}", account.email, "Tu cuenta se borró", body, at=at, urgent=True)


def tell_letter_received(letter: Letter, token: str) -> None:
    """Send the receipt with the link by which its writer follows it; their words are not in it."""
    address = settings.SITE_ADDRESS + reverse("letter_sent", args=[token])
    words = {"letter": letter, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("accounts/email/letter_received.txt", words)
    post(f"letter_received:{letter.folio}", letter.email, f"Acuse {letter.folio}", body, at=letter.written_at)


def tell_letter_answered(letter: Letter) -> None:
    """Send the answer whole."""
    if letter.answered_at:
        body = render_to_string(
            "accounts/email/letter_answered.txt", {"letter": letter, "site_name": settings.SITE_NAME}
        )
        subject = f"Respuesta a {letter.folio}"
        post(f"letter_answered:{letter.folio}", letter.email, subject, body, at=letter.answered_at)
