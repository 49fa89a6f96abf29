"""Who holds a seat now, on the exercise's page: their end is not unknown, it has not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tequio.governance.tests.bodies import secretariat

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]


def test_present_holder_is_there_to_date(exercise: Exercise, liaison: User) -> None:
    stm = secretariat(exercise, liaison, substitutes=False)
    page = Client().get(exercise.get_absolute_url()).content.decode()
    assert page.count("A la fecha") == len(stm.terms)
    assert '<td data-label="Hasta"><span class="missing">' not in page
