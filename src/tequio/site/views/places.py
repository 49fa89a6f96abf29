"""Municipalities, as a map, a list and a page each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.components import Choice, Fact, Filter, Link
from tequio.kernel.editionstamp import edition_stamp
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.places import PlacePage, place_page, places_named

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PARAMETERS: Final = {"q": "nombre", "estado": "estado"}


@public
@require_safe
@cached_page(parameters=PARAMETERS)
@explains_bad_addresses
def places(request: HttpRequest) -> HttpResponse:
    """List the municipalities of every state, or those whose name has some letters."""
    stamp = edition_stamp().current()  # before what is kept under it
    asked = Asked(request, PARAMETERS)
    wanted = asked.text("q", 80)
    states = places_named(wanted)
    names = {state.slug: state.name for state in states}
    chosen = asked.one_of("estado", names)
    asked.settle()
    shown = [state for state in states if not chosen or state.slug == chosen]
    told = {
        "trail": (Link("Inicio", "/"), Link("Municipios")),
        "states": shown,
        "wanted": wanted,
        "stamp": stamp,
        "kept_for": 0 if wanted or stamp is None else None,
        "found": sum(len(state.found) for state in shown),
        "open": sum(state.open for state in shown),
        "total": sum(len(state.places) for state in shown),
        "filter": Filter("estado", "Estado", tuple(Choice(*pair) for pair in names.items()), chosen),
        "everything": asked.address(q=""),
    }
    return render(request, "site/places.html", told)


@public
@require_safe
@cached_page()
@explains_bad_addresses
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a state or municipality: its numbers, its people, its organizations and its exercises."""
    Asked(request, {}).settle()
    page = place_page(slug, None)
    if page is None:
        raise Http404("No hay un estado ni un municipio con ese nombre.")
    above = [Link(page.place.parent.name, page.place.parent.get_absolute_url())] if page.place.parent else []
    told = {
        "trail": (Link("Inicio", "/"), Link("Municipios", "/municipios/"), *above, Link(page.place.name)),
        "page": page,
        "facts": facts(page),
    }
    return render(request, "site/place.html", told)


def facts(page: PlacePage) -> list[Fact]:
    """Return the numbers of a place, each with who gives it."""
    place = page.place
    told = [Fact("Clave del INEGI", place.code), Fact("Número electoral", place.electoral_code)]
    if place.parent:
        told.append(Fact("Cabecera", place.seat))
    return told + [Fact(f"Población, {count.census}", f"{count.people:,} personas") for count in page.counts]
