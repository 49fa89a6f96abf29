"""The demo's mailbox: a demo sends no mail, so whoever tries it reads here the code or the invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.kernel import mailfolder
from tequio.kernel.access import public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN: Final = 50


@public
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the last messages; outside the demo there is no such page."""
    refuse_outside_the_demo()
    return render(request, "site/mailbox.html", {"letters": mailfolder.newest(SHOWN), "shown": SHOWN})


@public
@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message."""
    refuse_outside_the_demo()
    found = mailfolder.read(name)
    if found is None:
        raise Http404
    return render(request, "site/letter.html", {"letter": found})


def refuse_outside_the_demo() -> None:
    """Answer as an address that does not exist: messages are nobody else's to read."""
    if not settings.DEMO:
        raise Http404
