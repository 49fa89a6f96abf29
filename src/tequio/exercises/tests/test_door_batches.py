"""What posts noted without a network: in any order, in any batches, sent as often as they like, the same rows."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, again, read_notice

from tequio.accounts.enums import NoticeKey
from tequio.exercises.enums import AttendeeState, DoorAnswer
from tequio.exercises.models import Attendee, DoorPost, Event
from tequio.exercises.tests.happenings import END, START, announced, registered
from tequio.exercises.tests.test_event_races import at_once
from tequio.exercises.workflows import MOST_ACTS, close_post, forget_attendees, note_arrivals, open_post, publish_report
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-09", "CO-02")]
MINUTE = timedelta(minutes=1)
LATE = START + timedelta(hours=5)


@pytest.fixture
def event(exercise: Exercise, liaison: User) -> Event:
    """An announced forum for two people."""
    return announced(exercise, liaison, capacity=2)


@pytest.fixture
def post(event: Event, liaison: User) -> DoorPost:
    """A post at its door."""
    return open_post(event, by=again(liaison), at=NOW).post


def arrival(code: str, at: datetime = START, **other: Any) -> dict[str, Any]:
    return {"kind": "arrival", "mark": str(uuid4()), "hour": at.isoformat(), "code": code, **other}


def walk_in(at: datetime = START, **other: Any) -> dict[str, Any]:
    return {
        "kind": "walk_in",
        "mark": str(uuid4()),
        "hour": at.isoformat(),
        "from": "citizens",
        "sex": "woman",
        **other,
    }


def told(post: DoorPost, *acts: Any, at: datetime = LATE) -> list[str]:
    return [noted.answer for noted in note_arrivals(post, acts, at=at)]


def test_the_first_hour_stays_whoever_tells_it_first(post: DoorPost, event: Event, visitor: AnonymousUser) -> None:
    ana = registered(event, "ana", visitor)
    late, early = arrival(ana.code.lower(), START + 5 * MINUTE), arrival(ana.code, START + MINUTE)
    assert told(post, late, early, late) == [DoorAnswer.COME_IN, DoorAnswer.ALREADY, DoorAnswer.ALREADY]
    assert told(post, late) == [DoorAnswer.ALREADY]
    ana.refresh_from_db()
    assert ana.arrived_at == START + MINUTE


def test_an_hour_of_another_day_is_held_within_the_door(post: DoorPost, event: Event, visitor: AnonymousUser) -> None:
    people = [registered(event, name, visitor) for name in ("ana", "beto")]
    hours = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
    acts = [{**arrival(p.code), "hour": hour} for p, hour in zip(people, hours, strict=True)]
    answers = told(post, *acts, at=START)
    assert set(answers) <= {DoorAnswer.COME_IN, "refused"}
    assert told(post, arrival(people[0].code, START - timedelta(days=9)), at=START)
    assert told(post, arrival(people[1].code, START + timedelta(days=9)), at=START)
    came = list(event.attendees.order_by("pk").values_list("arrived_at", flat=True))
    assert came == [START - timedelta(hours=12), START]


def test_a_walk_in_told_again_is_the_same_person(post: DoorPost, event: Event, visitor: AnonymousUser) -> None:
    known = registered(event, "ana", visitor)
    act, theirs = walk_in(email="nueva@example.mx"), walk_in(email="ANA@example.mx")
    answers = told(post, act, act, theirs, theirs, walk_in(email="nueva@example.mx"))
    assert answers == [
        DoorAnswer.COME_IN,
        DoorAnswer.ALREADY,
        DoorAnswer.COME_IN,
        DoorAnswer.ALREADY,
        DoorAnswer.ALREADY,
    ]
    assert told(post, act, theirs) == [DoorAnswer.ALREADY] * 2
    made = event.attendees.get(is_walk_in=True)
    assert (made.mark, made.sex, made.email, made.arrived_at) == (act["mark"], "woman", "nueva@example.mx", START)
    assert event.attendees.count() == 2
    known.refresh_from_db()
    assert (known.is_walk_in, known.arrived_at) == (False, START)


def test_whoever_is_inside_is_counted_though_the_place_is_full(
    post: DoorPost, event: Event, visitor: AnonymousUser
) -> None:
    people = [registered(event, name, visitor) for name in ("ana", "beto", "caro")]
    caro = people[2]
    assert caro.state == AttendeeState.WAITING
    assert told(post, arrival(caro.code)) == [DoorAnswer.WAITING]
    acts = [arrival(person.code, let_in=True) for person in people]
    noted = note_arrivals(post, [*acts, walk_in()], at=LATE)
    assert [each.answer for each in noted] == [DoorAnswer.COME_IN] * 4
    assert [each.words[-7:] for each in noted] == ["", "", "3 de 2.", "4 de 2."]
    assert event.attendees.arrived().count() == event.attendees.confirmed().count() == 4


def test_what_cannot_be_taken_is_answered_and_stops_nothing(
    post: DoorPost, event: Event, visitor: AnonymousUser
) -> None:
    ana = registered(event, "ana", visitor)
    bad: list[Any] = [
        None, 7, "x", [], {}, {"mark": 3}, {"mark": "x" * 90}, {**arrival("A"), "kind": "fly"},
        {**arrival("A"), "kind": []},
        {**arrival("A"), "hour": "ayer"}, {**arrival("A"), "hour": None},
        {**arrival("A"), "hour": "2026-01-01T10:00:00"},
        walk_in(**{"from": "marte"}), walk_in(**{"from": None}), walk_in(**{"from": {"a": 1}}),
    ]  # fmt: skip
    noted = note_arrivals(post, [*bad, arrival(ana.code)], at=LATE)
    assert [each.answer for each in noted] == ["refused"] * len(bad) + [DoorAnswer.COME_IN]
    assert all(each.words for each in noted[:-1])
    lost = [arrival("NADIE234"), arrival(""), {**arrival("A"), "code": ["A"]}, {**arrival("A"), "code": "\ud800\x00"}]
    assert told(post, *lost) == [DoorAnswer.NOT_THERE] * 4
    assert event.attendees.count() == 1


def test_who_gave_a_wrong_address_is_counted_without_it(post: DoorPost, event: Event) -> None:
    wrong = ("no-es", "a" * 250 + "@example.mx", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.mx", "a@b")
    noted = note_arrivals(post, [walk_in(email=each) for each in wrong], at=LATE)
    assert [each.answer for each in noted] == [DoorAnswer.COME_IN] * 4
    assert all("sin correo" in each.words for each in noted)
    hidden = walk_in(email="a\x00\ud800@example.mx", institution="\x00" * 9, sex=["x"])
    assert told(post, hidden) == [DoorAnswer.COME_IN]
    assert set(event.attendees.values_list("email", "sex")) >= {("a@example.mx", "unsaid")}


def test_a_batch_is_taken_while_the_post_is_open(post: DoorPost, liaison: User, event: Event) -> None:
    with pytest.raises(Refused, match="12 horas antes"):
        told(post, walk_in(), at=START - timedelta(hours=13))
    with pytest.raises(Refused, match="200 como máximo"):
        told(post, *[walk_in()] * (MOST_ACTS + 1))
    publish_report(event, account="Fue.", by=again(liaison), at=END)
    with pytest.raises(Refused, match="están cerradas"):
        told(post, walk_in())
    close_post(post, by=again(liaison), at=END)
    with pytest.raises(Refused, match="puesto ya se cerró"):
        told(post, walk_in())
    assert not event.attendees.exists()


def test_a_mark_goes_with_the_data_of_its_person(post: DoorPost, event: Event) -> None:
    told(post, walk_in())
    forget_attendees(at=END + timedelta(days=31))
    assert event.attendees.get().mark == ""


@pytest.mark.usefixtures("plain_static_files")
def test_hostile_bodies_are_refused_in_words(exercise: Exercise, liaison: User) -> None:
    event = announced(exercise, liaison)
    Event.objects.update(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    path = f"/entrada/{open_post(event, by=again(liaison), at=NOW).key}/actos"
    client = Client(raise_request_exception=False)
    bodies = ("", "{", "{}", "1e999", "NaN", "null", '"x"', "[" * 100_000, "9" * 10_000,
              json.dumps([walk_in()] * 10_000), "[" * 50_000 + "]" * 50_000, "[" + " " * 1_000_000 + "]")  # fmt: skip
    for body in bodies:
        answer = client.post(path, {"acts": body})
        assert (answer.status_code, "error" in answer.json()) == (400, True), body[:30]
    huge = client.post(path, "acts=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert (huge.status_code, "demasiado grande" in huge.json()["error"]) == (400, True)
    assert client.get(path).status_code == 405
    deep = client.post(path, {"acts": json.dumps([{"mark": str(uuid4()), "kind": {"a": [1] * 900}, "hour": 1e300}])})
    assert deep.json()["answers"][0]["answer"] == "refused"
    assert not Attendee.objects.exists()


PEOPLE = 40


@pytest.fixture
def crowd(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> tuple[list[DoorPost], list[str]]:
    """Five posts and the codes of half of forty people, who registered; ten of them wait."""
    event = announced(exercise, liaison, capacity=10)
    codes = [registered(event, f"p{n}", visitor).code for n in range(PEOPLE // 2)]
    return [open_post(event, by=again(liaison), at=NOW).post for _ in range(5)], codes


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_forty_people_at_five_posts_are_forty_rows_in_any_order(
    crowd: tuple[list[DoorPost], list[str]], data: st.DataObject
) -> None:
    posts, codes = crowd
    event = posts[0].event
    event.attendees.filter(is_walk_in=True).delete()
    event.attendees.update(arrived_at=None, state=AttendeeState.CONFIRMED)
    event.attendees.filter(code__in=codes[10:]).update(state=AttendeeState.WAITING)
    hours = st.integers(0, 300).map(lambda minute: START - 60 * MINUTE + minute * MINUTE)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, PEOPLE - 1), hours), min_size=PEOPLE, max_size=90))
    first = {who: min(hour for each, hour in pairs if each == who) for who in {who for who, _ in pairs}}
    marks = [str(uuid4()) for _ in range(PEOPLE)]

    def act(who: int, hour: datetime) -> dict[str, Any]:
        if who < len(codes):
            return arrival(codes[who], hour, let_in=True)
        if who < 30:  # who gives an address is known by it on every device
            return walk_in(hour, email=f"w{who}@example.mx")
        return {**walk_in(first[who]), "mark": marks[who]}  # who gives none is known by the mark, sent again

    acts = [act(*pair) for pair in pairs]
    queue = data.draw(st.permutations([*acts, *data.draw(st.lists(st.sampled_from(acts), max_size=30))]))
    while queue:
        size = data.draw(st.integers(1, 30))
        note_arrivals(data.draw(st.sampled_from(posts)), queue[:size], at=LATE)
        queue = queue[size:]
    came = event.attendees.arrived()
    assert came.count() == len(first)
    assert sorted(came.values_list("arrived_at", flat=True)) == sorted(first.values())
    by_code = dict(came.values_list("code", "arrived_at"))
    assert {codes[who]: hour for who, hour in first.items() if who < len(codes)}.items() <= by_code.items()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_overlapping_batches_at_once_leave_one_row_per_person(exercise: Exercise, liaison: User) -> None:
    read_notice(NoticeKey.EVENT)
    for number in range(3):
        event = announced(exercise, liaison, name=f"Foro {number}", capacity=3)
        codes = [registered(event, f"p{n}", AnonymousUser()).code for n in range(5)]
        posts = [open_post(event, by=again(liaison), at=NOW).post for _ in range(4)]
        shared = [walk_in(START, email=f"w{n}@example.mx") for n in range(3)] + [walk_in(START) for _ in range(3)]
        batches: list[Callable[[], object]] = [
            partial(
                told,
                post,
                *[arrival(code, START + (n + 1) * MINUTE, let_in=True) for code in codes],
                *shared[:: n % 2 * 2 - 1],
            )
            for n, post in enumerate(posts)
        ]
        outcomes = at_once(*batches)
        assert sum(outcome.count("COME_IN") for outcome in outcomes) == 11
        assert event.attendees.arrived().count() == event.attendees.count() == 11
        assert set(event.attendees.filter(code__in=codes).values_list("arrived_at", flat=True)) == {START + MINUTE}
