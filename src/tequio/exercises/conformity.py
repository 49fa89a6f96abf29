"""What the phases of a method need that this room's rows decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.exercises.models import JointDeclaration
from tequio.exercises.queries import DECLARATION
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


def unsigned(exercise: Exercise) -> str | None:
    """Return what a declaration that nobody signed keeps from starting."""
    if JointDeclaration.objects.filter(exercise=exercise, signed_on__isnull=False).exists():
        return None
    return "Falta firmar la declaración conjunta."


def declaration_page(exercise: Exercise) -> str:
    """Return the page where the declaration is prepared."""
    return reverse("exercises:declaration", args=[exercise.slug])


declare(
    Requisite(
        DECLARATION,
        "La declaración conjunta está firmada",
        "Guía Básica para Municipios, paso 1 y definición II",
        unsigned,
        declaration_page,
    )
)
