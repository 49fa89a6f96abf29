"""What pages of every room answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import render

from tequio.accounts.models import User
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tequio.kernel.components import Link

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """Return what was asked for, or answer that there is no such page."""
    if thing is None:
        raise Http404
    return thing


def person(request: HttpRequest) -> User:
    """Return who asks; the pages that call this are never anybody's who did not enter."""
    return found(request.user if isinstance(request.user, User) else None)


def unless_refused(
    request: HttpRequest, act: Callable[[], HttpResponse], *, over: str = "", back: Link | None = None
) -> HttpResponse:
    """Do what a button asks, or say why not on a page that leads back; without a way, to one's account."""
    try:
        return act()
    except Refused as refused:
        told = {"why": refused, "over": over, "back": back}
        return render(request, "accounts/refused.html", told, status=409)
