"""The secretariat of the land's first municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tequio.governance.tests.bodies import Secretariat, secretariat

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise


@pytest.fixture
def stm(exercise: Exercise, liaison: User) -> Secretariat:
    """A secretariat with titular and substitute in each seat, run by the liaison."""
    return secretariat(exercise, liaison)
