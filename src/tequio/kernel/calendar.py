"""Days as an iCalendar file (RFC 5545) that a phone's calendar reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def calendar(name: str, days: Iterable[Day], *, at: dt.datetime) -> HttpResponse:
    """Return the days as a calendar made at an instant; each keeps its identity from one reading to the next."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    icalendar = import_module("icalendar")  # 3 MB that no page needs
    made = icalendar.Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//es-MX")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for day in days:
        event = icalendar.Event()
        event.add("uid", f"{day.identity}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", day.starts_on)
        event.add("dtend", day.ends_on + dt.timedelta(days=1))
        event.add("summary", day.title)
        for key, value in (("description", day.text), ("location", day.place), ("url", day.address)):
            if value:
                event.add(key, value)
        made.add_component(event)
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
