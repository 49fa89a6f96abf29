"""The public pages of events: their list, each one, its calendar file, its code and its photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.exercises.enums import EventState, ExerciseState
from tequio.exercises.models import Event, EventPhoto, Exercise
from tequio.exercises.notices.events import hours_of
from tequio.exercises.queries.events import attendance, coming_events, makes_wait, other_events, photo_path
from tequio.exercises.views.answers import sheet_of
from tequio.kernel.access import public
from tequio.kernel.calendar import calendar
from tequio.kernel.clock import next_midnight
from tequio.kernel.components import Fact, Link
from tequio.kernel.figures.qr import qr
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.kernel.spoken import dated, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

EXERCISES: Final = Link("Ejercicios", "/ejercicios/")
PARAMETERS: Final = {SHEET: "hoja"}
PER_SHEET: Final = 20
MAP: Final = "https://www.openstreetmap.org/search?query="
NO_MATCH: Final = "No hay un evento publicado con esa dirección."


def shown_event(slug: str, key: str) -> Event:
    """Return an event that anybody may see, or answer that there is none."""
    return get_object_or_404(Event.objects.visible_to(None).select_related("exercise"), exercise__slug=slug, slug=key)


@public
@require_safe
@cached_page(parameters=PARAMETERS, fresh_until=next_midnight)
@explains_bad_addresses
def events(request: HttpRequest, slug: str) -> HttpResponse:
    """List the events of an exercise: what comes, then what was."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None), slug=slug)
    asked = Asked(request, PARAMETERS)
    number, at = asked.sheet(), timezone.now()
    others = other_events(None, slug, at)
    total = others.count()
    last = -(-total // PER_SHEET)
    asked.hold_sheet(number, last)
    told = {
        "exercise": exercise,
        "coming": coming_events(None, slug, at) if number == 1 else (),
        "others": others[(number - 1) * PER_SHEET : number * PER_SHEET],
        "sheet": sheet_of(asked, number, last, total, "eventos"),
        "trail": [
            EXERCISES,
            Link(exercise.name, exercise.get_absolute_url()),
            Link("Eventos"),
        ],
    }
    return render(request, "exercises/events.html", told)


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def event(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show an event: what, when, where, how to take part, and what came of it."""
    found = shown_event(slug, key)
    figures = attendance(found) if found.is_live else None
    is_open = found.takes_registrations(timezone.now())
    told = {
        "event": found,
        "facts": list(facts(found)),
        "figures": figures,
        "is_open": is_open,
        "is_full": makes_wait(found, figures, timezone.now()),
        "keeps_places": found.keeps_places(timezone.now()),
        "photos": found.photos.all() if found.state == EventState.HELD else (),
        "page_address": settings.SITE_ADDRESS + found.get_absolute_url(),
        "trail": [EXERCISES, *above(found.exercise), Link(found.name)],
    }
    return render(request, "exercises/event.html", told)


def above(exercise: Exercise) -> tuple[Link, ...]:
    """Return the pages above an event's; an exercise that nobody has signed has none yet."""
    if exercise.state == ExerciseState.DRAFT:
        return ()
    page = exercise.get_absolute_url()
    return Link(exercise.name, page), Link("Eventos", f"{page}eventos/")


def facts(event: Event) -> Iterator[Fact]:
    """Yield what one needs to take part, in one block: what, when, where and how."""
    yield Fact("Qué", event.get_kind_display())
    if event.starts_at is None or event.ends_at is None:
        yield Fact("Cuándo", ", ".join(part for part in (dated(event), event.time_text) if part))
        yield Fact("Dónde", event.place)
        return
    yield Fact("Empieza", moment(event.starts_at))
    yield Fact("Termina", moment(event.ends_at))
    yield Fact("Cómo se participa", event.get_mode_display())
    if event.is_at_a_place:
        yield Fact("Dónde", event.place, MAP + quote_plus(event.place))
        yield Fact("Cómo llegar", event.arrival or "Quien organiza todavía no lo dice.")
        yield Fact("Accesibilidad", event.accessibility or "Quien organiza todavía no la describe.")
    if event.is_at_a_distance:
        yield Fact("Para conectarte", "La liga te llega por correo cuando tienes lugar.")
    people = "persona" if event.capacity == 1 else "personas"
    yield Fact("Cupo", f"{event.capacity:,} {people}" if event.capacity else "Sin límite")


@public
@require_safe
@cached_page()
def event_calendar(_request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give an event as a calendar file."""
    found = shown_event(slug, key)
    if not found.is_live:
        raise Http404(NO_MATCH)
    return calendar(found.name, [hours_of(found)], at=timezone.now())


@public
@require_safe
@cached_page()
def event_qr(_request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Draw the address of an event for a camera, as a poster carries it."""
    address = settings.SITE_ADDRESS + shown_event(slug, key).get_absolute_url()
    return HttpResponse(qr(address), content_type="image/svg+xml")


@public
@require_safe
def event_photo(_request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """Give a photograph of an event, large or small; one taken away is no longer there."""
    digest, small, _ = name.removesuffix(".jpg").partition("-chica")
    found = get_object_or_404(EventPhoto, event=shown_event(slug, key), sha256=digest, event__state=EventState.HELD)
    path = photo_path(found.sha256, is_small=bool(small))
    if not default_storage.exists(path):
        raise Http404("La foto no está disponible por ahora.")
    with default_storage.open(path) as kept:
        answer = HttpResponse(kept.read(), content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
