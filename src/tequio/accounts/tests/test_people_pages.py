"""The pages on which people are invited, accept and lose a role, from each one's side, and the stranger's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from tests.cast import NOW, Land, account

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Invitation, Post, Role, User
from tequio.accounts.workflows import accept_invitation, invite_person, withdraw_invitation
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-01", "SI-04")]

PEOPLE = "/personas/"
NEW = "nueva@example.mx"


def inside(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def with_mail(person: User) -> User:
    """Let a person have shown that their address is theirs."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def link_in(message: OutboxMessage) -> str:
    found = re.search(r"/invitacion/\S+", message.body)
    assert found
    return found[0]


def test_a_liaison_is_invited_by_mail_and_accepts(guarantor_staff: User, land: Land) -> None:
    sent = inside(guarantor_staff).post(PEOPLE, {"email": NEW, "post": f"municipal_liaison:{land.town.code}"})
    assert sent["Location"] == PEOPLE
    message = OutboxMessage.objects.get(recipient=NEW)
    assert "Enlace municipal" in message.body
    assert land.town.name in message.body
    invited = with_mail(account("nueva"))
    shown = inside(invited).get(link_in(message))
    assert land.town.name in shown.text
    assert inside(invited).post(link_in(message))["Location"] == "/cuenta/"
    assert Role.objects.get(user=invited).jurisdiction == land.town
    assert "Enlace municipal" in inside(invited).get("/cuenta/").text


def test_accepting_twice_is_one_role(guarantor_staff: User, land: Land) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    invited = inside(with_mail(account("nueva")))
    answers = [invited.post(f"/invitacion/{sent.token}/")["Location"] for _ in range(2)]
    assert answers == ["/cuenta/", "/cuenta/"]
    assert Role.objects.filter(kind=RoleKind.MUNICIPAL_LIAISON, user__username="nueva").count() == 1


def test_another_address_does_not_accept(guarantor_staff: User, land: Land, stranger: User) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    for person in (stranger, with_mail(account("otra")), account("nueva")):
        answer = inside(person).post(f"/invitacion/{sent.token}/")
        assert answer.status_code == 409
        assert "llegó a otro correo" in answer.text
        assert 'href="/salir/"' in answer.text
        assert not Role.objects.filter(user=person).exists()


def test_a_visitor_is_led_to_the_door_and_back(guarantor_staff: User, land: Land) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    path = f"/invitacion/{sent.token}/"
    assert Client().get(path)["Location"] == f"/entrar/?next={path}"
    assert Client().get(PEOPLE)["Location"] == f"/entrar/?next={PEOPLE}"


def test_a_link_of_no_invitation_says_so(stranger: User) -> None:
    answer = inside(stranger).get("/invitacion/nada/")
    assert answer.status_code == 404
    assert "no es de ninguna invitación" in answer.text


def test_the_stranger_sees_no_people(stranger: User, representative: User, guarantor_staff: User, land: Land) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    for person in (stranger, representative):
        client = inside(person)
        assert client.get(PEOPLE).status_code == 403
        assert client.post(PEOPLE, {"email": NEW, "post": "operator:"}).status_code == 403
        assert client.post(f"/personas/invitaciones/{sent.invitation.pk}/retirar/").status_code == 403
        assert "Personas e invitaciones" not in client.get("/cuenta/").text
    assert Invitation.objects.unsettled().count() == 1


def test_one_invites_only_within_ones_reach(liaison: User, land: Land) -> None:
    client = inside(liaison)
    page = client.get(PEOPLE).text
    assert land.group.name in page
    assert land.other_group.name not in page
    for post in (f"municipal_liaison:{land.town.code}", f"representative:{land.other_group.key}", "operator:", ""):
        answer = client.post(PEOPLE, {"email": NEW, "post": post})
        assert answer.status_code == 200
        assert "<title>Error:" in answer.text
    assert not Invitation.objects.exclude(email="").exists()


def test_what_was_written_is_kept_when_it_is_refused(guarantor_staff: User, land: Land) -> None:
    post = f"municipal_liaison:{land.town.code}"
    client = inside(guarantor_staff)
    client.post(PEOPLE, {"email": NEW, "post": post})
    again = client.post(PEOPLE, {"email": NEW, "post": post}).text
    assert "ya tiene una invitación a este papel" in again
    assert f'value="{NEW}"' in again


