"""Telling people what happened, as often as each chose: at once or in their digest, and never twice."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.core.signing import BadSignature
from django.db import transaction
from django_tasks import task

from tequio.accounts.enums import DIGEST
from tequio.accounts.models import NoticePreference, Telling, User, WaitingNotice
from tequio.accounts.notices import OUT, tell_now
from tequio.accounts.queries import address_of, chosen_paces, pace_of
from tequio.kernel.calendar import calendar_file
from tequio.kernel.duties import LONGEST_KEY
from tequio.kernel.jobs import enqueue
from tequio.kernel.refusal import Refused
from tequio.kernel.topics import Pace, Topic, topic_of, topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from django.contrib.auth.models import AnonymousUser

    from tequio.kernel.calendar import Day, Hour

NEW: Final = "new"
TOGETHER: Final = 200
"""How many people one job tells."""

logger = logging.getLogger(__name__)


class Action(TypedDict, total=False):
    """The one thing that a notice lets its reader do, and the date that they may keep."""

    address: str
    button: str
    calendar: Day | Hour | None


class Message(NamedTuple):
    """What is told, alike to each person, in values that a job can carry."""

    topic: str
    key: str
    subject: str
    body: str
    noted_at: str
    address: str
    button: str
    calendar: str


def notify(
    person: User, topic: Topic, key: str, subject: str, body: str, *, at: datetime, **action: Unpack[Action]
) -> bool:
    """Tell a person something, now or in their digest as they chose; return False if it will not be told.

    It is told once: the same key again, or a person who wants none or has not shown an address, is False.
    """
    return _notify(person, _message(topic, key, subject, body, at=at, **action))


def notify_all(
    people: Iterable[User], topic: Topic, key: str, subject: str, body: str, *, at: datetime, **action: Unpack[Action]
) -> int:
    """Queue the same for many people with the present transaction; return to how many. The queue keeps the words."""
    message = _message(topic, key, subject, body, at=at, **action)
    numbers = [person.pk for person in people]
    for first in range(0, len(numbers), TOGETHER):
        enqueue(notify_each, numbers[first : first + TOGETHER], list(message))
    return len(numbers)


@task()
def notify_each(numbers: list[int], values: list[str]) -> int:
    """Tell each account of a list what the values say; run again, it tells only who was not told."""
    message, told, failed = Message(*values), 0, 0
    for person in list(User.objects.filter(pk__in=numbers)):
        try:
            told += _notify(person, message)
        except Exception:
            logger.exception("account %s was not told %s", person.pk, message.key)
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} accounts were not told {message.key}")
    return told


def _message(topic: Topic, key: str, subject: str, body: str, *, at: datetime, **action: Unpack[Action]) -> Message:
    """Return what is told; a subject has one line."""
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"{key!r} is too long for the key of a notice, or empty")
    entry = action.get("calendar")
    return Message(
        topic=topic.key,
        key=key,
        subject=" ".join(subject.split()),
        body=body,
        noted_at=at.isoformat(),
        address=action.get("address", ""),
        button=action.get("button", ""),
        calendar=calendar_file(entry.title, [entry], at=at).decode() if entry else "",
    )


@transaction.atomic
def _notify(person: User, message: Message) -> bool:
    """Tell one person, keep it for their digest, or do neither."""
    topic, paces, recipient = topic_of(message.topic), chosen_paces(person), address_of(person)
    pace = pace_of(topic, paces) if topic else Pace.NEVER
    is_lost = pace != Pace.IMMEDIATE and pace_of(DIGEST, paces) == Pace.NEVER
    if pace == Pace.NEVER or is_lost or not recipient or not person.is_active:
        return False
    if Telling.objects.filter(user=person, key=message.key).exists():
        return False
    at = datetime.fromisoformat(message.noted_at)
    values = {**message._asdict(), "noted_at": at}
    if pace != Pace.IMMEDIATE:
        return WaitingNotice.objects.get_or_create(user=person, key=message.key, defaults=values)[1]
    if not tell_once(person, message.key, NEW, at=at):
        return False
    tell_now(WaitingNotice(user=person, **values), recipient)
    return True


@transaction.atomic
def choose_paces(paces: Mapping[str, str], *, by: User | AnonymousUser, at: datetime) -> None:
    """Keep how often a person wants to hear of each topic; what waited for a topic they stop is erased."""
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para elegir tus avisos.")
    known = {each.key for each in topics()}
    if not paces.keys() <= known or not set(paces.values()) <= set(Pace.values):
        raise Refused("Ese tema de avisos ya no existe. Vuelve a abrir la página.")
    if paces.get(DIGEST.key) == Pace.IMMEDIATE:
        raise Refused("El resumen llega cada día o cada semana.")
    for topic, pace in paces.items():
        _choose(by, topic, Pace(pace), at=at)


@transaction.atomic
def stop_notices(token: str, *, at: datetime) -> Topic:
    """Stop the topic that a message's link names, for the person it was sent to; twice is the same."""
    person, topic = read_way_out(token)
    _choose(person, topic.key, Pace.NEVER, at=at)
    return topic


def read_way_out(token: str) -> tuple[User, Topic]:
    """Return whom a message's link was sent to, and about what."""
    try:
        number, key = OUT.unsign_object(token)
    except (BadSignature, ValueError, TypeError, UnicodeError) as wrong:
        raise Refused("La liga está incompleta. Cópiala entera del correo, o elige tus avisos en tu cuenta.") from wrong
    person, topic = User.objects.filter(pk=number).first(), topic_of(key)
    if person is None or topic is None:
        raise Refused("Esos avisos ya no existen: no te llegarán más.")
    return person, topic


def tell_once(person: User, key: str, edition: str, *, at: datetime) -> bool:
    """Write that a person is told something in this transaction; False if they were."""
    return Telling.objects.get_or_create(user=person, key=key, edition=edition, defaults={"told_at": at})[1]


def _choose(person: User, topic: str, pace: Pace, *, at: datetime) -> None:
    """Keep a pace, and erase what waited if it is none."""
    chosen = {"pace": pace, "chosen_at": at}
    NoticePreference.objects.update_or_create(user=person, topic=topic, defaults=chosen)
    if pace == Pace.NEVER:
        waiting = person.waiting_notices.all()
        (waiting if topic == DIGEST.key else waiting.filter(topic=topic)).delete()
