"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.home import public_home

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
@require_safe
@cached_page(fresh_until=next_midnight)
@explains_bad_addresses
def first_page(request: HttpRequest) -> HttpResponse:
    """Say what this is, what can be done now, and whether the word was kept."""
    Asked(request, {}).settle()
    told = {
        "home": public_home(today()),
        "image": f"{settings.SITE_ADDRESS}/og/tablero.png",
        "is_demo": settings.DEMO,
    }
    return render(request, "site/home.html", told)
