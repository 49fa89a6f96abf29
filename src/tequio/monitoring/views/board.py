"""The dashboard: which commitments are complete, which are late, with what proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Choice, Link, Sheet
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.monitoring.forms import FILTERS, read
from tequio.monitoring.queries.board import board
from tequio.monitoring.queries.narrowing import Narrowing, public_choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from tequio.monitoring.queries.board import Entry

VIEW: Final = "vista"
FILE: Final = "/api/v1/compromisos.csv"
TABLE: Final = Choice("tabla", "Tabla")
PARAMETERS: Final = {**FILTERS, VIEW: "vista", SHEET: "hoja"}


@public
@require_safe
@cached_page(parameters=PARAMETERS, fresh_until=next_midnight)
@explains_bad_addresses
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the commitments that the filters leave, with their counts."""
    asked = Asked(request, PARAMETERS)
    narrowing, filters, named = read(asked, public_choices())
    as_table = asked.one_of(VIEW, [TABLE.value]) == TABLE.value
    sheet = asked.sheet()
    asked.settle()
    shown = board(narrowing, sheet=sheet, viewer=None, today=today())
    asked.hold_sheet(sheet, shown.last_sheet)
    narrowed = narrowing != Narrowing()
    told = {
        "trail": (Link("Inicio", "/"), Link("Compromisos")),
        "board": shown,
        "summary": shown.summary,
        "filters": filters,
        "active": asked.active(named),
        "view": VIEW,
        "table": TABLE,
        "as_table": as_table,
        "as_list": asked.address(**{VIEW: ""}),
        "to_table": asked.address(**{VIEW: TABLE.value}),
        "quick": {
            "all": asked.address(atraso="", evidencia=""),
            "late": asked.address(atraso="si", evidencia=""),
            "unproved": asked.address(atraso="", evidencia="sin"),
        },
        "narrowing": narrowing,
        "csv": file_of(shown.entries) if narrowed else FILE,
        "whole": "" if narrowed else FILE,
        "feed": asked.address(f"{request.path}atom.xml", **{VIEW: ""}),
        "calendar": asked.address(f"{request.path}plazos.ics", **{VIEW: ""}),
        "shared": settings.SITE_ADDRESS + asked.address(**{VIEW: ""}),
        "embedded": settings.SITE_ADDRESS + asked.address("/embed/tablero/", **{VIEW: ""}),
        "image": f"{settings.SITE_ADDRESS}/og/tablero.png",
        "sheet": pages(asked, sheet, shown.last_sheet, shown.summary.total),
    }
    return render(request, "monitoring/board.html", told)


def file_of(entries: Iterable[Entry]) -> str:
    """Return the address of these commitments' data; the API has columns, not the dashboard's filters."""
    return f"{FILE}?codigo__en={','.join(entry.code for entry in entries)}"


def pages(asked: Asked, sheet: int, last: int, total: int) -> Sheet | None:
    """Return the links between sheets, or nothing when one is enough."""
    if last <= 1:
        return None
    near = {number: asked.address(**{SHEET: str(number)}) for number in (sheet - 1, sheet + 1)}
    return Sheet(
        sheet,
        last,
        total,
        "compromisos",
        previous=near[sheet - 1] if sheet > 1 else "",
        following=near[sheet + 1] if sheet < last else "",
    )
