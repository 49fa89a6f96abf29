"""How what is about a person ends: with their account, or every night when its time is over."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, transaction
from django.db.models import FileField, Q

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Consent, RetentionRun, Role, User
from tequio.accounts.notices import tell_account_closed
from tequio.accounts.workflows.posts import subject_of
from tequio.accounts.workflows.privacy import end_consents
from tequio.kernel.clock import day_of
from tequio.kernel.ledger import record
from tequio.kernel.objections import hear_objections
from tequio.kernel.personal import Ending, Personal, personal
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

CLOSE_ACCOUNT: Final = "accounts.close_account"
"""An act to which rooms may object (account): a seat that must be handed over first, a ballot that is open."""

RUNS_KEPT: Final = 60

logger = logging.getLogger(__name__)


@transaction.atomic
def close_account(account: User, *, by: User | AnonymousUser, at: datetime) -> User:
    """Erase one's own account: what tells who it was leaves, its acts stay without a name, its roles end today."""
    if not isinstance(by, User) or by.pk != account.pk:
        raise Refused("Solo su dueña o dueño puede borrar una cuenta.")
    found = User.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not found.is_active:
        return found
    _check_may_leave(found, at=at)
    hear_objections(CLOSE_ACCOUNT, account=found)
    if found.email:
        tell_account_closed(found, at=at)
    _end_roles(found, at=at)
    end_consents(Consent.objects.of(found), at=at)
    for row in personal():
        if row.with_account:
            erase(row, row.rows_of(found).filter(row.only))
    found.groups.clear()
    found.user_permissions.clear()
    User.objects.filter(pk=found.pk).update(
        username=f"cuenta-borrada-{secrets.token_hex(6)}",
        password=make_password(None),
        is_active=False,
        is_staff=False,
        is_superuser=False,
    )
    record("accounts.account_closed", "accounts.User:borrada", {}, by=None, at=at)
    found.refresh_from_db()
    return found


def retain(*, at: datetime) -> RetentionRun:
    """Erase everything whose time is over, each rule apart: one that fails is told and stops no other."""
    erased = failed = 0
    for row in personal():
        try:
            with transaction.atomic():
                erased += erase(row, row.outlived(at))
        except DatabaseError:
            failed += 1
            logger.exception("the rows of %s (%s) did not end", row.table, row.fields)
    with transaction.atomic():
        run = RetentionRun.objects.create(ran_at=at, erased=erased, failed=failed)
        old = RetentionRun.objects.values_list("pk", flat=True)[RUNS_KEPT:]
        RetentionRun.objects.filter(pk__in=list(old)).delete()
    return run


def erase(row: Personal, rows: QuerySet[Any]) -> int:
    """Erase rows or empty their fields, as the registry says, and their files once it is done; return how many."""
    names = [field.name for field in row.model._meta.fields if isinstance(field, FileField)]
    blanks = row.ending is Ending.BLANKED
    names = [name for name in names if not blanks or name in row.names]
    files = [getattr(thing, name) for thing in (rows.iterator() if names else ()) for name in names]
    done = rows.update(**row.blanks) if blanks else rows.delete()[1].get(row.model._meta.label, 0)
    for file in files:
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))
    return done


def _check_may_leave(account: User, *, at: datetime) -> None:
    """Refuse when nobody would be left to operate the platform."""
    operators = Role.objects.held_on(day_of(at)).filter(kind=RoleKind.OPERATOR, user__is_active=True)
    others = User.objects.filter(Q(roles__in=operators) | Q(is_superuser=True), is_active=True).exclude(pk=account.pk)
    operates = account.is_superuser or operators.filter(user=account).exists()
    if operates and not others.exists():
        raise Refused("Eres la única persona que opera la plataforma. Dale ese papel a otra antes de irte.")


def _end_roles(account: User, *, at: datetime) -> None:
    """End every role that is open or still to come, as its person's own act."""
    today = day_of(at)
    for role in Role.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), user=account, revoked_at__isnull=True
    ):
        role.revoked_by, role.revoked_at, role.revocation_reason = account, at, "Borró su cuenta."
        role.ends_on = max(role.starts_on, today)
        role.save(update_fields=["revoked_by", "revoked_at", "revocation_reason", "ends_on"])
        facts = {"kind": role.kind, "ends_on": role.ends_on.isoformat()}
        record("accounts.role_revoked", subject_of(role.post), facts, by=None, at=at)
