"""Inviting somebody to a post by e-mail, and what becomes of the invitation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from tequio.accounts.enums import INVITE_PERSON, WITHDRAW_INVITATION
from tequio.accounts.models import Invitation, Role, User
from tequio.accounts.notices import tell_invited
from tequio.accounts.workflows.posts import check_post, subject_of
from tequio.accounts.workflows.roles import open_role
from tequio.kernel.canonical import sha256
from tequio.kernel.clock import day_of
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import moment

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Post

LASTS: Final = timedelta(days=14)
ASK_AGAIN: Final = "Pide una nueva a quien te invitó."


@dataclass(frozen=True)
class Sent:
    """An invitation with its secret, which exists only here and in the message."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite_person(email: str, post: Post, *, by: User | AnonymousUser, at: datetime) -> Sent:
    """Invite whoever reads an address to a post."""
    email = _address(email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_sha256=sha256(token.encode()),
        email=email,
        kind=post.kind,
        organization=post.organization,
        jurisdiction=post.jurisdiction,
        invited_at=at,
        expires_at=at + LASTS,
    )
    if not isinstance(by, User) or not by.has_perm(INVITE_PERSON, invitation):
        raise Refused(f"Tu cuenta no puede invitar a esta persona como «{post.kind.label}».")
    check_post(post)
    invitation.invited_by = by
    Invitation.objects.filter(email=email).expired(at).update(email="")
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused("Ese correo ya tiene una invitación a este papel. Retírala para enviar otra.") from taken
    record("accounts.person_invited", subject_of(post), {"kind": post.kind.value}, by=None, at=at)
    tell_invited(invitation, token)
    return Sent(invitation, token)


@transaction.atomic
def accept_invitation(token: str, *, verified_email: str, by: User | AnonymousUser, at: datetime) -> Role:
    """Give the invited person the role; `verified_email` is an address the account has shown to be its own.

    The same person asking twice gets the same role. Who invited must still be able to.
    """
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para aceptar la invitación.")
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(token_sha256=sha256(token.encode(errors="replace")))
        .first()
    )
    if found is None:
        raise Refused(f"Esta liga no es de ninguna invitación. Cópiala completa del correo. {ASK_AGAIN}")
    return _accept(found, verified_email, by=by, at=at)


@transaction.atomic
def accept_received(invitation: Invitation, *, verified_email: str, by: User | AnonymousUser, at: datetime) -> Role:
    """Give a person the role of an invitation that waits in their account; their verified address is the proof."""
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para aceptar la invitación.")
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    return _accept(found, verified_email, by=by, at=at)


def _accept(found: Invitation, verified_email: str, *, by: User, at: datetime) -> Role:
    """Open the role of an invitation, which is locked, once."""
    if why := why_not_acceptable(found, verified_email, by=by, at=at):
        raise Refused(why)
    if found.role:
        return found.role
    asked = Role(
        user=by,
        kind=found.kind,
        organization=found.organization,
        jurisdiction=found.jurisdiction,
        starts_on=day_of(at),
    )
    role = open_role(asked, by=found.invited_by, at=at)
    found.role, found.accepted_at, found.email = role, at, ""
    found.save(update_fields=["role", "accepted_at", "email"])
    record("accounts.invitation_accepted", subject_of(found.post), {"kind": found.kind}, by=None, at=at)
    return role


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User | AnonymousUser, at: datetime) -> Invitation:
    """Take back an invitation that nobody accepted, and forget its address."""
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not isinstance(by, User) or not by.has_perm(WITHDRAW_INVITATION, found):
        raise Refused("Tu cuenta no puede retirar esta invitación.")
    if found.role:
        raise Refused("La persona ya aceptó: la invitación no se puede retirar. Retira su papel.")
    if found.withdrawn_at is None:
        found.withdrawn_by, found.withdrawn_at, found.email = by, at, ""
        found.save(update_fields=["withdrawn_by", "withdrawn_at", "email"])
        record("accounts.invitation_withdrawn", subject_of(found.post), {"kind": found.kind}, by=None, at=at)
    return found


def forget_expired_addresses(*, at: datetime) -> int:
    """Forget the address of each invitation that expired; its receipt stays."""
    return Invitation.objects.expired(at).exclude(email="").update(email="")


def _address(email: str) -> str:
    """Return an address as it is kept and compared."""
    email = email.strip().casefold()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused("Escribe un correo completo, como nombre@ejemplo.mx.") from wrong
    return email


def why_not_acceptable(invitation: Invitation, verified_email: str, *, by: User, at: datetime) -> str:
    """Say why this person cannot accept an invitation now, each cause in its own words; nothing, if they can."""
    why = ""
    if invitation.role:
        why = f"Otra persona ya usó esta invitación. {ASK_AGAIN}" if invitation.role.user_id != by.pk else ""
    elif invitation.withdrawn_at:
        why = f"Esta invitación fue retirada. Si cree que es un error, {ASK_AGAIN[0].lower()}{ASK_AGAIN[1:]}"
    elif at >= invitation.expires_at or not invitation.email:
        why = f"Esta invitación venció el {moment(invitation.expires_at)}. {ASK_AGAIN}"
    elif invitation.email != verified_email.strip().casefold():
        why = "Esta invitación llegó a otro correo. Entra con la cuenta de ese correo para aceptarla."
    elif invitation.invited_by_id == by.pk or not invitation.invited_by.has_perm(INVITE_PERSON, invitation):
        why = "Quien envió esta invitación ya no puede darle el papel. Pídala al órgano garante."
    return why
