"""The lists of events take as many queries for three as for one, and for two thousand who registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.exercises.enums import AttendeeState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.queries.events import photo_path
from tequio.exercises.tests.happenings import END, START, announced, registered
from tequio.exercises.tests.test_event_door import picture
from tequio.exercises.tests.test_event_pages import inside
from tequio.exercises.workflows import add_photo, hold_event
from tequio.kernel import invariants
from tequio.kernel.editionstamp import drop_all

if TYPE_CHECKING:
    from pathlib import Path

    from django.contrib.auth.models import AnonymousUser
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("EX-09")]


@pytest.fixture
def work(exercise: Exercise) -> str:
    """Where the events of the exercise are organised."""
    return f"/ejercicios/{exercise.slug}/trabajo/eventos/"


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_lists_take_as_many_queries_for_three_as_for_one(
    exercise: Exercise, liaison: User, work: str, visitor: AnonymousUser, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    event, client = announced(exercise, liaison, name="Foro"), inside(liaison)
    base = f"/ejercicios/{exercise.slug}/"
    counts = []
    for number in (1, 2, 3):
        announced(exercise, liaison, name=f"Foro {number}")
        registered(event, f"p{number}", visitor)
        if number == 2:
            continue
        drop_all(at=NOW)
        paths = (base, f"{base}eventos/", event.get_absolute_url(), work, f"{work}foro/", f"{work}foro/registros/")
        counts.append([queries_of(client, path) for path in paths])
    assert counts[0] == counts[1]
    held = hold_event(event, by=again(liaison), at=END)
    shown = []
    for number in (1, 3):
        for size in range(number):
            add_photo(held, picture(size=(40, 20 + size)), text="x", has_consent=True, by=again(liaison), at=END)
        drop_all(at=NOW)
        shown.append([queries_of(client, path) for path in (event.get_absolute_url(), f"{work}foro/fotos/")])
    assert shown[0] == shown[1]


@pytest.mark.req("EX-09")
def test_two_thousand_registrations_keep_the_lists_light(exercise: Exercise, liaison: User, work: str) -> None:
    event, client = announced(exercise, liaison, capacity=1500), inside(liaison)
    Attendee.objects.bulk_create(
        Attendee(
            event=event, code=f"K{n:07}", state=AttendeeState.CONFIRMED if n < 1500 else AttendeeState.WAITING,
            email=f"p{n}@example.mx", name=f"Persona {n}", sector=Sector.CITIZENS,
            needs=["captions"] if n % 9 == 0 else [],
        )
        for n in range(2000)
    )  # fmt: skip
    paths = (f"{work}{event.slug}/registros/", f"{work}{event.slug}/registros/?estado=waiting&hoja=10")
    for path in (*paths, f"{work}{event.slug}/", f"{work}{event.slug}/puerta/", event.get_absolute_url()):
        assert queries_of(client, path) <= 9, path
    assert "hoja 1 de 40" in client.get(paths[0]).text
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(f"{work}{event.slug}/puerta/", {"words": "Persona 1999"})
    assert "K0001999" in answer.text
    assert len(queries) <= 9


@pytest.mark.req("EX-09")
def test_the_invariants_find_what_must_never_be(
    exercise: Exercise, liaison: User, visitor: AnonymousUser, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    event = announced(exercise, liaison, capacity=1)
    for who in ("ana", "beto"):
        registered(event, who, visitor)
    assert faults() == []
    event.attendees.update(state=AttendeeState.WAITING)
    assert "hay lugares libres" in faults()[0]
    event.attendees.update(state=AttendeeState.CONFIRMED, arrived_at=START)
    assert "entraron 2 de 1" in faults()[0]
    held = hold_event(event, by=again(liaison), at=END)
    Event.objects.filter(pk=event.pk).update(people_forgotten_at=END, capacity=2)
    assert "debían borrarse" in faults()[0]
    Event.objects.filter(pk=event.pk).update(people_forgotten_at=None)
    photo = add_photo(held, picture(), text="x", has_consent=True, by=again(liaison), at=END)
    assert faults() == []
    (tmp_path / photo_path(photo.sha256)).write_bytes(b"otra")
    assert "es otro" in faults()[0]
    (tmp_path / photo_path(photo.sha256)).unlink()
    assert "Falta el archivo" in faults()[0]


def faults() -> list[str]:
    """Return what the room's invariants find."""
    ours = [each for each in invariants.registered if each.check.__module__ == "tequio.exercises.invariants"]
    assert len(ours) == 4
    return [fault for each in ours for fault in each.check()]
