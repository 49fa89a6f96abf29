"""The pages of failure: what happened, whether anything was lost, and what to do. The API gets problem+json."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_default_timezone, is_naive

from tequio.kernel.access import public

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

RETRY: Final = 30  # seconds after which a client may ask again while a part of the service is away
RETRY_MAINTENANCE: Final = 300
TITLES: Final = {
    HTTPStatus.BAD_REQUEST: "No entendimos la petición.",
    HTTPStatus.FORBIDDEN: "No puedes ver este recurso.",
    HTTPStatus.NOT_FOUND: "Este recurso no existe.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Este recurso no recibe nada: solo se lee.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Algo falló de nuestro lado; ya quedó anotado.",
    HTTPStatus.SERVICE_UNAVAILABLE: "El servicio no está disponible por ahora; intenta de nuevo en unos minutos.",
}


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the address or the form cannot be read."""
    return _failure(request, HTTPStatus.BAD_REQUEST, exception=exception)


@public
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: the person may not."""
    return _failure(request, HTTPStatus.FORBIDDEN, around=True, exception=exception)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, with the search box and the help for short addresses."""
    return _failure(request, HTTPStatus.NOT_FOUND, around=True, exception=exception)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405: the address exists, but not for that; `allowed` lists the methods it has."""
    response = _failure(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = allowed
    return response


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when it is the database that is away, which mends itself."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _failure(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503: a part of the service is away for a while."""
    response = _failure(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY)
    return response


def maintenance_page(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the site is closed on purpose; TEQUIO_MAINTENANCE may hold the instant when it ends."""
    response = _failure(request, HTTPStatus.SERVICE_UNAVAILABLE, planned=True, until=_until())
    response["Retry-After"] = str(RETRY_MAINTENANCE)
    return response


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that does not prove where it comes from; `reason` is for developers."""
    return render(request, "403_csrf.html", {"reason": reason}, status=HTTPStatus.FORBIDDEN)


def _failure(
    request: HttpRequest,
    status: HTTPStatus,
    *,
    exception: Exception | None = None,
    around: bool = False,
    **facts: Any,
) -> HttpResponse:
    """Return a failure as problem+json (RFC 9457) for programs, else as its page, with the bar only if `around`.

    A view may raise Django's BadRequest with a sentence for the person; other exceptions' words are for developers.
    """
    sentence = str(exception) if isinstance(exception, BadRequest) else ""
    if request.path.startswith("/api/"):
        problem = {
            "type": f"{settings.SITE_ADDRESS}/api/#errores",
            "title": TITLES[status],
            "status": int(status),
            "detail": sentence or TITLES[status],
            "instance": request.path,
            "errores": [],
        }
        response: HttpResponse = JsonResponse(problem, status=status, content_type="application/problem+json")
    else:
        context = {"sentence": sentence, **facts}
        page = render_to_string(f"{status.value}.html", context, request if around else None)
        response = HttpResponse(page, status=status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        response["Cache-Control"] = "no-store"
    return response


def _until() -> datetime | None:
    """Return the instant written in TEQUIO_MAINTENANCE, in the site's time zone unless it names its own."""
    try:
        until = parse_datetime(settings.MAINTENANCE)
    except ValueError:
        return None
    return until.replace(tzinfo=get_default_timezone()) if until and is_naive(until) else until
