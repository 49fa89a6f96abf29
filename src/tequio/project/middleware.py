"""What happens to every request before its view and to every answer after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes

from tequio.accounts.adapters import showed_second_step
from tequio.accounts.models import User
from tequio.site.views.errors import bad_request, maintenance_page, method_not_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse
    from django.urls import ResolverMatch

    Get = Callable[[HttpRequest], HttpResponse]

CONTROL: Final = re.compile("[\x00-\x1f\x7f]")
CONTROL_IN_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)  # a pasted question may hold line feeds and tabs
CATCH_ALL: Final = "wagtail_serve"
NO_PAGES: Final = ("/api/", "/media/", "/static/")
OPEN_IN_MAINTENANCE: Final = ("/salud",)
REFUSALS: Final = {403, 404}
HEADERS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()"
    ),
}


class PermanentRedirectOfAll(HttpResponsePermanentRedirect):
    """A permanent redirect that keeps the method and the body."""

    status_code = 308


def more_headers(get_response: Get) -> Get:
    """Add the headers that Django has no setting for; a view that sets its own keeps it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return answer


def explained_methods(get_response: Get) -> Get:
    """Say in words that an address has no such method; Django's own refusal is an empty page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return method_not_allowed(request, response["Allow"])
        return response

    return answer


def maintenance(get_response: Get) -> Get:
    """Answer 503 to everything but the probe while TEQUIO_MAINTENANCE is set."""
    if not settings.MAINTENANCE:
        raise MiddlewareNotUsed

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.path in OPEN_IN_MAINTENANCE else maintenance_page(request)

    return answer


def one_address(get_response: Get) -> Get:
    """Refuse addresses that nothing can have, and send each other form of an address to the one it has.

    Pages end in a slash; files, the API and the probe do not. Which it is, the addresses themselves say.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if _is_unreadable(request):
            return bad_request(request)
        path = _only_form(request.path_info)
        if path == request.path_info:
            return get_response(request)
        query = request.META.get("QUERY_STRING", "")
        target = escape_leading_slashes(
            request.get_full_path()[: -len(query) - 1] if query else request.get_full_path()
        )
        target = target.rstrip("/") if request.path_info.endswith("/") else f"{target}/"
        kind = HttpResponsePermanentRedirect if request.method in {"GET", "HEAD"} else PermanentRedirectOfAll
        return kind(f"{target}?{query}" if query else target)

    return answer


def second_step(get_response: Get) -> Get:
    """Withhold from an account what asks for a second step until its session shows one, and lead there who misses it.

    Who may do a thing with it meets a refusal without it: that is where they are led on, from whatever page it was.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        read: list[User] = []

        def account() -> User | AnonymousUser:
            found = get_user(request)
            if isinstance(found, User):
                found.showed_second_step = showed_second_step(request, found)
                read.append(found)
            return found

        vars(request)["user"] = SimpleLazyObject(account)
        response = get_response(request)
        misses = any(user.misses_second_step for user in read) and response.status_code in REFUSALS
        if not misses or request.headers.get("x-requested-with") == "XMLHttpRequest":
            return response
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else resolve_url("your_account")
        return redirect_to_login(back, resolve_url("second_step"))

    return answer


def _is_unreadable(request: HttpRequest) -> bool:
    """Tell whether the path or a parameter has a control character; a NUL breaks databases further in.

    The API reads its own addresses, and says what it refuses.
    """
    if request.path_info.startswith("/api/"):
        return False
    if CONTROL.search(request.path_info):
        return True
    return any(CONTROL_IN_TEXT.search(name + "".join(values)) for name, values in request.GET.lists())


def _only_form(path: str) -> str:
    """Return the form of a path that leads somewhere: itself, or with or without its last slash."""
    if path.startswith("//") or path == "/":
        return path
    here = _found(path)
    if here is not None and here.url_name != CATCH_ALL:
        return path
    other = path[:-1] if path.endswith("/") else f"{path}/"
    there = _found(other)
    if there is None or (there.url_name == CATCH_ALL and (here is not None or path.startswith(NO_PAGES))):
        return path
    return other


def _found(path: str) -> ResolverMatch | None:
    """Return what answers at a path, or None."""
    try:
        return resolve(path)
    except Resolver404:
        return None
