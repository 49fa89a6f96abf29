"""What an account asks of its person, each of the cast, and how it is done with."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from tests.cast import NOW, Land, account, again

from tequio.accounts.duties import (
    add_second_step,
    answer_invitations,
    answer_letters,
    answer_requests,
    prove_address,
    roles_in_words,
)
from tequio.accounts.enums import RightKind, RightOutcome, RoleKind
from tequio.accounts.models import LegalTerm, Post, Role
from tequio.accounts.tests.test_people_pages import inside, with_mail
from tequio.accounts.workflows import (
    Requester,
    Wish,
    accept_received,
    answer_letter,
    answer_request,
    ask_rights,
    grant_role,
    invite_person,
    prove_request,
    revoke_role,
    withdraw_invitation,
    write_letter,
)
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-01", "SI-05")]


def keys(person: User) -> set[str]:
    return {duty.key.partition(":")[0] for duty in owed_by(again(person), NOW).duties}


def test_what_each_of_the_cast_owes(cast: dict[str, User]) -> None:
    second, address = "accounts.add_second_step", "accounts.prove_address"
    assert {part: keys(person) for part, person in cast.items()} == {
        "superuser": {second},
        "operator": {second, address},
        "guarantor_staff": {second, address},
        "far_staff": {second, address},
        "liaison": {address},
        "other_liaison": {address},
        "representative": {address},
        "stranger": set(),
    }


def test_a_second_step_is_done_with_any_means(operator: User) -> None:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN):
        means = Authenticator.objects.create(user=operator, type=kind, data={})
        assert list(add_second_step(again(operator), NOW)) == []
        means.delete()
    Authenticator.objects.create(user=operator, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert len(list(add_second_step(again(operator), NOW))) == 1


def test_an_address_that_was_proved_is_done_with(liaison: User) -> None:
    row = EmailAddress.objects.create(user=liaison, email=liaison.email, verified=False, primary=True)
    assert len(list(prove_address(again(liaison), NOW))) == 1
    row.verified = True
    row.save()
    assert list(prove_address(again(liaison), NOW)) == []


def test_an_address_is_proved_on_the_page_to_which_the_duty_leads(
    liaison: User, mailoutbox: list[EmailMessage]
) -> None:
    client = inside(liaison)
    (duty,) = prove_address(again(liaison), NOW)
    session = client.session  # that page asks a proof of who has just entered; this one has
    session["account_authentication_methods"] = [{"method": "code", "at": NOW.timestamp(), "email": liaison.email}]
    session.save()
    page = client.get(duty.address)
    assert "Falta comprobar" in page.text
    there = client.post(duty.address, {"email": liaison.email, "action_send": ""})["Location"]
    code = re.search(r"^\S{6,}$", mailoutbox[-1].body, re.MULTILINE)
    assert code
    client.post(there, {"code": code[0]})
    assert list(prove_address(again(liaison), NOW)) == []


def test_an_invitation_waits_in_the_account_and_is_accepted_there(guarantor_staff: User, land: Land) -> None:
    post = Post(RoleKind.MUNICIPAL_LIAISON, None, land.town)
    sent = invite_person("Nueva@example.mx", post, by=guarantor_staff, at=NOW)
    invited = with_mail(account("nueva"))
    (duty,) = answer_invitations(invited, NOW)
    assert duty.title == "Responde la invitación a participar como Enlace municipal"
    assert (duty.where, duty.due_at) == (land.town.name, sent.invitation.expires_at)
    client = inside(invited)
    assert land.town.name in client.get(duty.address).text
    assert [client.post(duty.address)["Location"] for _ in range(2)] == ["/cuenta/", "/cuenta/"]
    assert Role.objects.get(user=invited).jurisdiction == land.town
    assert list(answer_invitations(invited, NOW)) == []


def test_an_invitation_is_nobody_elses(guarantor_staff: User, land: Land, stranger: User) -> None:
    post = Post(RoleKind.MUNICIPAL_LIAISON, None, land.town)
    sent = invite_person("nueva@example.mx", post, by=guarantor_staff, at=NOW)
    unproved = account("nueva")
    for person in (stranger, unproved, with_mail(account("otra"))):
        assert list(answer_invitations(person, NOW)) == []
        answer = inside(person).get(f"/cuenta/invitaciones/{sent.invitation.pk}/")
        assert answer.status_code == 404
        assert land.town.name not in answer.text
        with pytest.raises(Refused, match="llegó a otro correo"):
            accept_received(sent.invitation, verified_email="", by=person, at=NOW)


def test_an_invitation_that_is_over_asks_nothing(guarantor_staff: User, land: Land) -> None:
    post = Post(RoleKind.MUNICIPAL_LIAISON, None, land.town)
    sent = invite_person("nueva@example.mx", post, by=guarantor_staff, at=NOW)
    invited = with_mail(account("nueva"))
    assert list(answer_invitations(invited, sent.invitation.expires_at)) == []
    assert len(list(answer_invitations(invited, sent.invitation.expires_at - timedelta(seconds=1)))) == 1
    withdraw_invitation(sent.invitation, by=guarantor_staff, at=NOW)
    assert list(answer_invitations(invited, NOW)) == []
    answer = inside(invited).post(f"/cuenta/invitaciones/{sent.invitation.pk}/")
    assert answer.status_code == 404
    assert "la retiraron" in answer.text


def test_a_role_is_said_with_its_place(liaison: User, land: Land, stranger: User) -> None:
    assert list(roles_in_words(again(liaison), NOW)) == [f"Enlace municipal, {land.town}"]
    assert list(roles_in_words(stranger, NOW)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_roles_are_read_at_once(
    guarantor_staff: User, land: Land, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    person = account("nueva")
    posts = [
        Post(RoleKind.MUNICIPAL_LIAISON, None, land.town),
        Post(RoleKind.MUNICIPAL_LIAISON, None, land.other_town),
        Post(RoleKind.REPRESENTATIVE, land.group),
    ]
    for post in posts[:rows]:
        grant_role(person, post, by=guarantor_staff, at=NOW)
    as_read = again(person)
    with django_assert_num_queries(1):
        assert len(list(roles_in_words(as_read, NOW))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_invitations_are_read_at_once(
    guarantor_staff: User, land: Land, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    posts = [
        Post(RoleKind.MUNICIPAL_LIAISON, None, land.town),
        Post(RoleKind.MUNICIPAL_LIAISON, None, land.other_town),
        Post(RoleKind.REPRESENTATIVE, land.group),
    ]
    for post in posts[:rows]:
        invite_person("nueva@example.mx", post, by=guarantor_staff, at=NOW)
    invited = with_mail(account("nueva"))
    with django_assert_num_queries(1):
        assert len(list(answer_invitations(invited, NOW))) == rows


@pytest.mark.req("SI-04")
def test_a_request_about_data_is_owed_until_it_is_answered(
    land: Land, guarantor_staff: User, far_staff: User, liaison: User
) -> None:
    LegalTerm.objects.create(key="respuesta-arco", name="Respuesta", working_days=20)
    asked = ask_rights(
        Wish(RightKind.ACCESS, "Quiero saber.", land.guarantor, "ana@example.mx"), by=AnonymousUser(), at=NOW
    )
    assert list(answer_requests(again(guarantor_staff), NOW)) == []  # nobody has shown that it is theirs
    request = prove_request(asked.request, by=Requester(asked.token), at=NOW)
    (duty,) = answer_requests(again(guarantor_staff), NOW)
    assert duty.due_on == request.due_on
    assert request.due_on
    assert inside(guarantor_staff).get(duty.address).status_code == 200
    assert [list(answer_requests(again(other), NOW)) for other in (far_staff, liaison)] == [[], []]
    answer_request(request, RightOutcome.GRANTED, "Esto guardamos.", by=again(guarantor_staff), at=NOW)
    assert list(answer_requests(again(guarantor_staff), NOW)) == []


def test_a_letter_is_owed_by_whoever_it_was_written_to(
    land: Land, guarantor_staff: User, liaison: User, other_liaison: User
) -> None:
    letter = write_letter("¿Cuándo sesionan?", land.town, at=NOW).letter
    (duty,) = answer_letters(again(liaison), NOW)
    assert duty.due_on is None  # no law that is loaded says by when
    assert letter.folio in inside(liaison).get(duty.address).text
    assert [list(answer_letters(again(other), NOW)) for other in (guarantor_staff, other_liaison)] == [[], []]
    LegalTerm.objects.create(key="respuesta-carta", name="Respuesta", working_days=1)
    LegalTerm.objects.create(key="respuesta-carta", name="Otra", working_days=9, valid_from=day_of(NOW))
    (duty,) = answer_letters(again(liaison), NOW)
    assert duty.due_on
    assert duty.due_on - day_of(NOW) >= timedelta(days=9)
    (role,) = Role.objects.filter(user=liaison)
    revoke_role(role, reason="Cambió de cargo", by=again(guarantor_staff), at=NOW)
    (passed,) = answer_letters(again(guarantor_staff), NOW + timedelta(days=1))  # nobody else would answer
    assert passed.key == duty.key
    answer_letter(letter, "El martes.", by=again(guarantor_staff), at=NOW)
    assert list(answer_letters(again(guarantor_staff), NOW + timedelta(days=1))) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_letters_are_read_at_once(
    land: Land, liaison: User, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    LegalTerm.objects.create(key="respuesta-carta", name="Respuesta", working_days=9)
    for number in range(rows):
        write_letter(f"Carta {number}", land.town, at=NOW - timedelta(days=number))
    as_read = again(liaison)
    with django_assert_num_queries(4):
        assert len(list(answer_letters(as_read, NOW))) == rows
