"""To whom one may write, at what pace, and what of a duty has not been told yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, OuterRef

from tequio.accounts.models import CalendarKey, Invitation, User
from tequio.accounts.queries.roles import OWNERS
from tequio.kernel.canonical import sha256
from tequio.kernel.topics import Pace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tequio.kernel.duties import Duty
    from tequio.kernel.topics import Topic


def address_of(person: User) -> str:
    """Return the address that a person has shown to be their own, or nothing: only there do we write of our own."""
    shown = EmailAddress.objects.get_verified(person)
    return str(shown.email) if shown else ""


def has_proven_address(person: User) -> bool:
    """Say whether a person has shown an address to be theirs; the session that read it knows (adapters.Entrance)."""
    known: bool | None = getattr(person, "has_proven_address", None)
    return bool(address_of(person)) if known is None else known


def received_invitations(person: User, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that wait for this person, sent to the address they have shown to be theirs."""
    shown = EmailAddress.objects.filter(user=person, verified=True)
    waiting = Invitation.objects.unsettled().filter(expires_at__gt=at, email__in=shown.values("email"))
    return waiting.select_related("invited_by", "role", *OWNERS).order_by("expires_at", "pk")


def reachable_people() -> QuerySet[User]:
    """Return the accounts that can be written to: alive, and with an address shown to be theirs."""
    shown = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(Exists(shown), is_active=True).order_by("pk")


def chosen_paces(person: User) -> dict[str, Pace]:
    """Return the paces that a person chose, by topic."""
    return {topic: Pace(pace) for topic, pace in person.notice_preferences.values_list("topic", "pace")}


def pace_of(topic: Topic, chosen: Mapping[str, Pace]) -> Pace:
    """Return how often somebody hears of a topic: as they chose, or as the topic says."""
    return chosen.get(topic.key, topic.pace)


def due_edition(duty: Duty, today: date) -> tuple[str, date | None]:
    """Return which telling of a duty today's is, and the day since which it has not been told if it was told before.

    A duty is told when it appears, then as its deadline comes within each of the days that the deployment set, then
    once when it is late. Without a deadline it is told once.
    """
    if duty.day is None:
        return "new", None
    left = (duty.day - today).days
    if left < 0:
        return f"{duty.day:%Y-%m-%d}/late", duty.day + timedelta(days=1)
    near = [days for days in settings.REMINDER_DAYS if left <= days]
    return (f"{duty.day:%Y-%m-%d}/{min(near)}", duty.day - timedelta(days=min(near))) if near else ("new", None)


def calendar_key_of(person: User) -> CalendarKey | None:
    """Return the key of a person's calendar, if they have one."""
    return CalendarKey.objects.filter(user=person).first()


def person_of_calendar(token: str) -> User | None:
    """Return whose calendar a secret opens; a suspended account's opens nothing."""
    digest = sha256(token.encode(errors="replace"))
    return User.objects.filter(calendar_key__token_sha256=digest, is_active=True).first()
