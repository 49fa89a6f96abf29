"""The worker killed among the digests, then two at once: everybody gets theirs, and nobody two."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from tequio.accounts.models import User
from tests.faults.test_mail import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.conftest import Start

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("SI-05")]
PEOPLE = 120
SENT = "SELECT recipient, COUNT(*) FROM kernel_outboxmessage WHERE key LIKE 'digest:%' GROUP BY recipient"
TOLD = "SELECT key, COUNT(*) FROM accounts_telling GROUP BY key"


def asked(folder: Path, question: str) -> dict[str, int]:
    """Return the rows of a question to the workers' database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(question)
            return dict(cursor.fetchall())
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        return dict(copy.execute(question).fetchall())


def test_a_worker_killed_among_the_digests_leaves_one_for_each(start: Start, tmp_path: Path) -> None:
    made = [User(username=f"p{n}", email=f"p{n}@example.mx", is_superuser=True) for n in range(PEOPLE)]
    people = User.objects.bulk_create(made)  # each owes a second step
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    doomed = start(1)
    wait_until(lambda: len(asked(tmp_path, SENT)) > 1)
    doomed.kill()
    doomed.wait()
    assert 1 < len(asked(tmp_path, SENT)) < PEOPLE
    for _ in range(2):
        start(1)
    wait_until(lambda: len(asked(tmp_path, SENT)) == PEOPLE)
    assert set(asked(tmp_path, SENT).values()) == {1}
    assert asked(tmp_path, TOLD) == {"digest": PEOPLE, "accounts.add_second_step": PEOPLE}
