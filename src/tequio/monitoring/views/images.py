"""The images that a chat shows beside a link to the dashboard or to a commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.pagecache import cached_page
from tequio.kernel.spoken import long_date
from tequio.monitoring.queries.board import counted
from tequio.monitoring.queries.narrowing import Narrowing
from tequio.monitoring.views.embed import found

if TYPE_CHECKING:
    from django.http import HttpRequest


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def board_image(_request: HttpRequest) -> HttpResponse:
    """Draw the dashboard's sentence."""
    summary = counted(Narrowing(), viewer=None, today=today())
    return _picture("Compromisos de gobierno abierto", summary.finding, summary.cut)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def commitment_image(_request: HttpRequest, code: str) -> HttpResponse:
    """Draw a commitment's name, where it stands and the date of its last evidence, or who answers for it."""
    entry = found(code)
    proof = entry.last_evidence_on
    said = f"última evidencia: {long_date(proof)}" if proof else f"responde: {entry.acronym or entry.institution}"
    return _picture(entry.title, f"{entry.code} · {entry.lateness or entry.word}", said)


def _picture(title: str, status: str, date: str) -> HttpResponse:
    share_image = import_string("tequio.kernel.figures.share_image.share_image")  # it draws with Pillow
    drawn = share_image(site=settings.SITE_NAME, title=title, status=status, date=date[:1].upper() + date[1:])
    return HttpResponse(drawn, content_type="image/png")
