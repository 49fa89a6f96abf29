"""What machines ask first: robots.txt, sitemap.xml and security.txt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.sitemap import addresses

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXT: Final = "text/plain; charset=utf-8"
VALID: Final = dt.timedelta(days=180)


@public
@require_safe
@cached_page()
def robots(_request: HttpRequest) -> HttpResponse:
    """Let every robot read what is public, and spare it the endless combinations of filters."""
    said = f"User-agent: *\nDisallow: /buscar/\nDisallow: /tablero/?\n\nSitemap: {settings.SITE_ADDRESS}/sitemap.xml\n"
    return HttpResponse(said, content_type=TEXT)


@public
@require_safe
@cached_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page."""
    told = {"addresses": [settings.SITE_ADDRESS + address for address in addresses(None)]}
    return render(request, "site/sitemap.xml", told, content_type="application/xml")


@public
@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a fault in security (RFC 9116); a site without a contact has no such page."""
    if not settings.SECURITY_CONTACT:
        raise Http404("Este sitio no ha declarado un contacto de seguridad.")
    expires = (timezone.now() + VALID).replace(microsecond=0).isoformat()
    said = f"Contact: {settings.SECURITY_CONTACT}\nExpires: {expires}\nPreferred-Languages: es, en\n"
    return HttpResponse(said, content_type=TEXT)
