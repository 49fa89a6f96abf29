"""The overview of a guarantor's staff: a page, and the same rows as a file."""

from __future__ import annotations

import csv
from math import ceil
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tequio.exercises.enums import ACCOMPANY_PLACE
from tequio.kernel.access import requires
from tequio.kernel.cells import guarded
from tequio.kernel.clock import today
from tequio.kernel.components import Choice, Filter, Sheet
from tequio.kernel.exports import BOM
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.site.queries.overview import Overview, Wanted, overview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from tequio.accounts.models import User
    from tequio.exercises.queries.accompaniment import Followed

PARAMETERS: Final = {
    "q": "nombre",
    "paso": "paso",
    "motivo": "motivo",
    "acompana": "quién acompaña",
    "orden": "orden",
    "vista": "vista",
    SHEET: "hoja",
}
BY_NAME: Final = "nombre"
ALL: Final = "todo"
CALLS_SHOWN: Final = 10
ROWS_SHOWN: Final = 25
COLUMNS: Final = (
    *("clave", "municipio", "ejercicio", "estado", "va_en", "pasos_hechos", "pasos", "dias_de_atraso"),
    *("por_que_llamar", "siguiente_paso", "siguiente_paso_fecha", "ultimo_contacto", "dias_sin_contacto"),
    *("capacitaciones", "ayuda_pedida", "quien_acompana", "enlace_municipal"),
)


@requires(ACCOMPANY_PLACE)
@require_safe
@explains_bad_addresses
def guarantor(request: HttpRequest) -> HttpResponse:
    """Show where every municipality stands and whom to call today."""
    asked = Asked(request, PARAMETERS)
    whole = overview(request.user, today())
    wanted, filters, named = read(asked, whole)
    kept = whole.kept(wanted)
    shown = ROWS_SHOWN if asked.one_of("vista", [ALL]) != ALL else max(len(kept), 1)
    sheet, last = asked.sheet(), ceil(len(kept) / shown)
    asked.hold_sheet(sheet, last)
    told = {
        "whole": whole,
        "found": len(kept),
        "rows": kept[(sheet - 1) * shown : sheet * shown],
        "sheet": pages(asked, sheet, last, len(kept)),
        "on_one": asked.address(vista=ALL) + "#lista",
        "own": mine(asked, whole, request.user),
        "wanted": wanted,
        "filters": filters,
        "active": asked.active({**named, "q": f"Se llama «{wanted.name}»" if wanted.name else ""}),
        "calls": whole.calls[:CALLS_SHOWN],
        "all_calls": "/garante/#lista",
        "steps": [(name, count, f"?paso={slugify(name)}#lista") for name, count in whole.steps],
        "by_calls": asked.address(orden="") + "#lista",
        "by_name": asked.address(orden=BY_NAME) + "#lista",
        "csv": asked.address("/garante/municipios.csv", vista=""),
        "today": today(),
    }
    return render(request, "site/overview.html", told)


@requires(ACCOMPANY_PLACE)
@require_safe
@explains_bad_addresses
def guarantor_file(request: HttpRequest) -> HttpResponse:
    """Send the rows of the overview that the filters leave, as CSV that a spreadsheet opens as it is."""
    asked = Asked(request, PARAMETERS)
    whole = overview(request.user, today())
    wanted, _, _ = read(asked, whole)
    headers = {"Content-Disposition": 'attachment; filename="municipios.csv"'}
    answer = HttpResponse(BOM, content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(answer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in cells(row)] for row in whole.kept(wanted))
    return answer


def read(asked: Asked, whole: Overview) -> tuple[Wanted, tuple[Filter, ...], dict[str, str]]:
    """Return what the address asks for, the filters with their counts, and the names of those in force."""
    steps = tuple(Choice(slugify(name), name, count) for name, count in whole.steps)
    reasons = tuple(Choice(kind.value, str(kind.label), count) for kind, count in whole.reasons)
    companions = tuple(Choice(*each) for each in whole.companions)
    offered = (("paso", "Va en", steps), ("motivo", "Por qué llamar", reasons), ("acompana", "Acompaña", companions))
    chosen = {key: asked.one_of(key, {choice.value for choice in choices}) for key, _, choices in offered}
    wanted = Wanted(
        name=asked.text("q", 80),
        step=chosen["paso"],
        reason=chosen["motivo"],
        companion=chosen["acompana"],
        by_name=asked.one_of("orden", [BY_NAME]) == BY_NAME,
    )
    asked.settle()
    named = {
        key: next((f"{label}: {choice.name}" for choice in choices if choice.value == chosen[key]), "")
        for key, label, choices in offered
    }
    return wanted, tuple(Filter(key, label, choices, chosen[key]) for key, label, choices in offered), named


def pages(asked: Asked, sheet: int, last: int, total: int) -> Sheet | None:
    """Return the links between sheets, or nothing when one is enough."""
    if last <= 1:
        return None
    near = {number: f"{asked.address(**{SHEET: str(number)})}#lista" for number in (sheet - 1, sheet + 1)}
    previous, following = near[sheet - 1] if sheet > 1 else "", near[sheet + 1] if sheet < last else ""
    return Sheet(sheet, last, total, "municipios", previous=previous, following=following)


def mine(asked: Asked, whole: Overview, viewer: User | AnonymousUser) -> Choice | None:
    """Return the filter that leaves the municipalities which the viewer accompanies, as an address, or nothing."""
    key = viewer.get_username()
    count = sum(row.companion_key == key for row in whole.rows)
    return Choice(f"{asked.address(acompana=key)}#lista", "Los que acompaño", count) if count else None


def cells(row: Followed) -> Sequence[str]:
    """Return a municipality as the file writes it; a day as a date, nothing as nothing."""
    steps = row.standing.steps if row.standing else ()
    days = [day.isoformat() if day else "" for day in (row.next_step_on, row.last_contact_on)]
    silence = "" if row.silence is None else str(row.silence)
    return (
        *(row.place.code, row.name, row.standing.name if row.standing else ""),
        *(str(row.standing.state.label) if row.standing else "", row.where),
        *(str(sum(step.is_done for step in steps)), str(len(steps)), str(row.late_days)),
        "; ".join(reason.said for reason in row.reasons),
        *(row.next_step, *days, silence, str(row.trainings), row.help_about, row.companion, row.liaison),
    )
