"""What the phases of a method need that the rows of bodies and sessions decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.exercises.models import Exercise
from tequio.governance.enums import (
    LONGEST_SILENCE,
    MINIMUM,
    BodyKind,
    ElectionKind,
    ElectionState,
    SeatRole,
    SessionKind,
    SessionState,
)
from tequio.governance.models import Election, Mechanism, Programme, SeatTerm, Session
from tequio.governance.queries.pages import last_session_day
from tequio.kernel.duties import asked_once
from tequio.kernel.requisites import Requisite, declare
from tequio.kernel.spoken import long_date

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

STEP: Final = "Guía Básica para Municipios, paso 3"
OGP: Final = "Estándares de participación y cocreación de la Alianza para el Gobierno Abierto (2022), 1.1"


@asked_once
def secretariat_of(exercise: Exercise, day: date) -> dict[str, bool]:
    """Return how the secretariat of an exercise stands on a day: one query for all that a page asks of it."""
    within = {"body__exercise": OuterRef("pk"), "body__kind": BodyKind.SECRETARIAT}
    terms = SeatTerm.objects.held_on(day).filter(**{f"seat__{name}": value for name, value in within.items()})
    titulars = terms.filter(seat__role=SeatRole.TITULAR)
    held = Q(state__in=(SessionState.OPEN, SessionState.CLOSED)) | Q(state="")
    asked: dict[str, QuerySet[Any]] = {
        **{f"holds_{sector}": titulars.filter(seat__sector=sector) for sector in MINIMUM[BodyKind.SECRETARIAT]},
        "has_elected": Election.objects.filter(
            exercise=OuterRef("pk"),
            kind=ElectionKind.REPRESENTATIVES,
            sector__in=(Sector.CIVIL_SOCIETY, Sector.CITIZENS),
            state=ElectionState.CLOSED,
        ),
        "is_represented": terms.filter(seat__sector=Sector.CIVIL_SOCIETY),
        "is_facilitated": terms.filter(seat__role=SeatRole.FACILITATOR),
        "is_installed": Session.objects.filter(held, kind=SessionKind.INSTALLATION, **within),
        "has_mechanism": Mechanism.objects.filter(agreement__isnull=False, **within),
        "has_programme": Programme.objects.filter(agreement__isnull=False, **within),
    }
    answers = {name: Exists(rows) for name, rows in asked.items()}
    return dict(Exercise.objects.annotate(**answers).values(*answers).get(pk=exercise.pk))


def not_composed(exercise: Exercise, day: date) -> str | None:
    """Return which sectors of the minimum composition nobody represents in the secretariat on a day (R1)."""
    found = secretariat_of(exercise, day)
    missing = [str(sector.label) for sector in MINIMUM[BodyKind.SECRETARIAT] if not found[f"holds_{sector}"]]
    return f"Falta quien represente en el secretariado a: {', '.join(missing)}." if missing else None


def unelected(exercise: Exercise, day: date) -> str | None:
    """Return that civil society has not chosen who represents it: here with its votes, or elsewhere with its act."""
    found = secretariat_of(exercise, day)
    if found["has_elected"] or found["is_represented"]:
        return None
    return "Falta que la sociedad civil elija a quien la representa: con una elección aquí o en una reunión con acta."


def not_installed(exercise: Exercise, day: date) -> str | None:
    """Return that the secretariat has held no session of installation."""
    return None if secretariat_of(exercise, day)["is_installed"] else "Falta celebrar la sesión de instalación."


def without_facilitator(exercise: Exercise, day: date) -> str | None:
    """Return that nobody facilitates the secretariat on a day."""
    return None if secretariat_of(exercise, day)["is_facilitated"] else "Falta elegir a quien facilita."


def without_mechanism(exercise: Exercise, day: date) -> str | None:
    """Return that the secretariat has adopted no governance mechanism."""
    is_there = secretariat_of(exercise, day)["has_mechanism"]
    return None if is_there else "Falta adoptar por acuerdo el mecanismo de gobernanza."


def without_programme(exercise: Exercise, day: date) -> str | None:
    """Return that the secretariat has adopted no yearly agenda."""
    is_there = secretariat_of(exercise, day)["has_programme"]
    return None if is_there else "Falta adoptar por acuerdo la agenda anual de trabajo."


def silent_too_long(exercise: Exercise, day: date) -> str | None:
    """Return that the secretariat has held no session in the six months before a day (R2)."""
    last = last_session_day(exercise)
    if last is None:
        return "El secretariado todavía no celebra una sesión."
    late = (day - last).days - LONGEST_SILENCE
    return f"La última sesión del secretariado fue hace más de seis meses: el {long_date(last)}." if late > 0 else None


def elections_page(exercise: Exercise) -> str:
    """Return the page where elections are prepared."""
    return reverse("governance:elections_work", args=[exercise.slug])


def working_page(exercise: Exercise) -> str:
    """Return the page where all of it is mended."""
    return reverse("governance:bodies", args=[exercise.slug])


for key, name, source, check in (
    (
        "integracion-minima",
        "El secretariado tiene su integración mínima",
        f"{STEP} y «¿Cómo se integra?»",
        not_composed,
    ),
    ("sesion-de-instalacion", "El secretariado celebró su sesión de instalación", STEP, not_installed),
    ("mecanismo-de-gobernanza", "El secretariado adoptó su mecanismo de gobernanza", f"{STEP}, 1)", without_mechanism),
    ("facilitacion-elegida", "El secretariado tiene quien lo facilite", f"{STEP}, 2)", without_facilitator),
    ("sesion-cada-seis-meses", "El secretariado sesiona al menos cada seis meses", OGP, silent_too_long),
    ("agenda-anual", "El secretariado adoptó su agenda anual", f"{STEP}, 3)", without_programme),
):
    declare(Requisite(key, name, source, check, working_page))
declare(
    Requisite(
        "representantes-electos",
        "La sociedad civil eligió a quien la representa",
        STEP,
        unelected,
        elections_page,
    )
)
