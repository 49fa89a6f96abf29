"""The clock, read at the edges: what day it is where the deployment is, and when that day ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from django.http import HttpRequest


def today() -> dt.date:
    """Return the date in the deployment's time zone."""
    return timezone.localdate()


def day_of(instant: dt.datetime) -> dt.date:
    """Return the date of an instant in the deployment's time zone."""
    return timezone.localdate(instant)


def midnight(day: dt.date) -> dt.datetime:
    """Return the instant at which a day begins in the deployment's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def next_midnight(_request: HttpRequest) -> dt.datetime:
    """Return when a page that counts days changes by itself: the `fresh_until` of `cached_page`."""
    return midnight(today() + dt.timedelta(days=1))
