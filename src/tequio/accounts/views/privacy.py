"""The public pages about personal data: the notices with their versions, and what is kept of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.accounts.models import PrivacyNotice
from tequio.accounts.queries import HOW, guarantors, notices_in_force, rights_in_numbers
from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.pagecache import cached_page
from tequio.kernel.personal import by_purpose

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def notices(request: HttpRequest) -> HttpResponse:
    """Show every notice in force, and what changed in it."""
    shown = {"notices": notices_in_force(), "guarantors": guarantors(today())}
    return render(request, "accounts/privacy/notices.html", shown)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def notice(request: HttpRequest, key: str, version: int | None = None) -> HttpResponse:
    """Show a notice whole: the version in force, or the one asked for."""
    versions = list(PrivacyNotice.objects.filter(key=key).order_by("-version"))
    shown = next((each for each in versions if version in {None, each.version}), None)
    if shown is None:
        raise Http404
    facts = {
        "notice": shown,
        "versions": versions,
        "is_in_force": shown == versions[0],
        "guarantors": guarantors(today()),
    }
    return render(request, "accounts/privacy/notice.html", facts)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def personal_data(request: HttpRequest) -> HttpResponse:
    """Show what is kept of people, what for and for how long."""
    rights = rights_in_numbers()
    shown = {
        "purposes": [(purpose, rows.items()) for purpose, rows in by_purpose().items()],
        "published": {notice.key for notice, _ in notices_in_force()},
        "guarantors": guarantors(today()),
        "rights": rights,
        "lines": [(name, list(zip((*HOW, "Total"), cells, strict=True))) for name, cells in rights.lines()],
        "how": HOW,
    }
    return render(request, "accounts/privacy/personal_data.html", shown)


@public
@require_safe
@cached_page()
def closed(request: HttpRequest) -> HttpResponse:
    """Say to whoever erased their account what is left of it."""
    return render(request, "accounts/privacy/closed.html")
