"""What another site may show in a frame: the dashboard's counts and one commitment, light and without cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.monitoring.forms import FILTERS, read
from tequio.monitoring.queries.board import Entry, counted, entry_of
from tequio.monitoring.queries.narrowing import public_choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


def framed(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Let any site show a page in a frame: only `/embed/` is so marked."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


@public
@require_safe
@framed
@cached_page(parameters=FILTERS, fresh_until=next_midnight)
@explains_bad_addresses
def embedded_board(request: HttpRequest) -> HttpResponse:
    """Show the sentence and the bar of what the filters leave."""
    asked = Asked(request, FILTERS)
    narrowing, _, named = read(asked, public_choices())
    asked.settle()
    told = {
        "summary": counted(narrowing, viewer=None, today=today()),
        "named": [name for name in named.values() if name],
        "full_address": settings.SITE_ADDRESS + asked.address("/tablero/"),
    }
    return render(request, "monitoring/embedded_board.html", told)


@public
@require_safe
@framed
@cached_page(fresh_until=next_midnight)
@explains_bad_addresses
def embedded_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Show where one commitment stands, with its three voices."""
    Asked(request, {}).settle()
    entry = found(code)
    told = {"entry": entry, "full_address": settings.SITE_ADDRESS + entry.address}
    return render(request, "monitoring/embedded_commitment.html", told)


def found(code: str) -> Entry:
    """Return a published commitment by its code, in capitals or not; there is no page for another."""
    entry = entry_of(code.upper(), viewer=None, today=today())
    if entry is None:
        raise Http404(f"No hay un compromiso publicado con el código {code}.")
    return entry
