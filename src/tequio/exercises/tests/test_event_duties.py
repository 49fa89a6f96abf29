"""What an event asks of who organises it, and what it settles of the method."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.cast import NOW, again

from tequio.exercises.conformity import unheld
from tequio.exercises.enums import EventKind
from tequio.exercises.models import Event, Exercise
from tequio.exercises.tests.happenings import END, START, announced, draft, registered
from tequio.exercises.workflows import hold_event, publish_report
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.requisites import requisite

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

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
    assert "Falta una sensibilización" in str(unheld(exercise, day_of(NOW)))
    hold_event(event, by=again(liaison), at=END)
    assert unheld(exercise, day_of(NOW)) is None


def test_the_forum_of_the_signing_is_announced_before_the_signature(
    exercise: Exercise, liaison: User, visitor: AnonymousUser, plain_static_files: None, notices: None
) -> None:
    type(exercise).objects.filter(pk=exercise.pk).update(state="draft")
    told = draft(Exercise.objects.get(pk=exercise.pk), liaison, name="Todavía no")
    event = announced(Exercise.objects.get(pk=exercise.pk), liaison, name="Foro de la firma")
    page = Client().get(event.get_absolute_url()).content.decode()
    assert f'href="{exercise.get_absolute_url()}"' not in page  # nobody may open it yet
    assert Client().get(told.get_absolute_url()).status_code == 404
    assert Client().get(exercise.get_absolute_url()).status_code == 404
    assert registered(event, "ana", visitor).state == "confirmed"
    assert "Foro de la firma" in Client().get("/agenda/").content.decode()
    assert event not in Event.objects.of_exercises_seen(None)
    assert Client().get(f"{event.get_absolute_url()}registro/").status_code == 200
