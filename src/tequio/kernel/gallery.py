"""The gallery at /estilo/: every component with long, invented names, and the colours' contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel import accents, samples
from tequio.kernel.access import public
from tequio.kernel.figures.share_image import share_image
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component once, with what a real page would give it."""
    return render(request, "kernel/gallery.html", samples.everything())


@public
@require_safe
def accent_stylesheet(_request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the stylesheet of an accent; a colour that cannot be read on the page has none."""
    if accents.refusal(colour):
        raise Http404
    return HttpResponse(
        accents.stylesheet(colour),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@public
@require_safe
@cached_page()
def card_image(_request: HttpRequest) -> HttpResponse:
    """Draw what a chat shows beside any page that has no image of its own."""
    host = settings.SITE_ADDRESS.partition("://")[2]
    drawn = share_image(site=settings.SITE_NAME, title=settings.SITE_MOTTO, status="Para leer y compartir", date=host)
    return HttpResponse(drawn, content_type="image/png")
