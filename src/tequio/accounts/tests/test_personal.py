"""Rows of the registry say how long, lead to their people, and find what has outlived its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import User
from tequio.accounts.personal import PERSONAL
from tequio.kernel.mail import post
from tequio.kernel.models import OutboxMessage
from tequio.kernel.personal import After, Basis, Ending, Personal, Shown, by_purpose, history, personal, registry
from tequio.kernel.tests.people import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.req("SI-04")]

KEY = NoticeKey.ACCOUNT
MESSAGE = "kernel.OutboxMessage"
TEXT = Personal(MESSAGE, "subject body", "x", KEY, Basis.SERVICE, Ending.BLANKED, after=After("queued_at", 30, "de x"))


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "después de x"), (30, "30 días después de x"), (365, "un año después de x"), (730, "2 años después de x")],
)
def test_how_long_is_said_in_words(days: int, words: str) -> None:
    assert str(After("at", days, "de x")) == words


def test_how_it_ends_is_a_sentence() -> None:
    both = Personal("a.B", "c", "x", KEY, Basis.SERVICE, Ending.ERASED, after=After("at", 9, "de x"), with_account=True)
    assert both.lasts == "Se borra 9 días después de x, o al borrar tu cuenta."
    assert history("a.B", "c", "x", KEY, "c").lasts.endswith("ya no dice de quién era.")


def test_what_outlived_its_time_is_found_until_nothing_is_left() -> None:
    post("k", "ana@example.mx", "Asunto", "Texto", at=NOON)
    assert not TEXT.outlived(NOON + timedelta(days=30)).exists()
    late = NOON + timedelta(days=31)
    assert TEXT.outlived(late).count() == 1
    OutboxMessage.objects.update(**TEXT.blanks)
    assert not TEXT.outlived(late).exists()


def test_a_row_may_be_of_some_only() -> None:
    post("k", "ana@example.mx", "Asunto", "Texto", at=NOON)
    sent = Personal(
        MESSAGE, "key", "x", KEY, Basis.SERVICE, Ending.ERASED, after=TEXT.after, only=Q(sent_at__isnull=False)
    )
    assert not sent.outlived(NOON + timedelta(days=31)).exists()


def test_rows_are_found_by_account_and_by_address() -> None:
    ana = User.objects.create_user("ana", "Ana@example.mx")
    post("k", "ana@example.mx", "Asunto", "Texto", at=NOON)
    mine = Personal(MESSAGE, "recipient", "x", KEY, Basis.SERVICE, Ending.ERASED, owner="recipient=email")
    assert mine.rows_of(ana).count() == 1
    assert not mine.rows_of(User.objects.create_user("nadie")).exists(), "nobody's address is everybody's"
    assert not TEXT.rows_of(ana).exists()


def test_every_room_is_read_and_every_purpose_shown() -> None:
    assert set(PERSONAL) <= set(registry())
    shown = by_purpose()
    assert sum(len(things) for rows in shown.values() for things in rows.values()) == len(personal())
    assert any(row.shown is Shown.ROLE for row in shown[NoticeKey.PUBLIC_ROLE])
