"""Two at once, on PostgreSQL: the last place is given once, a double tap is one registration, a code comes in once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from tests.cast import again, read_notice

from tequio.accounts.enums import NoticeKey
from tequio.exercises.models import Attendee, Event
from tequio.exercises.queries.events import token_of
from tequio.exercises.tests.happenings import START, announced, registered
from tequio.exercises.workflows import cancel_registration, check_in, give_kept_places
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("EX-09")]
ROUNDS = 4


def at_once(*attempts: Callable[[], object]) -> list[str]:
    """Run each attempt in its own connection, all from the same instant, and return what each was told."""
    barrier, outcomes = Barrier(len(attempts)), []

    def run(attempt: Callable[[], object]) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            outcomes.append(str(attempt()))
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[attempt]) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(attempts)
    return sorted(outcomes)


def test_the_last_place_is_given_once(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    for number in range(ROUNDS):
        event = announced(exercise, liaison, capacity=2, name=f"Foro {number}")
        registered(event, "primera", visitor)
        told = at_once(*[
            partial(lambda e, n: registered(e, n, AnonymousUser()).state, event, f"p{n}") for n in range(5)
        ])  # fmt: skip
        assert told == ["confirmed", *["waiting"] * 4]
        assert event.attendees.confirmed().count() == 2


@pytest.fixture(autouse=True)
def notice_is_there(transactional_db: None) -> None:
    """Publish the notice that everybody reads before they race."""
    read_notice(NoticeKey.EVENT)


def test_a_double_tap_is_one_registration(exercise: Exercise, liaison: User) -> None:
    for number in range(ROUNDS):
        event = announced(exercise, liaison, name=f"Foro {number}")
        told = at_once(*[lambda e=event: registered(e, "ana", AnonymousUser()).pk] * 4)
        assert set(told) == {str(event.attendees.get().pk)}
        assert OutboxMessage.objects.filter(key__startswith=f"event:{event.pk}:place").count() == 1


def test_two_who_leave_free_two_places(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    for number in range(ROUNDS):
        event = announced(exercise, liaison, capacity=2, name=f"Foro {number}")
        people = [registered(event, f"p{n}", visitor) for n in range(5)]
        at_once(*[
            partial(lambda e, t: cancel_registration(e, t, at=START), event, token_of(p)) for p in people[:2]
        ])  # fmt: skip
        states = list(event.attendees.order_by("pk").values_list("state", flat=True))
        assert states == ["cancelled", "cancelled", "confirmed", "confirmed", "waiting"]


def test_one_code_at_two_doors_comes_in_once(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> None:
    event = announced(exercise, liaison)
    for number in range(ROUNDS):
        code = registered(event, f"p{number}", visitor).code
        told = at_once(*[lambda c=code: check_in(event, c, by=again(liaison), at=START).answer.value] * 3)
        assert told == ["already", "already", "come_in"]
    assert Attendee.objects.arrived().count() == ROUNDS


def test_when_places_are_no_longer_kept_who_waited_comes_first(
    exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    opened = START - timedelta(days=1)
    for number in range(ROUNDS):
        event = announced(exercise, liaison, capacity=2, name=f"Foro {number}")
        Event.objects.filter(pk=event.pk).update(kept_until=opened)
        waiting = [registered(event, f"p{n}", visitor) for n in range(2)]
        late = [partial(registered, event, f"q{n}", AnonymousUser(), at=opened) for n in range(2)]
        at_once(partial(give_kept_places, at=opened), *late)
        assert set(event.attendees.confirmed()) == set(waiting)
