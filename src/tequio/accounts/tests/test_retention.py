"""Every night what has outlived its time is erased, once, whatever else fails; only how much is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from tests.cast import NOW, Land, again
from wagtail.users.models import UserProfile

from tequio.accounts.enums import RightKind, RightOutcome, RightProof, RoleKind
from tequio.accounts.models import Invitation, Post, RetentionRun, RightsRequest, User
from tequio.accounts.tasks import erase_outlived
from tequio.accounts.workflows import (
    Requester,
    Wish,
    answer_request,
    ask_rights,
    close_account,
    invite_person,
    prove_request,
    retain,
)
from tequio.kernel.immutable import protect, release
from tequio.kernel.mail import post
from tequio.kernel.models import OutboxMessage
from tequio.kernel.periodic import schedule

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

DAY = timedelta(days=1)


def ask(land: Land, proof: RightProof = RightProof.MAIL, text: str = "Pido.") -> tuple[RightsRequest, str]:
    wish = Wish(RightKind.ACCESS, text, land.guarantor, "ana@example.mx", proof)
    asked = ask_rights(wish, by=AnonymousUser(), at=NOW)
    return asked.request, asked.token


def test_a_request_that_nobody_confirmed_leaves_after_a_week(land: Land) -> None:
    ask(land)
    ask(land, RightProof.IN_PERSON, "En persona.")
    retain(at=NOW + 7 * DAY)
    assert RightsRequest.objects.count() == 2
    retain(at=NOW + 7 * DAY + timedelta(seconds=1))
    assert RightsRequest.objects.get().proof == RightProof.IN_PERSON
    retain(at=NOW + 31 * DAY)
    assert not RightsRequest.objects.exists()


def test_an_answered_request_keeps_its_count_and_loses_its_person(land: Land, guarantor_staff: User) -> None:
    request, token = ask(land)
    prove_request(request, by=Requester(token), at=NOW)
    answer_request(request, RightOutcome.GRANTED, "Esto.", by=again(guarantor_staff), at=NOW)
    retain(at=NOW + 364 * DAY)
    assert RightsRequest.objects.get().text == "Pido."
    retain(at=NOW + 366 * DAY)
    left = RightsRequest.objects.get()
    assert (left.email, left.text, left.answer, left.outcome) == ("", "", "", RightOutcome.GRANTED)
    assert "ya se borró" in Client().get(f"/datos-personales/solicitud/{token}/").text


def test_a_request_in_course_loses_nothing(land: Land) -> None:
    request, token = ask(land)
    prove_request(request, by=Requester(token), at=NOW)
    retain(at=NOW + 3_000 * DAY)
    assert RightsRequest.objects.get().text == "Pido."


def test_mail_leaves_its_receipt_ninety_days_and_what_never_left_thirty(db: None) -> None:
    post("sent", "ana@example.mx", "x", "x", at=NOW)
    OutboxMessage.objects.update(sent_at=NOW, subject="", body="")
    post("waits", "ana@example.mx", "x", "x", at=NOW)
    retain(at=NOW + 30 * DAY)
    assert OutboxMessage.objects.count() == 2
    retain(at=NOW + 31 * DAY)
    assert OutboxMessage.objects.get().key == "sent"
    retain(at=NOW + 91 * DAY)
    assert not OutboxMessage.objects.exists()


def test_addresses_of_invitations_and_sessions_end_too(guarantor_staff: User, land: Land) -> None:
    invite_person("x@example.mx", Post(RoleKind.REPRESENTATIVE, land.group), by=again(guarantor_staff), at=NOW)
    Session.objects.create(session_key="k", session_data="x", expire_date=NOW)
    retain(at=NOW + 15 * DAY)
    assert Invitation.objects.get().email == ""
    assert not Session.objects.exists()


def test_the_second_time_there_is_nothing_left(land: Land) -> None:
    ask(land)
    first, second = (retain(at=NOW + 40 * DAY) for _ in range(2))
    assert (first.erased > 0, second.erased, second.failed) == (True, 0, 0)


def test_a_rule_that_fails_is_told_and_stops_no_other(land: Land, guarantor_staff: User) -> None:
    ask(land)
    Session.objects.create(session_key="k", session_data="x", expire_date=NOW)
    with connection.cursor() as cursor:
        protect(cursor, connection.vendor, "django_session")
    run = retain(at=NOW + 40 * DAY)
    with connection.cursor() as cursor:
        release(cursor, connection.vendor, "django_session")
    assert run.failed == 1
    assert Session.objects.exists()
    assert not RightsRequest.objects.exists()


def test_files_leave_with_their_rows(
    stranger: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    profile = UserProfile.objects.create(user=stranger)
    profile.avatar.save("yo.png", ContentFile(b"png"))
    name = profile.avatar.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(stranger, by=stranger, at=NOW)
    assert not UserProfile.objects.exists()
    assert not default_storage.exists(name)


def test_it_runs_by_itself_every_night_and_the_page_of_status_tells_how_much(land: Land) -> None:
    assert "Todavía no se ha hecho" in Client().get("/estado/").text
    assert "erase_outlived" in schedule(NOW)
    erase_outlived.func()
    RetentionRun.objects.update(erased=3, failed=1)
    page = Client().get("/estado/").text
    assert "3 datos borrados" in page
    assert "1 regla no se pudo cumplir" in page


def test_only_the_last_nights_are_remembered(db: None) -> None:
    for night in range(62):
        retain(at=NOW + night * DAY)
    assert RetentionRun.objects.count() == 60
