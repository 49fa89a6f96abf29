"""The public pages of calls and of who answered them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.accounts.enums import Sector
from tequio.accounts.views.answers import found
from tequio.exercises.models import Exercise
from tequio.exercises.queries.calls import (
    call_at,
    candidates_of,
    members_of,
    next_change,
    open_calls,
    public_picture,
)
from tequio.exercises.views.answers import sheet_of
from tequio.kernel.access import public
from tequio.kernel.attachments import answer_with
from tequio.kernel.clock import today
from tequio.kernel.components import Choice, Fact, Filter, Link
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.kernel.spoken import moment
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import FileResponse, HttpRequest, HttpResponse

    from tequio.exercises.models import Call

PARTICIPATE: Final = Link("Participa", "/participa/")
WORDS: Final = {WindowState.UPCOMING: "Próxima", WindowState.OPEN: "Abierta", WindowState.CLOSED: "Cerrada"}
FOR_A_YEAR: Final = "public, max-age=31536000, immutable"


def next_edge(_request: HttpRequest) -> datetime | None:
    """Return when a call opens or closes next: the `fresh_until` of the pages of calls."""
    return next_change(timezone.now())


@public
@require_safe
@cached_page(parameters=(SHEET,), fresh_until=next_edge)
@explains_bad_addresses
def participate(request: HttpRequest) -> HttpResponse:
    """List what anybody may answer today, and what opens next."""
    asked = Asked(request, {SHEET: "hoja"})
    sheet = asked.sheet()
    shown = open_calls(None, at=timezone.now(), sheet=sheet)
    asked.hold_sheet(sheet, shown.last_sheet)
    told = {
        "shown": shown,
        "sheet": sheet_of(asked, sheet, shown.last_sheet, shown.total, "convocatorias abiertas"),
        "trail": [Link("Inicio", "/"), Link("Participa")],
    }
    return render(request, "exercises/participate.html", told)


@public
@require_safe
@cached_page(fresh_until=next_edge)
def call(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a call: when, on what terms, who answers for it, and how to answer it."""
    shown = found(call_at(slug, key, None))
    standing = shown.standing_at(timezone.now())
    told = {
        "call": shown,
        "standing": standing.value,
        "facts": facts(shown, standing),
        "candidates": list(candidates_of(shown)) if shown.is_candidacy else [],
        "trail": [PARTICIPATE, Link(shown.exercise.name, shown.exercise.get_absolute_url()), Link("Convocatoria")],
    }
    return render(request, "exercises/call.html", told)


def facts(call: Call, standing: WindowState) -> list[Fact]:
    """Return the block of a call: how it stands, from when until when, for whom, and who answers for it."""
    holder = next((term for term in call.exercise.guarantor_terms.all() if term.holds_on(today())), None)
    return [
        Fact("Estado", WORDS[standing]),
        Fact("Abre" if standing is WindowState.UPCOMING else "Abrió", moment(call.opens_at) if call.opens_at else ""),
        Fact("Cerró" if standing is WindowState.CLOSED else "Cierra", moment(call.closes_at) if call.closes_at else ""),
        Fact("Para quiénes", ", ".join(call.sector_names)),
        Fact("Lugar", call.exercise.jurisdiction.name),
        Fact(
            "Quién responde",
            holder.organization.name if holder else "",
            holder.organization.website if holder else "",
        ),
    ]


@public
@require_safe
@cached_page(parameters=("sector", SHEET))
@explains_bad_addresses
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """List who registered in an exercise; private citizens are counted."""
    exercise = found(Exercise.objects.visible_to(None).select_related("jurisdiction").filter(slug=slug).first())
    asked = Asked(request, {"sector": "sector", SHEET: "hoja"})
    named = {value: str(label) for value, label in Sector.choices if value != Sector.CITIZENS}
    sector, sheet = asked.one_of("sector", named), asked.sheet()
    asked.settle()
    shown = members_of(exercise, sector=sector, sheet=sheet)
    asked.hold_sheet(sheet, shown.last_sheet)
    choices = tuple(Choice(value, name, shown.counts.get(value, 0)) for value, name in named.items())
    told = {
        "exercise": exercise,
        "shown": shown,
        "unnamed": shown.counts.get(Sector.CITIZENS, 0),
        "filters": [Filter("sector", "Sector", choices, sector)],
        "active": asked.active({"sector": named.get(sector, "")}),
        "sheet": sheet_of(asked, sheet, shown.last_sheet, shown.total, "miembros inscritos"),
        "trail": [Link(exercise.name, exercise.get_absolute_url()), Link("Miembros inscritos")],
    }
    return render(request, "exercises/members.html", told)


@public
@require_safe
def picture(_request: HttpRequest, number: int) -> FileResponse:
    """Send the logo of a member, or the photograph of a candidacy that was accepted."""
    response = answer_with(found(public_picture(number)), shown=True)
    response["Cache-Control"] = FOR_A_YEAR
    return response
