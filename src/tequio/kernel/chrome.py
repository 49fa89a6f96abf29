"""What surrounds every page: its name, its bar, its foot and its permanent address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from tequio.kernel.access import OPEN_FORM, PUBLIC
from tequio.kernel.components import Link

if TYPE_CHECKING:
    from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs; a place not built yet is absent from the settings, so no link is dead."""
    links = settings.OWN_LINKS if is_own(request) else settings.OPEN_LINKS
    return {
        "site_name": settings.SITE_NAME,
        "site_motto": settings.SITE_MOTTO,
        "navigation": [
            (Link(name, address), request.path.startswith(address)) for name, address in settings.NAVIGATION
        ],
        "account_links": [(Link(name, address), request.path.startswith(address)) for name, address in links],
        "search_address": settings.SEARCH_ADDRESS,
        "footer_links": [Link(name, address) for name, address in settings.FOOTER],
        "card_image": settings.SITE_ADDRESS + reverse("kernel:card"),
        "address": settings.SITE_ADDRESS + request.path,
    }


def is_own(request: HttpRequest) -> bool:
    """Tell whether the page is of who entered: the others are shared copies, so they say the same to everyone."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "access", PUBLIC) not in {PUBLIC, OPEN_FORM}
