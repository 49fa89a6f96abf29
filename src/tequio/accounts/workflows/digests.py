"""The digest: one message a day with what a person has to do and what waited for them, and nothing twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from tequio.accounts.enums import DIGEST
from tequio.accounts.models import Telling, User, WaitingNotice
from tequio.accounts.notices import Digest, tell_digest
from tequio.accounts.queries import address_of, chosen_paces, due_edition, pace_of, reachable_people
from tequio.accounts.workflows.notifying import NEW, tell_once
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.topics import Pace, topics

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.kernel.duties import Duty

REMEMBERED: Final = timedelta(days=400)
WAITS: Final = timedelta(days=30)

logger = logging.getLogger(__name__)


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
        if not tell_once(person, DIGEST.key, f"{day:%Y-%m-%d}", at=at):
            return False
        for duty, edition in new.items():
            tell_once(person, duty.key, edition, at=at)
        for notice in notices:
            tell_once(person, notice.key, NEW, at=at)
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
