"""What the phases of a method need that this room's rows decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.exercises.enums import EventKind, EventState
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


def unheld(exercise: Exercise) -> str | None:
    """Return what an exercise lacks in which nobody was told what it is about."""
    if exercise.events.filter(kind=EventKind.SENSITISATION, state__in=[EventState.HELD, EventState.TOLD]).exists():
        return None
    return "Falta una sensibilización: organiza el evento y dalo por realizado."


def events_page(exercise: Exercise) -> str:
    """Return the page where the events of an exercise are organised."""
    return reverse("exercises:run_events", args=[exercise.slug])


declare(
    Requisite(
        "sensibilizacion-hecha",
        "Se hizo al menos una sensibilización",
        "Guía Básica para Municipios, paso 2",
        unheld,
        events_page,
    )
)
declare(
    Requisite(
        DECLARATION,
        "La declaración conjunta está firmada",
        "Guía Básica para Municipios, paso 1 y definición II",
        unsigned,
        declaration_page,
    )
)
