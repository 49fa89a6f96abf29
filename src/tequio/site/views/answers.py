"""What several pages answer alike: not found, a filter nobody knows, and when a page changes by itself."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Return what was asked for, or answer that there is no such page."""
    if thing is None:
        raise Http404
    return thing


def midnight(_request: HttpRequest) -> dt.datetime:
    """Return the next midnight: what a page says of today changes then."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(tomorrow, dt.time.min))


def unknown_filter(request: HttpRequest, key: str, label: str, known: Iterable[str | int]) -> HttpResponse | None:
    """Return the page that names a filter's unknown value and links to the list without it; None if it is known."""
    value = request.GET.get(key, "")
    if not value or value in {str(each) for each in known}:
        return None
    rest = request.GET.copy()
    del rest[key]
    without = f"{request.path}?{rest.urlencode()}" if rest else request.path
    told = {"label": label, "value": value.replace("\0", "�")[:80], "without": without}
    return render(request, "site/unknown_filter.html", told, status=HTTPStatus.BAD_REQUEST)
