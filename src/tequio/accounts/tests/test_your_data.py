"""«Mis datos»: a person sees what is kept of them in every room, takes it away, and erases their account."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.cast import NOW, Land, account, again

from tequio.accounts.enums import NoticeKey, RightKind, RoleKind
from tequio.accounts.models import Consent, Invitation, Post, PrivacyNotice, RightsRequest, Role, User
from tequio.accounts.tests.test_people_pages import inside, with_mail
from tequio.accounts.workflows import (
    CLOSE_ACCOUNT,
    CONSENT_WITHDRAWN,
    Wish,
    ask_rights,
    close_account,
    give_consent,
    grant_role,
    invite_person,
)
from tequio.kernel.facts import subscribe, unsubscribe
from tequio.kernel.mail import post
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.objections import object_to
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertMaxNumQueries, DjangoCaptureOnCommitCallbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

PAGE = "/cuenta/mis-datos/"
CLOSING = f"{PAGE}borrar/"


def just_proven(person: User) -> Client:
    """Return the browser of a person who has just shown again, with a code, that it is they."""
    if not EmailAddress.objects.filter(user=person).exists():
        person.email = person.email or f"{person.username}@example.mx"
        person.save()
        with_mail(person)
    client = inside(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def test_a_person_sees_what_every_table_keeps_of_them(representative: User, notices: None, land: Land) -> None:
    person = with_mail(again(representative))
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "zq-secret"})
    give_consent(PrivacyNotice.objects.current(NoticeKey.PICTURE), by=person, at=NOW)
    ask_rights(Wish(RightKind.ACCESS, "zq-words", land.guarantor, person.email), by=AnonymousUser(), at=NOW)
    page = inside(person).get(PAGE).text
    for said in (person.email, "Representante de una organización", land.group.name, "fotografía", "zq-words"):
        assert said in page
    for hidden in ("zq-secret", person.password):
        assert hidden not in page
    told = json.loads(inside(person).get(f"{PAGE}datos.json").content)
    assert {row["qué"] for row in told["lo que guardamos"]} >= {"Tus papeles, con sus fechas", "Tu correo comprobado"}
    assert "zq-secret" not in json.dumps(told)
    file = inside(person).get(f"{PAGE}datos.html")
    assert file["Content-Disposition"] == 'attachment; filename="mis-datos.html"'
    assert land.group.name in file.text
    assert inside(person).get(f"{PAGE}datos.exe").status_code == 404


def test_nobody_sees_anothers(representative: User, stranger: User, notices: None) -> None:
    consent = give_consent(PrivacyNotice.objects.current(NoticeKey.PICTURE), by=representative, at=NOW)
    for address in (PAGE, f"{PAGE}datos.json", f"{PAGE}datos.html"):
        assert representative.email not in inside(stranger).get(address).text
        assert Client().get(address)["Location"].startswith("/entrar/")
    assert inside(stranger).post(f"{PAGE}consentimientos/{consent.pk}/retirar/").status_code == 404
    assert Consent.objects.standing().exists()
    page = inside(stranger).get(PAGE).text
    assert "No tienes consentimientos vigentes" in page
    assert "No has enviado ninguna solicitud" in page


def test_a_consent_is_taken_back_with_one_button(stranger: User, notices: None) -> None:
    consent = give_consent(PrivacyNotice.objects.current(NoticeKey.PICTURE), by=stranger, at=NOW)
    address = f"{PAGE}consentimientos/{consent.pk}/retirar/"
    assert address in inside(stranger).get(PAGE).text
    assert inside(stranger).post(address)["Location"] == PAGE
    assert not Consent.objects.standing().exists()


def test_the_page_asks_the_same_for_one_row_and_for_three(
    guarantor_staff: User, land: Land, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    client = inside(guarantor_staff)
    asked = []
    for number in range(3):
        invite_person(
            f"{number}@example.mx", Post(RoleKind.REPRESENTATIVE, land.group), by=again(guarantor_staff), at=NOW
        )
        post(f"k{number}", guarantor_staff.email, "x", "x", at=NOW)
        with django_assert_max_num_queries(16) as captured:
            client.get(PAGE)
        asked.append(len(captured))
    assert asked[0] == asked[2]


def test_erasing_an_account_leaves_its_acts_without_a_name(liaison: User, land: Land, notices: None) -> None:
    person = with_mail(again(liaison))
    name, mail = person.username, person.email
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    invite_person("otra@example.mx", Post(RoleKind.REPRESENTATIVE, land.group), by=person, at=NOW)
    give_consent(PrivacyNotice.objects.current(NoticeKey.PICTURE), by=person, at=NOW)
    client = just_proven(person)
    page = client.get(CLOSING).text
    assert "Las invitaciones que enviaste" in page
    assert client.post(CLOSING, {"sure": "on"})["Location"] == "/cuenta-borrada/"
    left = User.objects.get(pk=person.pk)
    assert (left.is_active, left.email, left.first_name, left.last_login) == (False, "", "", None)
    assert left.username.startswith("cuenta-borrada-")
    assert not left.has_usable_password()
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert Role.objects.get(user=person).revocation_reason == "Borró su cuenta."
    assert not Consent.objects.standing().exists()
    assert Invitation.objects.filter(invited_by=person).exists(), "history stays"
    assert client.get("/cuenta/")["Location"].startswith("/entrar/")
    said = [entry.line() for entry in LedgerEntry.objects.all()]
    assert any("account_closed" in line for line in said)
    assert not [line for line in said if name in line or mail in line or left.username in line]
    assert OutboxMessage.objects.get(recipient=mail).subject == "Tu cuenta se borró"


def test_erasing_asks_for_proof_and_for_the_box(stranger: User) -> None:
    just_proven(stranger)
    assert "/cuenta/confirmar/" in inside(stranger).get(CLOSING)["Location"]
    assert "/cuenta/confirmar/" in inside(stranger).post(CLOSING, {"sure": "on"})["Location"]
    assert "Marca la casilla" in just_proven(stranger).post(CLOSING, {}).text
    assert User.objects.get(pk=stranger.pk).is_active


def test_nobody_erases_anothers_account(liaison: User, superuser: User, visitor: AnonymousUser) -> None:
    for person in (superuser, visitor):
        with pytest.raises(Refused, match="dueña o dueño"):
            close_account(liaison, by=person, at=NOW)
    assert User.objects.get(pk=liaison.pk).is_active


def test_erasing_twice_is_once(stranger: User) -> None:
    first = close_account(stranger, by=stranger, at=NOW)
    assert close_account(stranger, by=stranger, at=NOW + timedelta(hours=1)).username == first.username
    assert LedgerEntry.objects.filter(kind="accounts.account_closed").count() == 1


def test_the_last_who_operates_cannot_leave_alone(superuser: User, operator: User) -> None:
    close_account(superuser, by=again(superuser), at=NOW)
    with pytest.raises(Refused, match="única persona que opera"):
        close_account(operator, by=again(operator), at=NOW)
    grant_role(account("segunda"), Post(RoleKind.OPERATOR), by=again(operator), at=NOW)
    close_account(operator, by=again(operator), at=NOW)
    assert not User.objects.get(pk=operator.pk).is_active


@pytest.fixture
def seated() -> Iterator[None]:
    """Let a room above object, as one whose seat must be handed over does."""
    held = [True]

    def objection(*, account: User) -> Iterator[str]:
        if held[0] and account.username == "stranger":
            yield "Antes entrega tu asiento."

    object_to(CLOSE_ACCOUNT, objection)
    yield
    held[0] = False


def test_a_room_above_may_object(stranger: User, seated: None) -> None:
    answer = just_proven(stranger).post(CLOSING, {"sure": "on"})
    assert "Antes entrega tu asiento." in answer.text
    assert User.objects.get(pk=stranger.pk).is_active


def test_a_role_given_today_ends_today(liaison: User) -> None:
    close_account(liaison, by=again(liaison), at=NOW)
    role = Role.objects.get(user=liaison)
    assert role.ends_on == role.starts_on


def test_rooms_are_told_of_the_consents_that_end_with_an_account(
    stranger: User, notices: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[str] = []

    def hear(*, key: str, account: int, **_fact: object) -> None:
        heard.append(f"{key} {account}")

    subscribe(CONSENT_WITHDRAWN, hear)
    give_consent(PrivacyNotice.objects.current(NoticeKey.PICTURE), by=stranger, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(stranger, by=stranger, at=NOW)
    unsubscribe(CONSENT_WITHDRAWN, hear)
    assert heard == [f"fotografias {stranger.pk}"]


def test_what_was_asked_and_not_answered_goes_on(stranger: User, land: Land) -> None:
    stranger.email = "stranger@example.mx"
    stranger.save()
    wish = Wish(RightKind.ACCESS, "Quiero saber.", land.guarantor, stranger.email)
    ask_rights(wish, verified_email=stranger.email, by=stranger, at=NOW)
    close_account(stranger, by=stranger, at=NOW)
    assert RightsRequest.objects.get().email == "stranger@example.mx"


def test_the_account_page_leads_here(stranger: User, guarantor_staff: User) -> None:
    assert f'href="{PAGE}"' in inside(stranger).get("/cuenta/").text
    assert "/garante/datos-personales/" not in inside(stranger).get("/cuenta/").text
    assert "/garante/datos-personales/" in inside(guarantor_staff).get("/cuenta/").text
    assert re.search("Ya no guardamos tu correo", Client().get("/cuenta-borrada/").text)
