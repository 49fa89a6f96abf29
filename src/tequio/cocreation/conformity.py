"""What the phases of a method need that the rows of co-creation decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.models import Kit, Table, Theme
from tequio.cocreation.queries.kits import AHEAD, timing
from tequio.cocreation.queries.tree_timing import tree_timing, with_trees
from tequio.exercises.enums import EventState
from tequio.kernel.duties import asked_once
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from datetime import date

    from tequio.exercises.models import Exercise


@asked_once
def live_tables(exercise: Exercise) -> list[Table]:
    """Return the tables of an exercise that are planned or held, with their kits and when their trees were final."""
    live = [EventState.DRAFT, EventState.PUBLISHED, EventState.HELD]
    return list(
        with_trees(Table.objects.filter(event__exercise=exercise, event__state__in=live))
        .select_related("event", "kit", "theme")
        .order_by("event__starts_at")
    )


def trees_open_or_late(exercise: Exercise, day: date) -> str | None:
    """Return which tables of an exercise have no final tree of their theme, or had it too late (R4)."""
    tables, told = live_tables(exercise), []
    for table in tables:
        stands = tree_timing(table, day)
        if stands and stands.published_on is None:
            told.append(f"«{table}» no tiene final el árbol de su temática.")
        elif stands and stands.late:
            told.append(f"El árbol de «{table}» fue final {stands.late} {'día' if stands.late == 1 else 'días'} tarde.")
    if not tables:
        return "Todavía no se convoca ninguna mesa: el árbol de su temática es final al menos dos semanas antes."
    return " ".join(told) or None


def trees_page(exercise: Exercise) -> str:
    """Return the page where the trees of an exercise are written, reviewed and made final."""
    return reverse("cocreation:trees", args=[exercise.slug])


def kits_unpublished_or_late(exercise: Exercise, day: date) -> str | None:
    """Return which tables of an exercise have no kit, or had it less than two weeks before (R4)."""
    tables, told = live_tables(exercise), []
    for table in tables:
        stands = timing(getattr(table, "kit", None) or Kit(table=table), day)
        if stands and stands.published_on is None:
            told.append(f"«{table}» no tiene su kit publicado.")
        elif stands and stands.late:
            told.append(f"El kit de «{table}» se publicó {stands.late} días tarde.")
    if not tables:
        return "Todavía no se convoca ninguna mesa: su kit se publica al menos dos semanas antes."
    return " ".join(told) or None


def kit_page(exercise: Exercise) -> str:
    """Return the page where the kit of the next table without one is prepared, or else the exercise's events."""
    pending = Table.objects.filter(event__exercise=exercise, kit__published_at__isnull=True)
    table = pending.exclude(event__state=EventState.TOLD).select_related("event").order_by("event__starts_at").first()
    if table:
        return reverse("cocreation:run_kit", args=[exercise.slug, table.event.slug])
    return reverse("exercises:run_events", args=[exercise.slug])


def without_themes(exercise: Exercise, _day: date) -> str | None:
    """Return that the secretariat has approved no theme."""
    is_there = Theme.objects.approved().filter(exercise=exercise).exists()
    return None if is_there else "Falta que el secretariado apruebe por acuerdo al menos una temática."


def themes_page(exercise: Exercise) -> str:
    """Return the page where themes are proposed and approved."""
    return reverse("cocreation:work_themes", args=[exercise.slug])


declare(
    Requisite(
        "arbol-final-dos-semanas-antes",
        f"El árbol de la temática de cada mesa, revisado por personas expertas, fue final al menos {AHEAD} días antes",
        "Metodología, fase 2, actividad 2: «Retroalimentación con personas expertas»; y «por lo menos dos semanas "
        "antes de la siguiente mesa participativa»",
        trees_open_or_late,
        trees_page,
    )
)
declare(
    Requisite(
        "kit-dos-semanas-antes",
        f"El kit de cada mesa se publicó al menos {AHEAD} días antes",
        "Metodología, fase 2: «por lo menos dos semanas antes de la siguiente mesa participativa»",
        kits_unpublished_or_late,
        kit_page,
    )
)
declare(
    Requisite(
        "tematicas-aprobadas",
        "El secretariado aprobó las temáticas",
        "Metodología, «1.- Selección de temáticas»",
        without_themes,
        themes_page,
    )
)
