"""Days and hours as an iCalendar file (RFC 5545) that a phone's calendar reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Something that happens on whole days; `ends_on` is the last one."""

    identity: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    text: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Something that begins and ends at an instant; a calendar replaces it by the one with a higher `revision`."""

    identity: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    text: str = ""
    place: str = ""
    address: str = ""
    revision: int = 0
    is_cancelled: bool = False


def calendar(name: str, entries: Iterable[Day | Hours], *, at: dt.datetime) -> HttpResponse:
    """Return the entries as a calendar made at an instant; each keeps its identity from one reading to the next."""
    return HttpResponse(calendar_file(name, entries, at=at), content_type="text/calendar; charset=utf-8")


def calendar_file(name: str, entries: Iterable[Day | Hours], *, at: dt.datetime, method: str = "") -> bytes:
    """Return the bytes of a calendar; what travels by mail says by its method whether to keep or to cancel."""
    icalendar = import_module("icalendar")  # 3 MB that no page needs
    made = icalendar.Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//es-MX")
    made.add("version", "2.0")
    if method:
        made.add("method", method)
    made.add("x-wr-calname", name)
    for entry in entries:
        event = icalendar.Event()
        event.add("dtstamp", at)
        for key, value in _told(entry):
            event.add(key, value)
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _told(entry: Day | Hours) -> Iterator[tuple[str, object]]:
    """Yield the properties of an entry; instants are written in UTC, which every calendar shows in its own zone."""
    yield "uid", f"{entry.identity}@{urlsplit(settings.SITE_ADDRESS).hostname}"
    if isinstance(entry, Day):
        yield "dtstart", entry.starts_on
        yield "dtend", entry.ends_on + dt.timedelta(days=1)
    else:
        yield "dtstart", entry.starts_at.astimezone(dt.UTC)
        yield "dtend", entry.ends_at.astimezone(dt.UTC)
        yield "sequence", entry.revision
        if entry.is_cancelled:
            yield "status", "CANCELLED"
    yield "summary", entry.title
    yield from (
        (key, value)
        for key, value in (("description", entry.text), ("location", entry.place), ("url", entry.address))
        if value
    )
