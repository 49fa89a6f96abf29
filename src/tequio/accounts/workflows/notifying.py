"""Telling people, as often as each chose: at once, or in one digest, and never twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypedDict

from django.conf import settings
from django.core.signing import BadSignature
from django.db import transaction

from tequio.accounts.enums import DIGEST
from tequio.accounts.models import NoticePreference, Telling, User, WaitingNotice
from tequio.accounts.notices import OUT, Digest, tell_digest, tell_now
from tequio.accounts.queries import address_of, chosen_paces, due_edition, pace_of, reachable_people
from tequio.kernel.calendar import calendar_file
from tequio.kernel.clock import day_of
from tequio.kernel.duties import LONGEST_KEY, owed_by
from tequio.kernel.refusal import Refused
from tequio.kernel.topics import Pace, Topic, topic_of, topics

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Unpack

    from django.contrib.auth.models import AnonymousUser

    from tequio.kernel.calendar import Day, Hour
    from tequio.kernel.duties import Duty

NEW: Final = "new"
REMEMBERED: Final = timedelta(days=400)
WAITS: Final = timedelta(days=30)

logger = logging.getLogger(__name__)


class Action(TypedDict, total=False):
    """The one thing that a notice lets its reader do, and the date that they may keep."""

    address: str
    button: str
    calendar: Day | Hour | None


@transaction.atomic
def notify(
    person: User, topic: Topic, key: str, subject: str, body: str, *, at: datetime, **action: Unpack[Action]
) -> bool:
    """Tell a person something, now or in their digest as they chose; return False if it will not be told.

    It is told once: the same key again, or a person who wants none or has not shown an address, is False.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"{key!r} is too long for the key of a notice, or empty")
    paces = chosen_paces(person)
    pace, recipient = pace_of(topic, paces), address_of(person)
    is_lost = pace != Pace.IMMEDIATE and pace_of(DIGEST, paces) == Pace.NEVER
    if pace == Pace.NEVER or is_lost or not recipient or not person.is_active:
        return False
    if Telling.objects.filter(user=person, key=key).exists():
        return False
    entry = action.get("calendar")
    waiting = WaitingNotice(
        user=person,
        topic=topic.key,
        key=key,
        subject=" ".join(subject.split()),
        body=body,
        address=action.get("address", ""),
        button=action.get("button", ""),
        calendar=calendar_file(entry.title, [entry], at=at).decode() if entry else "",
        noted_at=at,
    )
    if pace != Pace.IMMEDIATE:
        values = {field.name: getattr(waiting, field.name) for field in waiting._meta.fields if field.name != "id"}
        return WaitingNotice.objects.get_or_create(user=person, key=key, defaults=values)[1]
    if not _tell(person, key, NEW, at=at):
        return False
    tell_now(waiting, recipient)
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


def send_digests(*, at: datetime) -> int:
    """Send each person their digest of the day; return how many, and fail at the end if some could not be sent.

    Run again, it sends only what is missing.
    """
    sent, failed = 0, 0
    for number in list(reachable_people().values_list("pk", flat=True)):  # an open cursor would hold SQLite's writers
        try:
            sent += send_digest(User.objects.get(pk=number), at=at)
        except Exception:
            logger.exception("the digest of account %s was not sent", number)
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} digests were not sent")
    return sent


def send_digest(person: User, *, at: datetime) -> bool:
    """Send a person what they have to do and what waited for them, if there is anything they were not told."""
    paces, day = chosen_paces(person), day_of(at)
    is_weekly_day = day.isoweekday() == settings.DIGEST_WEEKDAY
    today = {Pace.IMMEDIATE, Pace.DAILY} | ({Pace.WEEKLY} if is_weekly_day else set())
    rhythm = pace_of(DIGEST, paces)
    if rhythm == Pace.NEVER or not (recipient := address_of(person)):
        return False
    wanted = {topic.key for topic in topics() if pace_of(topic, paces) in today}
    owed = [duty for duty in owed_by(person, at).duties if pace_of(duty.topic, paces) != Pace.NEVER]
    new = _untold(person, [duty for duty in owed if duty.topic.key in wanted and rhythm in today], at=at)
    notices = list(person.waiting_notices.filter(topic__in=wanted))
    if not new and not notices:
        return False
    with transaction.atomic():
        if not _tell(person, DIGEST.key, f"{day:%Y-%m-%d}", at=at):
            return False
        for duty, edition in new.items():
            _tell(person, duty.key, edition, at=at)
        for notice in notices:
            _tell(person, notice.key, NEW, at=at)
        digest = Digest(person, day, list(new), notices, known=len(owed) - len(new))
        tell_digest(digest, recipient, at=at)
        person.waiting_notices.filter(pk__in=[notice.pk for notice in notices]).delete()
    return True


def forget_tellings(*, at: datetime) -> int:
    """Forget what was told long ago, and what waited for a digest that never left; return how many rows."""
    told, _ = Telling.objects.filter(told_at__lt=at - REMEMBERED).delete()
    waited, _ = WaitingNotice.objects.filter(noted_at__lt=at - WAITS).delete()
    return told + waited


def _untold(person: User, owed: list[Duty], *, at: datetime) -> dict[Duty, str]:
    """Return the duties to be told today with their edition: the new ones, and those whose deadline comes near."""
    tellings = person.tellings.filter(key__in=[duty.key for duty in owed]).order_by("told_at")
    told = dict(tellings.values_list("key", "told_at"))
    found = {}
    for duty in owed:
        edition, since = due_edition(duty, day_of(at))
        last = told.get(duty.key)
        if last is None or (since is not None and day_of(last) < since):
            found[duty] = edition
    return found


def _tell(person: User, key: str, edition: str, *, at: datetime) -> bool:
    """Write that a person is told something in this transaction; False if they were."""
    return Telling.objects.get_or_create(user=person, key=key, edition=edition, defaults={"told_at": at})[1]


def _choose(person: User, topic: str, pace: Pace, *, at: datetime) -> None:
    """Keep a pace, and erase what waited if it is none."""
    chosen = {"pace": pace, "chosen_at": at}
    NoticePreference.objects.update_or_create(user=person, topic=topic, defaults=chosen)
    if pace == Pace.NEVER:
        waiting = person.waiting_notices.all()
        (waiting if topic == DIGEST.key else waiting.filter(topic=topic)).delete()
