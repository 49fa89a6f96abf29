"""Inviting whoever holds a seat to act in it with an account: a link that only the invited address can use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.accounts.models import User
from tequio.governance.enums import FILL_SEAT
from tequio.governance.models import SeatTerm
from tequio.governance.notices import tell_seated
from tequio.governance.workflows.locking import allow, lock_body
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SALT: Final = "governance.seat"
LASTS: Final = timedelta(days=30)


@transaction.atomic
def invite_to_seat(term: SeatTerm, email: str, *, by: User | AnonymousUser, at: datetime) -> str:
    """Send whoever holds a seat the link by which their account acts in it; return its secret, which is not kept."""
    allow(by, FILL_SEAT, term, "invitar a quien ocupa este asiento")
    if term.account_id or term.ends_on:
        raise Refused("Ese asiento ya tiene quien actúe en él, o la persona ya lo dejó. Actualiza la página.")
    email = email.strip().casefold()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused("Escribe un correo completo, como nombre@ejemplo.mx.") from wrong
    until = at + LASTS
    token = signing.dumps({"term": term.pk, "mail": _digest(email), "until": until.isoformat()}, salt=SALT)
    tell_seated(term, email, token, at=at)
    return token


@transaction.atomic
def take_seat(token: str, *, verified_email: str, by: User | AnonymousUser, at: datetime) -> SeatTerm:
    """Let the account whose address was invited act in the seat; asked twice, it is the same term."""
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para ocupar el asiento.")
    told = read_token(token)
    if told is None or at >= datetime.fromisoformat(told["until"]):
        raise Refused("Esta liga no sirve o venció. Pide otra a quien te invitó.")
    if told["mail"] != _digest(verified_email.strip().casefold()):
        raise Refused("La invitación llegó a otro correo. Entra con la cuenta de ese correo.")
    term = seat_of_token(token)
    if term is None:
        raise Refused("Ese asiento ya no existe.")
    body = lock_body(term.seat.body)
    term.refresh_from_db()
    if term.account_id == by.pk:
        return term
    if term.account_id or (term.ends_on and term.ends_on <= day_of(at)):
        raise Refused("Ese asiento ya lo ocupa otra cuenta, o tú ya lo dejaste. Habla con quien te invitó.")
    if SeatTerm.objects.filter(account=by, seat__body=body, ends_on__isnull=True).exists():
        raise Refused("Tu cuenta ya ocupa otro asiento de este órgano.")
    term.account = by
    term.save(update_fields=["account"])
    return term


def seat_of_token(token: str) -> SeatTerm | None:
    """Return the term that a link is about, or nothing."""
    told = read_token(token)
    related = SeatTerm.objects.select_related("seat__body__exercise")
    return related.filter(pk=told["term"]).first() if told else None


def read_token(token: str) -> dict[str, str] | None:
    """Return what a link says, if it was made here."""
    try:
        told: dict[str, str] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return told


def _digest(email: str) -> str:
    return sha256(email.encode(errors="replace"))
