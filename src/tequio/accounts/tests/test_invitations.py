"""Invitations: one use, fourteen days, the invited address only, and a receipt that forgets it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import serializers
from tests.cast import NOW, Land, account, again

from tequio.accounts import rules
from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Invitation, Post, Role, User
from tequio.accounts.tasks import forget_addresses
from tequio.accounts.workflows import (
    Sent,
    accept_invitation,
    forget_expired_addresses,
    grant_role,
    invite_person,
    revoke_role,
    withdraw_invitation,
)
from tequio.kernel.ledger import ledger_lines
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

EMAIL = "nueva@example.mx"
FORTNIGHT = timedelta(days=14)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def sent(liaison: User, land: Land) -> Sent:
    return invite_person(f"  {EMAIL.upper()} ", Post(RoleKind.REPRESENTATIVE, land.group), by=liaison, at=NOW)


@pytest.fixture
def invited(db: None) -> User:
    return account("nueva")


@pytest.mark.req("EX-03", "SI-04")
def test_the_invited_person_gets_the_role_once(sent: Sent, invited: User, liaison: User, stranger: User) -> None:
    role = accept_invitation(sent.token, verified_email="Nueva@Example.MX", by=invited, at=NOW)
    assert (role.user, role.granted_by, role.post) == (invited, liaison, sent.invitation.post)
    assert accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW + FORTNIGHT) == role
    with pytest.raises(Refused, match="Otra persona ya usó"):
        accept_invitation(sent.token, verified_email=EMAIL, by=stranger, at=NOW)
    assert Role.objects.filter(kind=RoleKind.REPRESENTATIVE).count() == 1
    assert LedgerEntry.objects.filter(kind="accounts.invitation_accepted").count() == 1
    assert rules.is_representative_of.test(again(invited), sent.invitation.organization)
    assert not rules.is_representative_of.test(stranger, sent.invitation.organization)


@pytest.mark.req("SI-04")
def test_only_a_receipt_stays(sent: Sent, invited: User) -> None:
    row = Invitation.objects.get()
    assert (row.email, row.token_sha256) == (EMAIL, hashlib.sha256(sent.token.encode()).hexdigest())
    assert row.expires_at == NOW + FORTNIGHT
    accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW)
    row.refresh_from_db()
    assert (row.email, row.accepted_at, row.invited_at, row.kind) == ("", NOW, NOW, RoleKind.REPRESENTATIVE)
    kept = serializers.serialize("json", Invitation.objects.all()) + "".join(ledger_lines())
    for secret in (sent.token, EMAIL):
        assert secret not in kept
    assert row.token_sha256 not in "".join(ledger_lines())


def test_each_cause_has_its_own_sentence(
    sent: Sent, invited: User, stranger: User, visitor: AnonymousUser, liaison: User
) -> None:
    for token, address, by, at, sentence in (
        (sent.token, EMAIL, visitor, NOW, "Entra con tu cuenta"),
        (sent.token + "x", EMAIL, invited, NOW, "no es de ninguna invitación"),
        ("\ud800\0", EMAIL, invited, NOW, "no es de ninguna invitación"),
        (sent.token, "stranger@example.mx", stranger, NOW, "llegó a otro correo"),
        (sent.token, "", stranger, NOW, "llegó a otro correo"),
        (sent.token, EMAIL, invited, NOW + FORTNIGHT, "venció el .* Pide una nueva"),
        (sent.token, EMAIL, liaison, NOW, "ya no puede darle"),
    ):
        with pytest.raises(Refused, match=sentence):
            accept_invitation(token, verified_email=address, by=by, at=at)
    withdraw_invitation(sent.invitation, by=liaison, at=NOW)
    with pytest.raises(Refused, match="fue retirada"):
        accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW)
    assert not Role.objects.filter(kind=RoleKind.REPRESENTATIVE).exists()


def test_it_is_accepted_until_its_last_moment(sent: Sent, invited: User, stranger: User) -> None:
    with pytest.raises(Refused, match="otro correo"):
        accept_invitation(sent.token, verified_email="x@example.mx", by=stranger, at=NOW + FORTNIGHT - MOMENT)
    assert accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW + FORTNIGHT - MOMENT).user == invited


def test_an_address_forgotten_is_nobodys(sent: Sent, invited: User, stranger: User) -> None:
    assert forget_expired_addresses(at=NOW + FORTNIGHT - MOMENT) == 0
    assert forget_expired_addresses(at=NOW + FORTNIGHT) == 1
    assert forget_expired_addresses(at=NOW + FORTNIGHT) == 0
    assert Invitation.objects.get().email == ""
    for by, address in ((invited, EMAIL), (stranger, "")):
        with pytest.raises(Refused, match="venció"):  # a clock set back does not open it again
            accept_invitation(sent.token, verified_email=address, by=by, at=NOW)


def test_the_hourly_job_forgets(sent: Sent, stranger: User) -> None:
    Invitation.objects.update(invited_at=NOW - 2 * FORTNIGHT, expires_at=NOW - FORTNIGHT)
    forget_addresses.func()
    assert list(Invitation.objects.values_list("email", flat=True)) == [""]
    assert not Role.objects.filter(user=stranger).exists()


def test_one_invitation_at_a_time_for_an_address_and_post(
    sent: Sent, liaison: User, guarantor_staff: User, stranger: User, land: Land
) -> None:
    post = Post(RoleKind.REPRESENTATIVE, land.group)
    for by in (liaison, guarantor_staff):
        with pytest.raises(Refused, match="ya tiene una invitación"):
            invite_person(EMAIL, post, by=by, at=NOW)
    with pytest.raises(Refused, match="no puede invitar"):
        invite_person(EMAIL, post, by=stranger, at=NOW)
    with pytest.raises(Refused, match="correo completo"):
        invite_person("nueva@", post, by=liaison, at=NOW)
    assert invite_person("a@example.mx", post, by=liaison, at=NOW).token != sent.token
    assert invite_person(EMAIL, post, by=liaison, at=NOW + FORTNIGHT).invitation.email == EMAIL
    assert Invitation.objects.count() == 3


def test_withdrawing_twice_is_withdrawing_once(sent: Sent, liaison: User, invited: User, stranger: User) -> None:
    with pytest.raises(Refused, match="no puede retirar"):
        withdraw_invitation(sent.invitation, by=stranger, at=NOW)
    first = withdraw_invitation(sent.invitation, by=liaison, at=NOW)
    assert (
        withdraw_invitation(sent.invitation, by=liaison, at=NOW + FORTNIGHT).withdrawn_at == first.withdrawn_at == NOW
    )
    assert (first.email, first.withdrawn_by) == ("", liaison)
    assert LedgerEntry.objects.filter(kind="accounts.invitation_withdrawn").count() == 1


def test_an_accepted_invitation_is_not_withdrawn(sent: Sent, liaison: User, invited: User, stranger: User) -> None:
    accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW)
    with pytest.raises(Refused, match="ya aceptó"):
        withdraw_invitation(sent.invitation, by=liaison, at=NOW)
    with pytest.raises(Refused, match="no puede retirar"):
        withdraw_invitation(sent.invitation, by=stranger, at=NOW)


def test_an_invitation_falls_with_the_role_of_who_sent_it(
    sent: Sent, liaison: User, guarantor_staff: User, invited: User, stranger: User
) -> None:
    revoke_role(liaison.roles.get(), reason="Dejó el puesto.", by=guarantor_staff, at=NOW)
    for person in (invited, stranger):
        with pytest.raises(Refused, match=r"ya no puede|otro correo"):
            accept_invitation(sent.token, verified_email=person.email, by=person, at=NOW)
    assert not Role.objects.filter(user__in=[invited, stranger]).exists()


def test_who_has_the_role_already_keeps_it(
    sent: Sent, guarantor_staff: User, invited: User, land: Land, stranger: User
) -> None:
    post = Post(RoleKind.REPRESENTATIVE, land.group)
    role = grant_role(invited, post, by=guarantor_staff, at=NOW)
    assert accept_invitation(sent.token, verified_email=EMAIL, by=invited, at=NOW) == role
    assert json.loads(serializers.serialize("json", Invitation.objects.all()))[0]["fields"]["role"] == role.pk
    assert not Role.objects.filter(user=stranger).exists()
