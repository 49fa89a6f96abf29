"""The pages of a room's places: sharing it out, moving somebody, and the cards of the small tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.cocreation.enums import CONDUCT_TABLE
from tequio.cocreation.queries.seats import group_names, people_of, plan_of, rule_of
from tequio.cocreation.seating import at_horseshoe, explain, explain_horseshoe, foretell
from tequio.cocreation.views.answers import table_at_work, work_trail
from tequio.cocreation.workflows import move_person, seat_everyone, seat_late
from tequio.kernel.access import requires
from tequio.kernel.figures.qr import qr
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table
    from tequio.cocreation.seating import Person, Plan
    from tequio.exercises.models import Attendee


@requires(CONDUCT_TABLE)
@require_http_methods(["GET", "HEAD", "POST"])
def seating(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show where everybody sits and why; share out the room, seat who came late, move somebody."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE)
    why = ""
    if request.method == "POST":
        try:
            seated(request, table, by)
            return redirect("cocreation:seating", slug, key)
        except Refused as refused:
            why = str(refused)
    people = people_of(table)
    plan = plan_of(table, people)
    names = group_names(table)
    shown = [
        (number, [(people[person], names.get(person.sector, person.sector)) for person in seats if person])
        for number, seats in enumerate(plan.tables, 1)
    ]
    told: dict[str, Any] = {
        "table": table,
        **horseshoe_of(table, plan, people, names),
        "small_tables": shown,
        "late": [attendee for person, attendee in people.items() if person.key not in plan.people],
        "came": len(people),
        "foretold": foretell(len(people), rule_of(table)) if people else "",
        "explained": explain(plan, names) if plan.people else (),
        "why": why,
        "trail": work_trail(table.exercise, table, "Acomodo"),
    }
    return render(request, "cocreation/tables/seating.html", told, status=409 if why else 200)


def horseshoe_of(table: Table, plan: Plan, people: dict[Person, Attendee], names: dict[str, str]) -> dict[str, Any]:
    """Return who sits at the horseshoe, who behind by their tables, and why: worked out each time, kept nowhere."""
    if not plan.people:
        return {"front": (), "behind": ()}
    front = at_horseshoe(plan, table.horseshoe)
    keys = {person.key for person in front}
    behind = [
        (number, [people[person] for person in seats if person and person.key not in keys])
        for number, seats in enumerate(plan.tables, 1)
    ]
    return {
        "front": [
            (people[person], names.get(person.sector, person.sector), plan.table_of(person.key)) for person in front
        ],
        "behind": [(number, who) for number, who in behind if who],
        "horseshoe": explain_horseshoe(plan, front, table.horseshoe, names),
    }


def seated(request: HttpRequest, table: Table, by: User) -> None:
    """Do what a button of the page asks."""
    move, at = request.POST.get("move", ""), timezone.now()
    if move == "seat":
        seat_everyone(table, seed=request.POST.get("seed", ""), by=by, at=at)
    elif move == "late":
        seat_late(table, by=by, at=at)
    elif move == "move":
        number = int(sent) if (sent := request.POST.get("number", "")).isdigit() else 0
        for sentence in move_person(table, request.POST.get("code", ""), number, by=by, at=at):
            messages.warning(request, sentence.text)
    else:
        raise Refused("Esa acción no existe. Usa los botones de la página.")


@requires(CONDUCT_TABLE)
@require_safe
def cards(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the cards to print: each small table's number and the code that opens its sheet."""
    table, _ = table_at_work(request, slug, key, CONDUCT_TABLE)
    addresses = [
        (small, settings.SITE_ADDRESS + reverse("cocreation:sheet", args=[table.room_code, small.key]))
        for small in table.small_tables.all()
    ]
    told = {
        "table": table,
        "cards": [(small, address, qr(address)) for small, address in addresses],
        "trail": work_trail(table.exercise, table, "Tarjetas"),
    }
    return render(request, "cocreation/tables/cards.html", told)
