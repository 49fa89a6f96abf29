"""The screens of a room: what participants' phones and the projector show, and each small table's sheet.

A room's code opens them; nobody enters. They name nobody, and what is written there has no author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.enums import EntryKind
from tequio.cocreation.queries.differences import differences
from tequio.cocreation.queries.kits import published_kit
from tequio.cocreation.queries.openings import is_opening, opening_of
from tequio.cocreation.queries.tables import clock_of, state_of
from tequio.cocreation.queries.talks import talk_now, talks_of
from tequio.cocreation.views.answers import room_of
from tequio.cocreation.workflows import (
    add_entry,
    amend_entry,
    link_causes,
    remove_entry,
    set_priorities,
    write_proposal,
)
from tequio.cocreation.workflows.capturing import PRIORITIES, blank_sheet, causes_of
from tequio.kernel.access import open_form, public
from tequio.kernel.clock import next_midnight
from tequio.kernel.figures.qr import qr
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tequio.cocreation.models import SmallTable, Table
    from tequio.cocreation.queries.tables import Clock
    from tequio.cocreation.queries.talks import Talk


BLOCK: Final = 16_384


def screen(code: str) -> dict[str, Any]:
    """Return what every screen of a room shows."""
    table = room_of(code)
    preliminary, clock = table.closed_texts.first(), clock_of(table)
    text = table.draft.get("text", "")
    return {
        "table": table,
        "clock": clock,
        "opening": opening_of(table) if is_opening(clock) else None,
        "talk": talk_in(table, clock),
        "draft": table.draft,
        "changes": differences(preliminary.text, text) if preliminary else (),
    }


def talk_in(table: Table, clock: Clock) -> Talk | None:
    """Return what the stage that runs shows; the kit is read only where it shows something."""
    if clock.now is None or not clock.now.stage.shows:
        return None
    return talk_now(clock, talks_of(clock, published_kit(table)))


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Show a participant where the table stands and where to write."""
    return render(
        request, "cocreation/room/room.html", screen(code) | {"small_tables": room_of(code).small_tables.all()}
    )


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def state(_request: HttpRequest, code: str) -> HttpResponse:
    """Give the state that the screens of a room poll; unchanged, it costs a 304."""
    return JsonResponse(state_of(room_of(code)))


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def projector(request: HttpRequest, code: str) -> HttpResponse:
    """Show the whole room the stage, its clock, its questions and the text that is being written."""
    table = room_of(code)
    address = settings.SITE_ADDRESS + reverse("cocreation:room", args=[table.room_code])
    return render(request, "cocreation/room/projector.html", screen(code) | {"address": address, "code": qr(address)})


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show a small table its sheet, and write on it; its card's key opens it."""
    table = room_of(code)
    small = found(table.small_tables.filter(key=key).first())
    why = ""
    if request.method == "POST":
        try:
            write(request, small)
            return redirect(f"{request.path}#{request.POST.get('back', '')}")
        except Refused as refused:
            why = str(refused)
            small.refresh_from_db()
    return sheet_page(request, table, small, why)


def sheet_page(request: HttpRequest, table: Table, small: SmallTable, why: str = "") -> HttpResponse:
    """Return a small table's sheet."""
    kept = blank_sheet() | small.sheet
    places = {mark: place for place, mark in enumerate(kept["priorities"], 1)}
    told = {
        "table": table,
        "small": small,
        "answers": [
            {"number": n, "anchor": f"pregunta-{n}", "question": question, "entries": kept["answers"].get(str(n), ())}
            for n, question in enumerate(table.questions)
        ],
        "alternatives": [one | {"place": places.get(one["k"])} for one in kept["alternatives"]],
        "places": range(1, PRIORITIES + 1),
        "proposal": kept["proposal"],
        "causes": causes_of(small),
        "typed": request.POST if why else {},
        "why": why,
    }
    return even(render(request, "cocreation/room/sheet.html", told, status=409 if why else 200))


def even(response: HttpResponse) -> HttpResponse:
    """Fill a page up to a whole number of blocks, and keep proxies from packing it.

    A server's log of sizes would tell how long was what somebody just wrote, and so which of the entries it is.
    """
    response.content += b"\n" * (-len(response.content) % BLOCK)
    response["Content-Encoding"] = "identity"
    return response


def write(request: HttpRequest, small: SmallTable) -> None:
    """Do what a form of the sheet asks."""
    sent, at = request.POST, timezone.now()
    move, mark, text, was = (sent.get(name, "") for name in ("move", "mark", "text", "was"))
    if move == "answer":
        question = int(sent["question"]) if sent.get("question", "").isdigit() else -1
        add_entry(small, EntryKind.ANSWER, text, question=question, at=at)
    elif move == "alternative":
        add_entry(small, EntryKind.ALTERNATIVE, text, at=at)
    elif move == "amend":
        amend_entry(small, mark, text, was=was, at=at)
    elif move == "remove":
        remove_entry(small, mark, was=was, at=at)
    elif move == "causes":
        link_causes(small, mark, [int(pk) for pk in sent.getlist("causes") if pk.isdigit()], at=at)
    elif move == "first":
        set_priorities(small, [one for one in sent.getlist("first") if one], at=at)
    elif move == "proposal":
        write_proposal(small, title=sent.get("title", ""), text=text, was=was.replace("\r\n", "\n"), at=at)
    else:
        raise Refused("Esa acción no existe. Usa los botones de la página.")
