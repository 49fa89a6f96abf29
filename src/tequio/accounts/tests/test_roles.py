"""Roles have days: half-open windows, one at a time, closed at once when revoked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import NOW, Land, account, again, settle

from tequio.accounts import rules
from tequio.accounts.enums import OrganizationKind, RoleKind
from tequio.accounts.models import Organization, Post, Role, User
from tequio.accounts.workflows import grant_from_console, grant_role, revoke_role
from tequio.kernel.ledger import ledger_lines
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
FIRST = date(2026, 3, 1)
MAYBE = st.none() | st.integers(0, 8)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def held(person: User, day: date) -> list[Role]:
    return list(person.roles.held_on(day))


@pytest.mark.req("EX-05")
class AnyWindows(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 12), MAYBE, MAYBE), max_size=5))
    def test_one_role_at_a_time_from_its_first_day_to_the_one_before_its_last(
        self, asked: list[tuple[int, int | None, int | None]]
    ) -> None:
        superuser, person = User.objects.create_superuser("raiz"), account("nueva")
        stranger = User.objects.create_user("stranger")
        windows: dict[int, tuple[date, date | None]] = {}
        for start, length, revoked in asked:
            starts_on = FIRST + start * DAY
            ends_on = None if length is None else starts_on + length * DAY
            try:
                role = grant_role(
                    person, Post(RoleKind.OPERATOR), starts_on=starts_on, ends_on=ends_on, by=superuser, at=noon(FIRST)
                )
                windows.setdefault(role.pk, (starts_on, ends_on))
                if revoked is not None and role.revoked_at is None:
                    day = FIRST + revoked * DAY
                    revoke_role(role, reason="Fin.", by=superuser, at=noon(day))
                    windows[role.pk] = (windows[role.pk][0], max(windows[role.pk][0], day))
            except Refused:
                continue
        for day in (FIRST + n * DAY for n in range(-1, 22)):
            acting = {pk for pk, (start, end) in windows.items() if start <= day and (end is None or day < end)}
            assert {role.pk for role in held(person, day)} == acting
            assert len(acting) <= 1
            assert held(stranger, day) == []
        assert person.roles.filter(ends_on=None).count() <= 1


@pytest.mark.req("EX-01")
def test_a_role_asked_for_twice_is_one(superuser: User, stranger: User) -> None:
    post = Post(RoleKind.OPERATOR)
    first = grant_role(stranger, post, by=superuser, at=NOW)
    assert grant_role(stranger, post, by=superuser, at=NOW + DAY) == first
    assert grant_role(stranger, post, ends_on=TODAY + 9 * DAY, by=superuser, at=NOW) == first
    with pytest.raises(Refused, match="parte de esos días"):
        grant_role(stranger, post, starts_on=TODAY - DAY, by=superuser, at=NOW)
    with pytest.raises(Refused, match="después del día"):
        grant_role(account("otra"), post, starts_on=TODAY, ends_on=TODAY, by=superuser, at=NOW)
    assert Role.objects.count() == LedgerEntry.objects.filter(kind="accounts.role_granted").count() == 1


def test_a_revoked_role_acts_no_more_at_the_next_request(guarantor_staff: User, operator: User, land: Land) -> None:
    role = guarantor_staff.roles.get()
    assert again(guarantor_staff).has_perm(rules.GRANT_ROLE)
    assert revoke_role(role, reason=" Dejó el puesto. ", by=operator, at=NOW) == role
    assert not again(guarantor_staff).has_perm(rules.GRANT_ROLE)
    role.refresh_from_db()
    assert (role.ends_on, role.revoked_at, role.revoked_by) == (TODAY, NOW, operator)
    assert role.revocation_reason == "Dejó el puesto."
    renewed = grant_role(guarantor_staff, role.post, by=operator, at=NOW)
    assert renewed != role
    assert again(guarantor_staff).has_perm(rules.GRANT_ROLE)


def test_revoking_asks_for_a_reason_and_happens_once(
    operator: User, superuser: User, guarantor_staff: User, stranger: User
) -> None:
    role = guarantor_staff.roles.get()
    for reason in ("", "  \n"):
        with pytest.raises(Refused, match="por qué"):
            revoke_role(role, reason=reason, by=operator, at=NOW)
    with pytest.raises(Refused, match="no puede retirar"):
        revoke_role(role, reason="Envidia.", by=stranger, at=NOW)
    revoke_role(role, reason="Uno.", by=operator, at=NOW)
    assert revoke_role(role, reason="Dos.", by=operator, at=NOW + DAY).revocation_reason == "Uno."
    with pytest.raises(Refused, match="ya había terminado"):
        revoke_role(role, reason="Tres.", by=superuser, at=NOW)
    assert LedgerEntry.objects.filter(kind="accounts.role_revoked").count() == 1


def test_a_role_that_ended_by_itself_is_not_revoked(superuser: User, stranger: User) -> None:
    role = grant_role(stranger, Post(RoleKind.OPERATOR), ends_on=TODAY + DAY, by=superuser, at=NOW)
    with pytest.raises(Refused, match="ya había terminado"):
        revoke_role(role, reason="Tarde.", by=superuser, at=NOW + DAY)
    assert again(stranger).has_perm(rules.GRANT_ROLE)
    Role.objects.filter(pk=role.pk).update(starts_on=TODAY - DAY, ends_on=TODAY)
    assert not again(stranger).has_perm(rules.GRANT_ROLE)


@pytest.mark.req("EX-01")
def test_a_role_ends_with_the_institution_it_belongs_to(guarantor_staff: User, land: Land, stranger: User) -> None:
    Organization.objects.filter(pk=land.guarantor.pk).update(valid_to=TODAY + DAY)
    assert len(held(guarantor_staff, TODAY)) == 1
    assert held(guarantor_staff, TODAY + DAY) == []
    Organization.objects.filter(pk=land.guarantor.pk).update(valid_to=TODAY)
    assert not again(guarantor_staff).has_perm(rules.GRANT_ROLE)
    assert held(stranger, TODAY) == []


def test_a_post_belongs_to_what_its_kind_demands(stranger: User, land: Land) -> None:
    nowhere = Organization.objects.create(key="sin-lugar", kind=OrganizationKind.ACADEMIA, name="Sin lugar")
    for post, sentence in (
        (Post(RoleKind.OPERATOR, land.group), "pide nada más"),
        (Post(RoleKind.GUARANTOR_STAFF), "pide una organización"),
        (Post(RoleKind.GUARANTOR_STAFF, land.group), "no es un órgano garante"),
        (Post(RoleKind.MUNICIPAL_LIAISON, land.group), "pide un municipio"),
        (Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=land.state), "no es un municipio"),
        (Post(RoleKind.REPRESENTATIVE, land.group, land.town), "pide una organización"),
        (Post(RoleKind.REPRESENTATIVE, land.guarantor), "es el órgano garante"),
        (Post(RoleKind.REPRESENTATIVE, nowhere), "no tiene lugar"),
    ):
        with pytest.raises(Refused, match=sentence):
            grant_from_console(stranger, post, at=NOW)
    assert not Role.objects.exists()


@pytest.mark.req("SI-04")
def test_the_record_names_no_account(cast: dict[str, User], operator: User, visitor: AnonymousUser) -> None:
    revoke_role(cast["guarantor_staff"].roles.get(), reason="motivo-zq", by=operator, at=NOW)
    written = "".join(ledger_lines())
    kinds = {entry.kind for entry in LedgerEntry.objects.all()}
    assert {"accounts.role_granted", "accounts.role_revoked", "accounts.person_invited"} <= kinds
    for person in cast.values():
        assert person.username not in {"", *written.split('"')}
    for secret in ("-zq", "@", "example.mx"):
        assert secret not in written
    assert {entry.recorded_by for entry in LedgerEntry.objects.all()} == {""}


def test_the_machine_makes_the_first_operator(stranger: User) -> None:
    account("primera")
    told = StringIO()
    call_command("grant_role", "--email", "PRIMERA@example.mx", "--kind", "operator", stdout=told)
    assert told.getvalue().startswith("Operación de la plataforma, desde el ")
    role = Role.objects.get()
    assert (role.user.username, role.granted_by) == ("primera", None)
    assert not stranger.has_perm(rules.GRANT_ROLE)


def test_the_machine_says_what_it_did_not_find(stranger: User) -> None:
    land = settle("93")
    account("una")
    told = StringIO()
    options = ["--kind", "guarantor_staff", "--organization", land.guarantor.key]
    call_command("grant_role", "--email", "una@example.mx", *options, stdout=told)
    assert "Personal del órgano garante: Garante 93" in told.getvalue()
    User.objects.create_user("otra", "Una@example.mx")
    for arguments, sentence in (
        (["--email", "nadie@example.mx", "--kind", "operator"], "Ninguna cuenta"),
        (["--email", "una@example.mx", "--kind", "operator"], "2 cuentas"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("grant_role", *arguments)
    account("sola")
    for more, sentence in ((["--organization", "no-hay"], "No existe la clave no-hay"), ([], "pide una organización")):
        with pytest.raises(CommandError, match=sentence):
            call_command("grant_role", "--email", "sola@example.mx", "--kind", "representative", *more)
    assert Role.objects.count() == 1
