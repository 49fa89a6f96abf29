"""Inviting first who came to an earlier event: their places are kept, others wait, and then everybody in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, again

from tequio.exercises.enums import AttendeeState, EventState
from tequio.exercises.models import Attendee, Event
from tequio.exercises.notices.events import tell_invited
from tequio.exercises.queries.events import guest_of, invitation_of, invited_first, those_to_invite, token_of
from tequio.exercises.tests.happenings import END, START, announced, draft, registered
from tequio.exercises.workflows import (
    cancel_registration,
    check_in,
    forget_attendees,
    give_kept_places,
    invite_first,
    stop_inviting,
)
from tequio.kernel.clock import day_of, midnight
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files"),
    pytest.mark.req("CO-12", "EX-09"),
]
AFTER = END + timedelta(hours=1)
"""When the next event is prepared: the first one is over."""
UNTIL = day_of(AFTER) + timedelta(days=5)
OPENED = midnight(UNTIL + timedelta(days=1))
LATER = {"name": "Mesa que continúa", "starts_at": START + timedelta(days=14), "ends_at": END + timedelta(days=14)}


@pytest.fixture
def before(exercise: Exercise, liaison: User, visitor: AnonymousUser) -> Event:
    """An event that took place: ana and beto came, carla registered and did not."""
    event = announced(exercise, liaison)
    for who in ("ana", "beto", "carla"):
        registered(event, who, visitor)
    for who in ("ana", "beto"):
        check_in(event, event.attendees.get(email=f"{who}@example.mx").code, by=again(liaison), at=START)
    OutboxMessage.objects.all().delete()
    return event


@pytest.fixture
def event(exercise: Exercise, liaison: User, before: Event) -> Event:
    """The event that continues it, for two people, whose places are kept."""
    made = draft(exercise, liaison, capacity=2, **LATER)
    return invite_first(made, before, UNTIL, by=again(liaison), at=AFTER)


def invitation(event: Event, before: Event, who: str) -> str:
    """Return the secret that somebody who came gets by mail."""
    return invitation_of(event, before.attendees.get(email=f"{who}@example.mx"))


def state_of(event: Event, who: str) -> str:
    """Return whether somebody has a place or waits."""
    return event.attendees.get(email=f"{who}@example.mx").state


def test_an_event_in_preparation_is_announced_and_its_guests_told_once(event: Event, before: Event) -> None:
    assert (event.state, event.kept_until) == (EventState.PUBLISHED, OPENED)
    for told in (2, 0):
        assert tell_invited.func(event.pk, before.pk, AFTER.isoformat()) == told
    messages = list(OutboxMessage.objects.order_by("recipient"))
    assert [message.recipient for message in messages] == ["ana@example.mx", "beto@example.mx"]
    assert {message.key for message in messages} == {f"event:{event.pk}:invited"}
    assert f"/invitacion/{invitation(event, before, 'ana')}/" in messages[0].body
    assert "/mi-registro/" not in messages[0].body
    assert not LedgerEntry.objects.filter(payload__icontains="ana@").exists()


def test_only_an_invitation_gives_a_place_while_they_are_kept(
    event: Event, before: Event, visitor: AnonymousUser
) -> None:
    registered(event, "diana", visitor, at=AFTER)
    assert state_of(event, "diana") == AttendeeState.WAITING
    assert "Los lugares se apartan" in OutboxMessage.objects.get(recipient="diana@example.mx").body
    registered(event, "ana", visitor, at=AFTER, invitation=invitation(event, before, "ana"))
    assert state_of(event, "ana") == AttendeeState.CONFIRMED
    registered(event, "beto", visitor, at=AFTER)
    assert state_of(event, "beto") == AttendeeState.WAITING
    registered(event, "beto", visitor, at=AFTER, invitation=invitation(event, before, "beto"))
    assert state_of(event, "beto") == AttendeeState.CONFIRMED


def test_a_link_gives_a_place_to_nobody_else(
    event: Event, before: Event, exercise: Exercise, liaison: User, visitor: AnonymousUser
) -> None:
    theirs = invitation(event, before, "ana")
    for who, token in (("eva", theirs), ("flor", "nada"), ("gema", theirs[:-1])):
        registered(event, who, visitor, at=AFTER, invitation=token)
        assert state_of(event, who) == AttendeeState.WAITING
    other = announced(exercise, liaison, **LATER)
    assert guest_of(other, theirs) is None
    absent = before.attendees.get(email="carla@example.mx")
    assert guest_of(event, invitation_of(event, absent)) is None


def test_what_is_left_is_given_in_order_at_the_instant(event: Event, before: Event, visitor: AnonymousUser) -> None:
    registered(event, "ana", visitor, at=AFTER, invitation=invitation(event, before, "ana"))
    for who in ("diana", "eva"):
        registered(event, who, visitor, at=AFTER)
    assert give_kept_places(at=OPENED - timedelta(seconds=1)) == 0
    cancel_registration(event, token_of(event.attendees.get(email="ana@example.mx")), at=AFTER)
    assert not event.attendees.confirmed().exists()
    assert give_kept_places(at=OPENED) == 2
    assert give_kept_places(at=OPENED) == 0
    assert (state_of(event, "diana"), state_of(event, "eva")) == (AttendeeState.CONFIRMED, AttendeeState.CONFIRMED)


def test_who_registers_after_the_instant_passes_nobody_who_waits(event: Event, visitor: AnonymousUser) -> None:
    for who in ("diana", "eva"):
        registered(event, who, visitor, at=AFTER)
    registered(event, "flor", visitor, at=OPENED)
    assert [state_of(event, who) for who in ("diana", "eva", "flor")] == ["confirmed", "confirmed", "waiting"]


def test_what_cannot_be_kept_is_refused(exercise: Exercise, liaison: User, before: Event, stranger: User) -> None:
    plain = draft(exercise, liaison, capacity=2, **LATER)
    endless = draft(exercise, liaison, **LATER)
    tries = (
        (plain, before, UNTIL, stranger, "no puede organizar"),
        (plain, plain, UNTIL, liaison, "otro evento del mismo ejercicio"),
        (endless, before, UNTIL, liaison, "Ponle un cupo"),
        (plain, endless, UNTIL, liaison, "No queda a quién escribir"),
        (plain, before, day_of(AFTER) - timedelta(days=1), liaison, "Ese día ya pasó"),
        (plain, before, day_of(LATER["starts_at"]), liaison, "hasta el día anterior"),
    )
    for event, earlier, until, who, words in tries:
        with pytest.raises(Refused, match=words):
            invite_first(event, earlier, until, by=again(who), at=AFTER)
    plain.refresh_from_db()
    assert (plain.state, plain.kept_until) == (EventState.DRAFT, None)
    invite_first(plain, before, UNTIL, by=again(liaison), at=AFTER)
    with pytest.raises(Refused, match="Ya se invitó"):
        invite_first(plain, before, UNTIL, by=again(liaison), at=AFTER)


def test_places_are_not_kept_for_longer_than_the_addresses(exercise: Exercise, liaison: User, before: Event) -> None:
    far = {"starts_at": START + timedelta(days=60), "ends_at": END + timedelta(days=60)}
    event = draft(exercise, liaison, capacity=2, **far)
    with pytest.raises(Refused, match="se borran"):
        invite_first(event, before, day_of(END) + timedelta(days=40), by=again(liaison), at=AFTER)
    forget_attendees(at=END + timedelta(days=31))
    before.refresh_from_db()
    told = invited_first(before)
    assert (told.came, told.told, told.untold, told.are_erased) == (2, 0, 2, True)


def test_who_wants_no_more_messages_is_forgotten_with_one_tap(client: Client, event: Event, before: Event) -> None:
    page = f"{event.get_absolute_url()}invitacion/{invitation(event, before, 'ana')}/"
    assert "Toma tu lugar" in client.get(page).content.decode()
    Event.objects.filter(pk=before.pk).update(starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))
    assert "Borramos tus datos" in client.post(page, {"move": "stop"}).content.decode()
    assert [guest.email for guest in those_to_invite(before)] == ["beto@example.mx"]
    assert before.attendees.arrived().count() == 2
    assert client.get(page).status_code == 404
    assert not stop_inviting(event, "nada", at=AFTER)


def test_the_public_pages_say_until_when(client: Client, event: Event, visitor: AnonymousUser) -> None:
    assert Attendee.objects.filter(event=event).count() == 0
    for page in (event.get_absolute_url(), f"{event.get_absolute_url()}registro/"):
        assert "los lugares se apartan" in client.get(page).content.decode()
    waiting = registered(event, "diana", visitor, at=AFTER)
    own = client.get(f"{event.get_absolute_url()}mi-registro/{token_of(waiting)}/").content.decode()
    assert "los lugares se apartan" in own
