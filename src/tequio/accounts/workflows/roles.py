"""Giving and taking back roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.enums import GRANT_ROLE, REVOKE_ROLE
from tequio.accounts.models import Role, User
from tequio.accounts.workflows.posts import check_post, subject_of
from tequio.kernel.clock import day_of
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Post


@transaction.atomic
def grant_role(
    person: User,
    post: Post,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User | AnonymousUser,
    at: datetime,
) -> Role:
    """Give a person a role, from today unless another day is said; asked twice, the answer is the same role."""
    asked = Role(
        user=person,
        kind=post.kind,
        organization=post.organization,
        jurisdiction=post.jurisdiction,
        starts_on=starts_on or day_of(at),
        ends_on=ends_on,
    )
    if not isinstance(by, User) or not by.has_perm(GRANT_ROLE, asked):
        raise Refused(f"Tu cuenta no puede dar a esta persona el papel «{post.kind.label}».")
    return open_role(asked, by=by, at=at)


@transaction.atomic
def grant_from_console(person: User, post: Post, *, at: datetime) -> Role:
    """Give a role as whoever administers the machine, who needs no role to do so; no page calls this."""
    asked = Role(user=person, kind=post.kind, organization=post.organization, jurisdiction=post.jurisdiction)
    asked.starts_on = day_of(at)
    return open_role(asked, by=None, at=at)


@transaction.atomic
def revoke_role(role: Role, *, reason: str, by: User | AnonymousUser, at: datetime) -> Role:
    """End a role from today, for a reason that is kept and not published; it no longer acts at the next request."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if not isinstance(by, User) or not by.has_perm(REVOKE_ROLE, role):
        raise Refused(f"Tu cuenta no puede retirar el papel «{role.get_kind_display()}».")
    if role.revoked_by_id == by.pk:
        return role
    today = day_of(at)
    if role.revoked_at or (role.ends_on and role.ends_on <= today):
        raise Refused("Este papel ya había terminado. Actualiza la página.")
    reason = reason.strip()
    if not reason:
        raise Refused("Escribe por qué se retira el papel; el motivo no se publica.")
    role.revoked_by, role.revoked_at, role.revocation_reason = by, at, reason
    role.ends_on = max(role.starts_on, today)
    role.save(update_fields=["revoked_by", "revoked_at", "revocation_reason", "ends_on"])
    facts = {"kind": role.kind, "ends_on": role.ends_on.isoformat()}
    record("accounts.role_revoked", subject_of(role.post), facts, by=None, at=at)
    return role


def open_role(asked: Role, *, by: User | None, at: datetime) -> Role:
    """Write a role, or return the one that already covers its days; inside the caller's transaction.

    The account's row is the lock: of two at once, the second finds what the first wrote.
    """
    check_post(asked.post)
    person = User.objects.select_for_update(no_key=True).get(pk=asked.user_id)
    if not person.is_active:
        raise Refused("Esta cuenta está cerrada. Pide a la persona que entre de nuevo o use otra cuenta.")
    if asked.ends_on and asked.ends_on <= asked.starts_on:
        raise Refused("El papel debe terminar después del día en que empieza.")
    for held in Role.objects.filter(user=person).of(asked.post).overlapping(asked.starts_on, asked.ends_on):
        if held.starts_on <= asked.starts_on and (
            held.ends_on is None or (asked.ends_on is not None and asked.ends_on <= held.ends_on)
        ):
            return held
        raise Refused("Esta persona ya tiene ese papel en parte de esos días. Elige otros días o retira el anterior.")
    asked.granted_by, asked.granted_at = by, at
    asked.save(force_insert=True)
    asked.user.roles_by_day.clear()
    facts = {
        "kind": asked.kind,
        "starts_on": asked.starts_on.isoformat(),
        "ends_on": asked.ends_on.isoformat() if asked.ends_on else None,
    }
    record("accounts.role_granted", subject_of(asked.post), facts, by=None, at=at)
    return asked
