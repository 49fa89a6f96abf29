"""How the service is, for machines (/salud) and for people (/estado/), and the public record (/registro/)."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.ledger import daily_roots, ledger_lines
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.health import health, newest_record

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

STATUS_FOR: Final = timedelta(seconds=30)
ROOTS_SHOWN: Final = 60


def soon(_request: HttpRequest) -> datetime:
    """Return until when the page of status is true."""
    return timezone.now() + STATUS_FOR


@public
@never_cache
@require_safe
def probe(_request: HttpRequest) -> JsonResponse:
    """Answer 200 if the service can work, else 503; a monitor reads which part does not."""
    now = health(timezone.now())
    facts = {
        "estado": "bien" if now.is_well else "mal",
        "base_de_datos": now.database,
        "almacenamiento": now.storage,
        "cola_segundos": now.queue_seconds,
        "trabajos_detenidos": now.parked_jobs,
        "version": now.version,
    }
    return JsonResponse(facts, status=HTTPStatus.OK if now.is_well else HTTPStatus.SERVICE_UNAVAILABLE)


@public
@require_safe
@cached_page(fresh_until=soon)
def status(request: HttpRequest) -> HttpResponse:
    """Say in plain words what works; also while the database is away."""
    at = timezone.now()
    now = health(at)
    facts = {"health": now, "at": at, "record": newest_record() if now.database else None}
    code = HTTPStatus.OK if now.is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "site/status.html", facts, status=code)


@public
@require_safe
@cached_page(fresh_until=soon)
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the daily roots of the record, the newest first, and how to verify it."""
    roots = daily_roots()
    facts = {"roots": roots[: -ROOTS_SHOWN - 1 : -1], "days": len(roots), "verifier": settings.VERIFIER.name}
    return render(request, "site/ledger.html", facts)


@public
@require_safe
def ledger_file(_request: HttpRequest) -> StreamingHttpResponse:
    """Send the whole record, a line of JSON per entry."""
    headers = {"Content-Disposition": 'attachment; filename="registro.jsonl"', "Cache-Control": "no-cache"}
    return StreamingHttpResponse(ledger_lines(), content_type="application/jsonl; charset=utf-8", headers=headers)


@public
@require_safe
def verifier(_request: HttpRequest) -> FileResponse:
    """Send the program that verifies the record, which needs nothing but Python."""
    return FileResponse(
        settings.VERIFIER.open("rb"),
        as_attachment=True,
        filename=settings.VERIFIER.name,
        content_type="text/x-python; charset=utf-8",
    )
