"""What the phases of a method need that this room's rows decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.exercises.enums import MAKING_MEMBERS, EventKind, EventState
from tequio.exercises.models import Call, Event, Exercise, JointDeclaration, Registration
from tequio.exercises.queries import DECLARATION
from tequio.kernel.duties import asked_once
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from datetime import date

ASKED_EVENTS: Final = (EventKind.SENSITISATION, EventKind.FORUM, EventKind.WORKSHOP)


@asked_once
def done_in(exercise: Exercise) -> dict[str, bool]:
    """Return what was done in an exercise: one query for all that a page asks of it."""
    held = Event.objects.filter(exercise=OuterRef("pk"), state__in=[EventState.HELD, EventState.TOLD])
    members = Registration.objects.filter(exercise=OuterRef("pk"))
    asked = {
        "signed": JointDeclaration.objects.filter(exercise=OuterRef("pk"), signed_on__isnull=False),
        "called": Call.objects.visible_to(None).filter(exercise=OuterRef("pk"), kind__in=MAKING_MEMBERS),
        "has_public_bodies": members.filter(sector=Sector.PUBLIC_BODIES),
        "has_society": members.filter(sector__in=[Sector.CIVIL_SOCIETY, Sector.CITIZENS]),
        **{f"held_{kind}": held.filter(kind=kind) for kind in ASKED_EVENTS},
    }
    answers = {name: Exists(rows) for name, rows in asked.items()}
    return dict(Exercise.objects.annotate(**answers).values(*answers).get(pk=exercise.pk))


def unsigned(exercise: Exercise, _day: date) -> str | None:
    """Return what a declaration that nobody signed keeps from starting."""
    return None if done_in(exercise)["signed"] else "Falta firmar la declaración conjunta."


def uncalled(exercise: Exercise, _day: date) -> str | None:
    """Return what keeps others from knowing that they may take part."""
    return None if done_in(exercise)["called"] else "Falta publicar la convocatoria para participar."


def sectors_unfilled(exercise: Exercise, _day: date) -> str | None:
    """Return which sector that elects representatives has no member yet; who answers as guarantor is no member."""
    done = done_in(exercise)
    sectors = {
        "un ente público": done["has_public_bodies"],
        "una organización o persona de la sociedad": done["has_society"],
    }
    lacking = [name for name, is_there in sectors.items() if not is_there]
    return f"Falta inscribir al menos a {' y a '.join(lacking)}." if lacking else None


def calls_page(exercise: Exercise) -> str:
    """Return the page where calls are prepared and their answers reviewed."""
    return reverse("exercises:calls", args=[exercise.slug])


def declaration_page(exercise: Exercise) -> str:
    """Return the page where the declaration is prepared."""
    return reverse("exercises:declaration", args=[exercise.slug])


def unheld(exercise: Exercise, _day: date) -> str | None:
    """Return what an exercise lacks in which nobody was told what it is about."""
    if done_in(exercise)[f"held_{EventKind.SENSITISATION}"]:
        return None
    return "Falta una sensibilización: organiza el evento y dalo por realizado."


def without_forum_or_workshop(exercise: Exercise, _day: date) -> str | None:
    """Return which of the acts that go with the signing was not held (Guía, paso 1)."""
    done = done_in(exercise)
    acts = (EventKind.FORUM, EventKind.WORKSHOP)
    missing = [str(kind.label).lower() for kind in acts if not done[f"held_{kind}"]]
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
        "Hay miembros inscritos del gobierno y de la sociedad",
        "Guía Básica para Municipios, paso 3 y «¿Cómo se integra?»",
        sectors_unfilled,
        calls_page,
    )
)
