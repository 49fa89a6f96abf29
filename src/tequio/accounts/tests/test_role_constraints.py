"""What the database itself refuses of roles and invitations, whoever writes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.cast import NOW, account

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Invitation, Role
from tequio.accounts.models.posts import BELONGS_TO

if TYPE_CHECKING:
    from tests.cast import Land

    from tequio.accounts.models import User

TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
REVOKED = {"revoked_at": NOW, "revocation_reason": "Fin."}


def refused(constraint: str, model: Any, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**fields)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_each_kind_belongs_to_one_thing(kind: RoleKind, stranger: User, superuser: User, land: Land) -> None:
    role = {"user": stranger, "starts_on": TODAY, "granted_at": NOW}
    sent = {"invited_by": superuser, "invited_at": NOW, "expires_at": NOW + DAY, "token_sha256": "a" * 64}
    owners = {"": (None, None), "organization": (land.group, None), "jurisdiction": (None, land.town)}
    for owner, (organization, jurisdiction) in {**owners, "both": (land.group, land.town)}.items():
        post = {"kind": kind, "organization": organization, "jurisdiction": jurisdiction}
        if owner == BELONGS_TO[kind]:
            Role.objects.create(**post, **role)
            Invitation.objects.create(**post, **sent)
        else:
            refused("role_belongs", Role, **post, **role)
            refused("invitation_belongs", Invitation, **post, **{**sent, "token_sha256": "b" * 64})
    refused("role_belongs", Role, kind="emperor", **role)


@pytest.mark.req("EX-05")
def test_one_open_role_per_post(stranger: User, land: Land) -> None:
    common = {"user": stranger, "starts_on": TODAY, "granted_at": NOW}
    for post in (
        {"kind": RoleKind.OPERATOR},
        {"kind": RoleKind.REPRESENTATIVE, "organization": land.group},
        {"kind": RoleKind.MUNICIPAL_LIAISON, "jurisdiction": land.town},
    ):
        Role.objects.create(**post, **common)
        refused("role_open_once_per_post|UNIQUE", Role, **post, **common)
        Role.objects.create(**post, **common, ends_on=TODAY + DAY)
        Role.objects.create(**post, **{**common, "user": account(post["kind"])})
    Role.objects.create(kind=RoleKind.REPRESENTATIVE, organization=land.other_group, **common)


def test_a_role_is_whole(stranger: User, superuser: User) -> None:
    common = {"user": stranger, "kind": RoleKind.OPERATOR, "starts_on": TODAY, "granted_at": NOW}
    refused("role_ends_after", Role, **common, ends_on=TODAY)
    refused("role_ends_after", Role, **common, ends_on=TODAY - DAY)
    refused("role_ends_after", Role, **common, ends_on=TODAY - DAY, revoked_by=superuser, **REVOKED)
    refused("role_granted_by_another", Role, **common, granted_by=stranger)
    refused("role_revoked_whole", Role, **common, ends_on=TODAY + DAY, **REVOKED)
    refused("role_revoked_whole", Role, **common, revoked_by=superuser, **REVOKED)
    refused("role_revoked_whole", Role, **common, revocation_reason="Fin.")
    refused("role_revoked_whole", Role, **common, ends_on=TODAY + DAY, revoked_by=superuser, revoked_at=NOW)
    Role.objects.create(**common, ends_on=TODAY, revoked_by=superuser, **REVOKED)


def test_an_invitation_is_whole(stranger: User, superuser: User) -> None:
    role = Role.objects.create(user=stranger, kind=RoleKind.OPERATOR, starts_on=TODAY, granted_at=NOW)
    common = {"kind": RoleKind.OPERATOR, "invited_by": superuser, "invited_at": NOW, "expires_at": NOW + DAY}
    refused("invitation_expires_after", Invitation, **{**common, "expires_at": NOW}, token_sha256="a" * 64)
    for constraint, fields in (
        ("invitation_accepted_whole", {"accepted_at": NOW}),
        ("invitation_accepted_whole", {"role": role}),
        ("invitation_accepted_whole", {"accepted_at": NOW, "role": role, "email": "a@example.mx"}),
        (
            "invitation_accepted_whole",
            {"accepted_at": NOW, "role": role, "withdrawn_at": NOW, "withdrawn_by": superuser},
        ),
        ("invitation_withdrawn_whole", {"withdrawn_at": NOW}),
        ("invitation_withdrawn_whole", {"withdrawn_at": NOW, "withdrawn_by": superuser, "email": "a@example.mx"}),
    ):
        refused(constraint, Invitation, **common, **fields, token_sha256="a" * 64)
    Invitation.objects.create(**common, token_sha256="a" * 64, email="a@example.mx")
    refused("token_sha256", Invitation, **common, token_sha256="a" * 64)
    refused("invitation_open_once|UNIQUE", Invitation, **common, token_sha256="b" * 64, email="a@example.mx")
    Invitation.objects.create(**common, token_sha256="c" * 64)
    Invitation.objects.create(**common, token_sha256="d" * 64)
