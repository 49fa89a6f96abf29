"""Operators, the guarantor's staff and editors act only in a session that showed a second step, by whatever path."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from tests.cast import Land, again, without_second_step

from tequio.accounts.models import Invitation, User
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-01", "SI-04")]

HUB = "/cuenta/segundo-paso/"
APP = "/cuenta/segundo-paso/aplicacion/"
PEOPLE = "/personas/"


def inside(person: User) -> Client:
    """A browser in which a person has entered, who has no second step."""
    client = Client()
    client.force_login(person)
    Authenticator.objects.filter(user=person).delete()
    return without_second_step(client)


def now(secret: str) -> str:
    """The code that an application shows now."""
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


def enter(person: User, sent: list[EmailMessage]) -> Client:
    """Enter by the door with a code, as far as it goes."""
    cache.clear()
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    client = Client()
    client.post("/entrar/", {"email": person.email})
    found = re.search(r"^\S{6,}$", str(sent[-1].body), re.MULTILINE)
    assert found
    client.post("/entrar/codigo/", {"code": found[0]})
    return client


@pytest.mark.parametrize("part", ["superuser", "operator", "guarantor_staff"])
def test_who_has_no_second_step_is_led_to_it_and_told_why(part: str, request: pytest.FixtureRequest) -> None:
    client = inside(request.getfixturevalue(part))
    assert client.get(PEOPLE)["Location"] == f"{HUB}?next={PEOPLE}"
    page = client.get(f"{HUB}?next={PEOPLE}").text
    assert "no actúa hasta que actives un segundo paso" in page
    assert f"{APP}?next={PEOPLE}" in page


def test_a_role_that_is_withheld_writes_nothing(guarantor_staff: User, land: Land) -> None:
    sent = {"email": "nueva@example.mx", "post": f"municipal_liaison:{land.town.code}"}
    answer = inside(guarantor_staff).post(PEOPLE, sent)
    assert answer["Location"] == f"{HUB}?next=/cuenta/"
    assert not Invitation.objects.exists()


def test_an_object_that_only_its_staff_may_see_leads_there_too(guarantor_staff: User, liaison: User) -> None:
    path = f"/personas/papeles/{liaison.roles.get().pk}/retirar/"
    assert inside(guarantor_staff).get(path)["Location"] == f"{HUB}?next={path}"


def test_who_needs_none_is_never_led_there(stranger: User, liaison: User) -> None:
    assert inside(liaison).get(PEOPLE).status_code == 200
    assert inside(stranger).get(PEOPLE).status_code == 403
    assert "no actúa" not in inside(stranger).get(HUB).text


def test_turning_it_on_counts_for_this_session_and_leads_back(
    guarantor_staff: User, mailoutbox: list[EmailMessage]
) -> None:
    client = enter(guarantor_staff, mailoutbox)
    proof = client.get(f"{APP}?next={PEOPLE}")["Location"]
    there = client.post(proof, {"recipient": guarantor_staff.email})["Location"]
    found = re.search(r"^\S{6,}$", str(mailoutbox[-1].body), re.MULTILINE)
    assert found
    back = client.post(there, {"code": found[0]})["Location"]
    assert back == f"{APP}?next={PEOPLE}"
    secret = re.search(r"Clave: <code>(\w+)</code>", client.get(back).text)
    assert secret
    codes = client.post(back, {"code": now(secret[1])})["Location"]
    assert codes == f"/cuenta/codigos-de-respaldo/?next={PEOPLE}"
    assert f'href="{PEOPLE}">Ya los guardé' in client.get(codes).text
    assert client.get(PEOPLE).status_code == 200


def test_entering_with_it_acts_and_without_it_there_is_no_entering(
    operator: User, mailoutbox: list[EmailMessage]
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(operator, secret)
    client = enter(operator, mailoutbox)
    assert client.get(PEOPLE)["Location"] == f"/entrar/?next={PEOPLE}"
    client.post("/entrar/segundo-paso/", {"code": now(secret)})
    assert client.get(PEOPLE).status_code == 200


def test_a_session_from_before_gives_it_and_acts(operator: User) -> None:
    EmailAddress.objects.create(user=operator, email=operator.email, verified=True, primary=True)
    client = inside(operator)
    secret = generate_totp_secret()
    TOTP.activate(operator, secret)
    assert client.get(PEOPLE).status_code == 302
    for path in (APP, f"{APP}quitar/", "/cuenta/codigos-de-respaldo/", f"{HUB}llaves/nueva/"):
        assert client.get(path)["Location"] == f"{HUB}?next={path}"  # a code by mail would not be enough
    asked = f"/cuenta/confirmar/segundo-paso/?next={PEOPLE}"
    assert asked in client.get(f"{HUB}?next={PEOPLE}").text
    assert client.post(asked, {"code": now(secret)})["Location"] == PEOPLE
    assert client.get(PEOPLE).status_code == 200


def test_taking_it_off_withholds_the_role_in_every_session(operator: User) -> None:
    client = Client()
    client.force_login(operator)
    assert client.get(PEOPLE).status_code == 200
    Authenticator.objects.filter(user=operator).delete()
    assert client.get(PEOPLE).status_code == 302


def test_the_account_says_that_its_roles_wait(guarantor_staff: User) -> None:
    page = inside(guarantor_staff).get("/cuenta/").text
    assert "Personal del órgano garante" in page
    assert "algunos de tus papeles no actúan" in page


def test_a_demo_asks_for_none(operator: User, settings: SettingsWrapper) -> None:
    settings.DEMO = True
    assert inside(operator).get(PEOPLE).status_code == 200


def test_another_site_is_no_way_back(operator: User) -> None:
    page = inside(operator).get(f"{HUB}?next=https://example.com/").text
    assert "example.com" not in page


def test_asking_costs_no_query(operator: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = inside(operator)
    with django_assert_num_queries(3):  # the session, the account, its roles
        assert client.get(PEOPLE).status_code == 302


def test_who_lost_it_is_freed_from_the_console_and_told(operator: User) -> None:
    client = Client()
    client.force_login(operator)
    said = StringIO()
    for _ in range(2):
        call_command("forget_second_step", email=operator.email.upper(), stdout=said)
    assert said.getvalue().splitlines() == [
        "Se quitó; la persona lo sabe por correo.",
        "Esa cuenta no tiene segundo paso.",
    ]
    assert OutboxMessage.objects.get().recipient == operator.email
    assert client.get(PEOPLE)["Location"] == f"{HUB}?next={PEOPLE}"
    with pytest.raises(CommandError, match="Ninguna"):
        call_command("forget_second_step", email="nadie@example.mx")


def test_outside_a_request_nothing_is_withheld(operator: User) -> None:
    assert again(operator).has_perm("accounts.grant_role")