def test_an_invitation_is_withdrawn(guarantor_staff: User, land: Land) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    client = inside(guarantor_staff)
    assert NEW in client.get(PEOPLE).text
    assert client.post(f"/personas/invitaciones/{sent.invitation.pk}/retirar/")["Location"] == PEOPLE
    assert NEW not in client.get(PEOPLE).text
    answer = inside(with_mail(account("nueva"))).post(f"/invitacion/{sent.token}/")
    assert "fue retirada" in answer.text


def test_a_role_is_taken_back_with_its_reason(guarantor_staff: User, liaison: User) -> None:
    role = Role.objects.get(user=liaison)
    client = inside(guarantor_staff)
    path = f"/personas/papeles/{role.pk}/retirar/"
    assert liaison.email in client.get(path).text
    assert "<title>Error:" in client.post(path, {"reason": "  "}).text
    assert client.post(path, {"reason": "Cambió de puesto"})["Location"] == PEOPLE
    assert inside(liaison).get(PEOPLE).status_code == 403


def test_nobody_takes_back_what_is_out_of_reach(liaison: User, operator: User) -> None:
    role = Role.objects.get(user=operator)
    assert inside(liaison).get(f"/personas/papeles/{role.pk}/retirar/").status_code == 403
    staff_role = Role.objects.get(user=liaison)
    assert inside(operator).post(f"/personas/papeles/{staff_role.pk}/retirar/", {"reason": "x"}).status_code == 404


def test_the_list_asks_the_same_however_long(
    guarantor_staff: User, land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = inside(guarantor_staff)

    def queries() -> int:
        with django_assert_num_queries(8, exact=False) as asked:
            client.get(PEOPLE)
        return len(asked)

    post = Post(RoleKind.MUNICIPAL_LIAISON, None, land.town)
    invite_person("uno@example.mx", post, by=guarantor_staff, at=NOW)
    with_one = queries()
    for number in range(3):
        invite_person(f"n{number}@example.mx", post, by=guarantor_staff, at=NOW + timedelta(seconds=number))
    assert queries() == with_one


def test_who_has_no_account_opens_one_on_the_way(
    guarantor_staff: User, land: Land, mailoutbox: list[EmailMessage]
) -> None:
    sent = invite_person(NEW, Post(RoleKind.MUNICIPAL_LIAISON, None, land.town), by=guarantor_staff, at=NOW)
    path = f"/invitacion/{sent.token}/"
    newcomer = Client()
    door = newcomer.get(path, follow=True)
    found = re.search(r'href="(/abrir-cuenta/\?next=[^"]+)"', door.text)
    assert found
    page = newcomer.get(found[1]).text
    assert f'name="next" value="{path}"' in page
    there = newcomer.post(found[1], {"email": NEW, "next": path})["Location"]
    code = re.search(r"^\S{6,}$", mailoutbox[-1].body, re.MULTILINE)
    assert code
    assert newcomer.post(there, {"code": code[0]})["Location"] == path
    assert newcomer.post(path)["Location"] == "/cuenta/"
    assert Role.objects.get(user__email=NEW).jurisdiction == land.town


def test_what_can_no_longer_be_accepted_offers_no_button(guarantor_staff: User, land: Land, stranger: User) -> None:
    post = Post(RoleKind.MUNICIPAL_LIAISON, None, land.town)
    invited = with_mail(account("nueva"))
    sent = invite_person(NEW, post, by=guarantor_staff, at=NOW)
    path = f"/invitacion/{sent.token}/"
    assert ">Aceptar</button>" in inside(invited).get(path).text
    assert "llegó a otro correo" in inside(stranger).get(path).text
    withdraw_invitation(sent.invitation, by=guarantor_staff, at=NOW)
    late = invite_person(NEW, post, by=guarantor_staff, at=NOW - timedelta(days=15))
    for address, why in ((path, "fue retirada"), (f"/invitacion/{late.token}/", "venció el")):
        page = inside(invited).get(address)
        assert page.status_code == 200
        assert why in page.text
        assert ">Aceptar</button>" not in page.text
    again_sent = invite_person(NEW, post, by=guarantor_staff, at=NOW)
    accept_invitation(again_sent.token, verified_email=NEW, by=invited, at=NOW)
    assert inside(invited).get(f"/invitacion/{again_sent.token}/")["Location"] == "/cuenta/"
    assert "ya usó" in inside(stranger).get(f"/invitacion/{again_sent.token}/").text
