"""Two at once, on PostgreSQL: a kit is published once, and no receipt and no opinion erases another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.cast import NOW

from tequio.cocreation.models import Kit
from tequio.cocreation.queries.kits import receipt_token, versions_of
from tequio.cocreation.tests.kits import published, ready_table
from tequio.cocreation.workflows import acknowledge_kit, send_feedback
from tequio.exercises.tests.happenings import registered
from tequio.exercises.tests.test_event_races import at_once

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("DX-04")]


def test_one_version_and_every_voice(
    exercise: Exercise, liaison: User, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    table = ready_table(exercise, liaison)
    people = [registered(table.event, f"p{number}", AnonymousUser()) for number in range(2)]
    told = at_once(*[lambda: published(table, liaison).number] * 3)
    assert told == ["1", *["Nada cambió desde la última versión publicada."] * 2]
    assert len(versions_of(table)) == 1
    taps = [partial(acknowledge_kit, table, receipt_token(person), at=NOW) for person in people]
    assert at_once(*taps, *taps) == ["True"] * 4
    at_once(*[partial(send_feedback, table, f"Opinión {number}", at=NOW) for number in range(4)])
    kit = Kit.objects.get()
    assert kit.received == len(kit.receipts) == 2
    assert kit.feedback == [f"Opinión {number}" for number in range(4)]
