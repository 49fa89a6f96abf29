"""Short addresses, as printed on paper, and their QR."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.figures.qr import qr
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.codes import address_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
@require_safe
@cached_page()
def short(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to what a code stands for; one that stands for nothing is explained."""
    address = address_of(code.upper(), None)
    if address:
        return HttpResponseRedirect(address)
    return render(request, "site/no_code.html", {"code": code}, status=HTTPStatus.NOT_FOUND)


@public
@require_safe
@cached_page()
def short_qr(_request: HttpRequest, code: str) -> HttpResponse:
    """Draw a code's short address for a camera."""
    if not address_of(code.upper(), None):
        raise Http404("No hay nada publicado con ese código.")
    return HttpResponse(qr(f"{settings.SITE_ADDRESS}/c/{code.upper()}/"), content_type="image/svg+xml")
