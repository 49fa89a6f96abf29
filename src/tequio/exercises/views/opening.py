"""Opening an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.enums import JurisdictionKind
from tequio.exercises.enums import OPEN_EXERCISE
from tequio.exercises.forms.exercise import OpeningForm
from tequio.exercises.queries import places_to_open
from tequio.exercises.workflows import open_exercise
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(OPEN_EXERCISE)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Ask where, under which name and in which years, and open the exercise."""
    places = places_to_open(request.user, today())
    year = today().year
    proposed = {"place": request.GET.get("lugar", ""), "first_year": year, "last_year": year + 1}
    possible = places[:2]
    if place := possible[0] if len(possible) == 1 else places.filter(slug=proposed["place"]).first():
        proposed["place"] = place.slug
        proposed["title"] = f"Ejercicio de Gobierno Abierto de {place.name} {year}-{year + 1}"
    form = OpeningForm(places, request.POST or None, initial=proposed)

    def send() -> HttpResponse:
        told = dict(form.cleaned_data)
        place, name = told.pop("place"), told.pop("title")
        opened = open_exercise(place, name=name, **told, by=request.user, at=timezone.now())
        is_town = place.kind == JurisdictionKind.MUNICIPALITY
        return redirect("site:setup", place.slug) if is_town else redirect("site:exercise_work", opened.slug)

    return when_sent(request, form, send) or render(request, "exercises/opening.html", {"form": form})
