"""What the phases of a method need that this room's rows decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.exercises.enums import MAKING_MEMBERS, EventKind, EventState
from tequio.exercises.models import Call, JointDeclaration
from tequio.exercises.queries import DECLARATION
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


def unsigned(exercise: Exercise) -> str | None:
    """Return what a declaration that nobody signed keeps from starting."""
    if JointDeclaration.objects.filter(exercise=exercise, signed_on__isnull=False).exists():
        return None
    return "Falta firmar la declaración conjunta."


def uncalled(exercise: Exercise) -> str | None:
    """Return what keeps others from knowing that they may take part."""
    if Call.objects.visible_to(None).filter(exercise=exercise, kind__in=MAKING_MEMBERS).exists():
        return None
    return "Falta publicar la convocatoria para participar."


def sectors_unfilled(exercise: Exercise) -> str | None:
    """Return which sector that elects representatives has no member yet; who answers as guarantor is no member."""
    filled = set(exercise.registrations.order_by().values_list("sector", flat=True).distinct())
    lacking = []
    if Sector.PUBLIC_BODIES not in filled:
        lacking.append("un ente público")
    if not filled & {Sector.CIVIL_SOCIETY, Sector.CITIZENS}:
        lacking.append("una organización o persona de la sociedad")
    return f"Falta inscribir al menos a {' y a '.join(lacking)}." if lacking else None


def calls_page(exercise: Exercise) -> str:
    """Return the page where calls are prepared and their answers reviewed."""
    return reverse("exercises:calls", args=[exercise.slug])


def declaration_page(exercise: Exercise) -> str:
    """Return the page where the declaration is prepared."""
    return reverse("exercises:declaration", args=[exercise.slug])


def unheld(exercise: Exercise) -> str | None:
    """Return what an exercise lacks in which nobody was told what it is about."""
    if exercise.events.filter(kind=EventKind.SENSITISATION, state__in=[EventState.HELD, EventState.TOLD]).exists():
        return None
    return "Falta una sensibilización: organiza el evento y dalo por realizado."


def without_forum_or_workshop(exercise: Exercise) -> str | None:
    """Return which of the acts that go with the signing was not held (Guía, paso 1)."""
    told = exercise.events.filter(state__in=[EventState.HELD, EventState.TOLD]).values_list("kind", flat=True)
    missing = [str(kind.label).lower() for kind in (EventKind.FORUM, EventKind.WORKSHOP) if kind not in set(told)]
    return f"Falta realizar: {', '.join(missing)}." if missing else None


def events_page(exercise: Exercise) -> str:
    """Return the page where the events of an exercise are organised."""
    return reverse("exercises:run_events", args=[exercise.slug])


declare(
    Requisite(
        "foro-y-taller",
        "Se hicieron el foro y el taller de la firma",
        "Guía Básica para Municipios, paso 1",
        without_forum_or_workshop,
        events_page,
    )
)
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
declare(
    Requisite(
        "convocatoria-publicada",
        "La convocatoria para participar está publicada",
        "Guía Básica para Municipios, paso 2; Metodología, nota 3",
        uncalled,
        calls_page,
    )
)
declare(
    Requisite(
        "miembros-por-sector",
        "Hay integrantes del gobierno y de la sociedad",
        "Guía Básica para Municipios, paso 3 y «¿Cómo se integra?»",
        sectors_unfilled,
        calls_page,
    )
)
