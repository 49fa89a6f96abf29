"""What an event asks of who organises it, and what it settles of the method."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, again

from tequio.exercises.conformity import unheld
from tequio.exercises.enums import EventKind
from tequio.exercises.models import Event
from tequio.exercises.tests.happenings import END, START, announced, draft
from tequio.exercises.workflows import hold_event, publish_event, publish_report
from tequio.kernel.duties import owed_by
from tequio.kernel.refusal import Refused
from tequio.kernel.requisites import requisite

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-09")]


def owed(person: User, at: datetime) -> list[str]:
    """Return what a person owes about events."""
    return [duty.title for duty in owed_by(again(person), at).duties if duty.key.startswith("exercises.event")]


def test_the_door_on_the_day_and_the_report_after(
    exercise: Exercise, state_exercise: Exercise, liaison: User, cast: dict[str, User]
) -> None:
    event = announced(exercise, liaison)
    draft(exercise, liaison)
    announced(state_exercise, cast["guarantor_staff"], name="Foro estatal")
    assert owed(liaison, NOW) == []
    assert owed(liaison, START - timedelta(minutes=1)) == ["Abre la entrada de «Foro de apertura»"]
    assert owed(liaison, END) == ["Publica la relatoría de «Foro de apertura»"]
    assert owed(cast["guarantor_staff"], END) == ["Publica la relatoría de «Foro estatal»"]
    for part in ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger"):
        assert owed(cast[part], END) == []
    publish_report(event, account="Fue.", by=again(liaison), at=END)
    assert owed(liaison, END) == []


@pytest.mark.req("EX-12")
def test_a_sensitisation_that_was_held_settles_its_requisite(exercise: Exercise, liaison: User) -> None:
    needed = requisite("sensibilizacion-hecha")
    assert needed is not None
    assert needed.address is not None
    assert needed.address(exercise) == f"/ejercicios/{exercise.slug}/trabajo/eventos/"
    hold_event(announced(exercise, liaison), by=again(liaison), at=END)
    event = announced(exercise, liaison, kind=EventKind.SENSITISATION)
    assert "Falta una sensibilización" in str(unheld(exercise))
    hold_event(event, by=again(liaison), at=END)
    assert unheld(exercise) is None


def test_an_exercise_that_nobody_sees_announces_nothing(exercise: Exercise, liaison: User) -> None:
    event = draft(exercise, liaison)
    type(exercise).objects.filter(pk=exercise.pk).update(state="draft")
    with pytest.raises(Refused, match="todavía no es público"):
        publish_event(Event.objects.get(pk=event.pk), by=again(liaison), at=NOW)
