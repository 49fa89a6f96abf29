"""The clock, read at the edges: what day it is where the deployment is, and when that day ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection
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


def database_now() -> dt.datetime:
    """Return the instant by the clock that all servers share, the database's: what a deadline is held against.

    SQLite has no clock of its own: it lives in the one process that asks.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: dt.datetime = cursor.fetchone()[0]
    return instant
