"""The agenda: what comes, then what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.exercises.models import Exercise
from tequio.kernel.access import public
from tequio.kernel.calendar import Day, Hour, calendar
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Choice, Filter, Link, Sheet
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.agenda import Appointment, agenda, everything

if TYPE_CHECKING:
    from django.http import HttpRequest

PARAMETERS: Final = {"ejercicio": "ejercicio", SHEET: "hoja"}
MOST_DAYS: Final = 1_000


@public
@require_safe
@cached_page(parameters=PARAMETERS, fresh_until=next_midnight)
@explains_bad_addresses
def agenda_page(request: HttpRequest) -> HttpResponse:
    """List what comes and what was, of all exercises or of one."""
    asked = Asked(request, PARAMETERS)
    names = dict(Exercise.objects.visible_to(None).values_list("slug", "name"))
    exercise, sheet = asked.one_of("ejercicio", names), asked.sheet()
    asked.settle()
    shown = agenda(None, today=today(), exercise=exercise, sheet=sheet)
    asked.hold_sheet(sheet, shown.last_sheet)
    last = shown.last_sheet
    told = {
        "trail": (Link("Inicio", "/"), Link("Agenda")),
        "agenda": shown,
        "filters": [Filter("ejercicio", "Ejercicio", tuple(Choice(*pair) for pair in names.items()), exercise)],
        "active": asked.active({"ejercicio": names.get(exercise, "")}),
        "calendar": f"/ejercicios/{exercise}/agenda.ics" if exercise else "/agenda.ics",
        "sheet": last > 1
        and Sheet(
            sheet,
            last,
            shown.past_total,
            "actos y plazos que ya pasaron",
            previous=asked.address(**{SHEET: str(sheet - 1)}) if sheet > 1 else "",
            following=asked.address(**{SHEET: str(sheet + 1)}) if sheet < last else "",
        ),
    }
    return render(request, "site/agenda.html", told)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
@explains_bad_addresses
def agenda_calendar(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Give what has a day of its own as a calendar, of all exercises or of one."""
    Asked(request, {}).settle()
    name = "Gobierno abierto"
    if slug:
        exercise = Exercise.objects.visible_to(None).filter(slug=slug).first()
        if exercise is None:
            raise Http404("No hay un ejercicio publicado con ese nombre.")
        name = exercise.name
    days = [day(each) for each in everything(None, exercise=slug, most=MOST_DAYS)]
    return calendar(f"Agenda: {name}", days, at=timezone.now())


def day(each: Appointment) -> Day | Hour:
    """Return an appointment as a calendar keeps it: by its hours, an act from start to end, a deadline on its day."""
    if each.begins_at and each.finishes_at:
        return Hour(
            identity=f"{each.exercise}/evento/{each.anchor}",
            title=each.title,
            starts_at=each.begins_at,
            ends_at=each.finishes_at,
            text=each.exercise_name,
            place=each.place,
            address=settings.SITE_ADDRESS + each.address,
            version=each.revision,
            is_cancelled=each.title.startswith("Cancelado: "),
        )
    lasts = each.what in {"act", "session"} and each.last is not None and each.last >= each.day
    return Day(
        identity=f"{each.exercise}/{each.what}/{each.anchor}/{each.day:%Y-%m-%d}",
        title=f"{each.kind}: {each.title}",
        starts_on=each.day,
        ends_on=each.last if lasts and each.last else each.day,
        text=each.exercise_name,
        place=each.place,
        address=settings.SITE_ADDRESS + each.address,
    )
