"""States and municipalities: their numbers, their people and what is open there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from tequio.accounts.models import Jurisdiction, Organization, PopulationCount
from tequio.exercises.models import Exercise
from tequio.exercises.queries.standing import standings
from tequio.kernel.figures.tile_map import Tile, tile_map
from tequio.kernel.kept import kept
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.kernel.figures.svg import Markup

LABEL = 3  # letters on a tile
SHADES = {0: "f-hollow", 1: "f-soft"}
MOST_SHADED = "f-strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality as a list shows it."""

    name: str
    slug: str
    state: str
    people: int | None
    census: str
    exercises: int
    standing: str
    column: int | None
    row: int | None

    @property
    def said(self) -> str:
        """Say how many exercises it has, and where the present one stands."""
        if not self.exercises:
            return "aún no abre un ejercicio"
        counted = "1 ejercicio" if self.exercises == 1 else f"{self.exercises} ejercicios, el más reciente"
        return f"{counted}: {self.standing}"


@dataclass(frozen=True)
class StatePlaces:
    """A state with its municipalities, those that a search leaves and all of them."""

    name: str
    slug: str
    address: str
    places: Sequence[Place]
    found: Sequence[Place]
    sources: Sequence[str]

    @property
    def open(self) -> int:
        """How many municipalities have an exercise."""
        return sum(place.exercises > 0 for place in self.places)

    @property
    def total(self) -> int:
        """How many municipalities it has."""
        return len(self.places)

    @cached_property
    def map(self) -> Markup | None:
        """Return the tile map, where the pack places its tiles."""
        tiles = [
            Tile(
                column=place.column,
                row=place.row,
                name=place.name,
                label=place.name[:LABEL],
                address=f"/municipios/{place.slug}/",
                shade=SHADES.get(place.exercises, MOST_SHADED),
                state=place.said,
            )
            for place in self.places
            if place.column is not None and place.row is not None
        ]
        return tile_map(f"Municipios de {self.name}", tiles) if tiles else None


def places_named(wanted: str) -> Sequence[StatePlaces]:
    """Return every state with its municipalities; `wanted` is part of a name, accents or not."""
    sought = fold(wanted)
    if not sought:
        return all_places()
    return [
        replace(state, found=[place for place in state.places if sought in fold(place.name)]) for state in all_places()
    ]


@kept(most=1)
def all_places() -> Sequence[StatePlaces]:
    """Return every state with its municipalities by name, in four queries, kept until something is published."""
    present = standings(None, None)
    newest = PopulationCount.objects.filter(jurisdiction=OuterRef("pk")).order_by("-counted_on")
    rows = (
        Jurisdiction.objects.municipalities()
        .order_by()
        .annotate(
            people=Subquery(newest.values("people")[:1]),
            census=Subquery(newest.values("census")[:1]),
        )
        .values_list(*("pk", "parent__slug", "name", "slug", "people", "census", "tile_column", "tile_row"))
    )
    by_state: dict[str, list[Place]] = {}
    for key, state, name, slug, people, census, column, row in rows:
        standing, count = present.get(key, (None, 0))
        place = Place(
            name=name,
            slug=slug,
            state=state,
            people=people,
            census=census or "",
            exercises=count,
            standing=standing.said if standing else "",
            column=column,
            row=row,
        )
        by_state.setdefault(state, []).append(place)
    return tuple(
        StatePlaces(
            state.name,
            state.slug,
            state.get_absolute_url(),
            ordered := sorted(by_state.get(state.slug, ()), key=lambda place: fold(place.name)),
            ordered,
            sorted({place.census for place in ordered if place.census}),
        )
        for state in Jurisdiction.objects.filter(parent=None).order_by("name")
    )


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A state or municipality with what is known of it."""

    place: Jurisdiction
    counts: Sequence[PopulationCount]
    exercises: Sequence[Exercise]
    organizations: Sequence[Organization]


def place_page(slug: str, viewer: User | AnonymousUser | None) -> PlacePage | None:
    """Return the page of a place, in four queries, or nothing."""
    place = Jurisdiction.objects.select_related("parent").filter(slug=slug).first()
    if place is None:
        return None
    return PlacePage(
        place,
        list(place.population_counts.order_by("-counted_on")),
        list(Exercise.objects.visible_to(viewer).filter(jurisdiction=place)),
        list(place.organizations.order_by("name")),
    )
