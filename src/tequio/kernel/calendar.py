"""Days and hours as an iCalendar file (RFC 5545) that a phone's calendar reads, on a page or with a mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from tequio.kernel.mail import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable

    Times = Iterable[tuple[str, dt.date | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar holds: `identity` stays the same for good, and `version` grows when it changes.

    A calendar that already has the identity takes a higher version in its place, and drops what is cancelled.
    """

    identity: str
    title: str
    text: str = ""
    place: str = ""
    address: str = ""
    version: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Entry):
    """Something that happens on whole days; `ends_on` is the last one."""

    starts_on: dt.date
    ends_on: dt.date

    @property
    def times(self) -> Times:
        """Return when it is, as iCalendar names it."""
        return (("dtstart", self.starts_on), ("dtend", self.ends_on + dt.timedelta(days=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour(Entry):
    """Something that begins at an instant; without an end it is a moment, such as a deadline."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None = None

    @property
    def times(self) -> Times:
        """Return when it is, in universal time, which each calendar shows in its own."""
        return (
            ("dtstart", self.starts_at.astimezone(dt.UTC)),
            ("dtend", self.ends_at.astimezone(dt.UTC) if self.ends_at else None),
        )


def calendar_file(name: str, entries: Iterable[Day | Hour], *, at: dt.datetime) -> bytes:
    """Return a calendar made at an instant; each entry keeps its identity from one reading to the next."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    icalendar = import_module("icalendar")  # 3 MB that no page needs
    made = icalendar.Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//es-MX")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", f"{entry.identity}@{host}")
        event.add("dtstamp", at)
        event.add("summary", entry.title)
        told = (("description", entry.text), ("location", entry.place), ("url", entry.address))
        state = (("sequence", entry.version), ("status", "CANCELLED" if entry.is_cancelled else None))
        for key, value in (*entry.times, *told, *state):
            if value:
                event.add(key, value)
        made.add_component(event)
    return bytes(made.to_ical())


def calendar(name: str, entries: Iterable[Day | Hour], *, at: dt.datetime) -> HttpResponse:
    """Return the answer of an address that ends in .ics."""
    return HttpResponse(calendar_file(name, entries, at=at), content_type="text/calendar; charset=utf-8")


def calendar_attachment(entry: Day | Hour, *, at: dt.datetime) -> Attachment:
    """Return the file that goes with a mail, so that one tap keeps the date."""
    return Attachment("calendario.ics", calendar_file(entry.title, [entry], at=at), "text/calendar")
