"""What the phases of a method need that the rows of the diagnosis decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.models import Theme
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


def without_themes(exercise: Exercise) -> str | None:
    """Return that the secretariat has approved no theme."""
    is_there = Theme.objects.approved().filter(exercise=exercise).exists()
    return None if is_there else "Falta que el secretariado apruebe por acuerdo al menos una temática."


def themes_page(exercise: Exercise) -> str:
    """Return the page where themes are proposed and approved."""
    return reverse("cocreation:work_themes", args=[exercise.slug])


declare(
    Requisite(
        "tematicas-aprobadas",
        "El secretariado aprobó las temáticas",
        "Metodología, «1.- Selección de temáticas»",
        without_themes,
        themes_page,
    )
)
