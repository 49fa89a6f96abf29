"""Duties: asked of every room, in the order that presses, and no room silences another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from tequio.kernel import duties
from tequio.kernel.duties import Duty, capacities_of, owed_by, pressing
from tequio.kernel.tests.people import NOON
from tequio.kernel.topics import Pace, Topic, forget_topic, topic, topic_of, topics

if TYPE_CHECKING:
    from collections.abc import Iterator

TOPIC = Topic("sample", "Muestra", "Solo en las pruebas.")
TODAY = date(2026, 1, 31)


class Person(NamedTuple):
    """Somebody of whom a question knows only who they are."""

    pk: int


def duty(key: str = "sample.sign:1", **more: Any) -> Duty:
    words = {"verb": "Firma", "thing": "el acuerdo 4", "why": "Falta tu firma.", "button": "Firmar"}
    return Duty(**({"key": key, "topic": TOPIC, "address": "/acuerdos/4/"} | words | more))


@pytest.fixture
def rooms() -> Iterator[list[Any]]:
    """The rooms' declarations, none to begin with."""
    before = duties.declarations[:]
    duties.declarations.clear()
    yield duties.declarations
    duties.declarations[:] = before


def test_what_presses_comes_first(rooms: list[Any]) -> None:
    found = [
        duty("whenever"),
        duty("tomorrow", due_on=TODAY + timedelta(days=1)),
        duty("today", due_on=TODAY),
        duty("at one", due_at=NOON + timedelta(hours=1)),
        duty("late", due_on=TODAY - timedelta(days=9)),
    ]
    rooms += [lambda _person, _at: iter(found[:2]), lambda _person, _at: iter(found[2:])]
    keys = [each.key for each in owed_by("ana", NOON).duties]
    assert keys == ["late", "at one", "today", "tomorrow", "whenever"]


def test_a_duty_that_two_rooms_yield_is_one(rooms: list[Any]) -> None:
    rooms += [lambda _person, _at: [duty()], lambda _person, _at: [duty()]]
    assert len(owed_by("ana", NOON).duties) == 1


def test_each_person_has_their_own(rooms: list[Any]) -> None:
    rooms.append(lambda person, _at: [duty()] if person == "ana" else [])
    assert owed_by("ana", NOON).duties
    assert owed_by("stranger", NOON) == ([], True)


def test_a_room_that_fails_silences_no_other(rooms: list[Any], caplog: pytest.LogCaptureFixture) -> None:
    def broken(person: str, _at: datetime) -> Iterator[Duty]:
        yield duty("half")
        raise KeyError(person)

    rooms += [broken, lambda _person, _at: [duty("whole")]]
    owed = owed_by("ana", NOON)
    assert [each.key for each in owed.duties] == ["whole"]
    assert not owed.is_whole
    assert "broken failed" in caplog.text


def test_a_database_that_is_away_is_no_empty_list(rooms: list[Any]) -> None:
    def away(_person: str, _at: datetime) -> list[Duty]:
        raise OperationalError

    rooms.append(away)
    with pytest.raises(OperationalError):
        owed_by("ana", NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": TODAY, "due_at": NOON},
        {"due_at": NOON.replace(tzinfo=None)},
        {"address": "https://example.mx/"},
        {"address": "//example.mx/"},
        {"key": ""},
        {"key": "a" * 161},
        {"why": ""},
        {"button": ""},
    ],
)
def test_what_no_page_could_show_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        duty(**wrong)


@given(st.integers(-400, 400), st.integers(0, 1439))
def test_a_day_is_late_when_it_ended_and_an_instant_when_it_came(days: int, minutes: int) -> None:
    instant = datetime(2026, 1, 31, 6, tzinfo=UTC) + timedelta(minutes=minutes)  # a day of central Mexico
    day = TODAY + timedelta(days=days)
    assert duty(due_on=day).is_late(instant) == (days < 0)
    assert duty(due_at=instant + timedelta(seconds=days)).is_late(instant) == (days <= 0)
    assert not duty().is_late(instant)
    assert pressing(duty(due_on=day)) < pressing(duty())


def test_as_what_a_person_acts_is_said_once() -> None:
    before = duties.capacities[:]
    duties.capacities[:] = [lambda _person, _at: ["Suplente"], lambda _person, _at: ["Suplente", "Enlace"]]
    assert capacities_of("ana", NOON) == ["Suplente", "Enlace"]
    duties.capacities[:] = before


def test_a_topic_is_declared_once() -> None:
    made = topic("sample_topic", "Muestra", "Solo en las pruebas.", pace=Pace.WEEKLY)
    try:
        assert topic_of("sample_topic") == made
        assert made in topics()
        for key in ("sample_topic", "Otra", "", "a" * 41):
            with pytest.raises(ValueError, match="names no topic"):
                topic(key, "Otra", "Otra.")
    finally:
        forget_topic("sample_topic")
    assert topic_of("sample_topic") is None


def test_a_question_that_rooms_share_is_asked_once_for_a_page(rooms: list[Any]) -> None:
    asked: list[Any] = []

    @duties.asked_once
    def seats(person: Any, _at: datetime) -> list[str]:
        asked.append(person.pk)
        return ["seat"]

    rooms += [lambda person, at: [duty(key) for key in seats(person, at)]] * 2
    ana, luz = Person(1), Person(2)
    with duties.one_reading():
        for person in (ana, ana, luz):
            assert len(owed_by(person, NOON).duties) == 1
        seats(ana, NOON + timedelta(hours=1))
    assert asked == [1, 2, 1]
    owed_by(ana, NOON)
    assert asked == [1, 2, 1, 1]
    seats(ana, NOON)
    seats(ana, NOON)
    assert len(asked) == 6
