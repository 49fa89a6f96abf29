"""What the phases of a method need that the rows of bodies and sessions decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse

from tequio.accounts.enums import Sector
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
from tequio.kernel.clock import today
from tequio.kernel.requisites import Requisite, declare
from tequio.kernel.spoken import long_date

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise

STEP: Final = "Guía Básica para Municipios, paso 3"
OGP: Final = "Estándares de participación y cocreación de la Alianza para el Gobierno Abierto (2022), 1.1"


def not_composed(exercise: Exercise) -> str | None:
    """Return which sectors of the minimum composition nobody represents in the secretariat today (R1)."""
    terms = SeatTerm.objects.held_on(today()).filter(
        seat__body__exercise=exercise, seat__body__kind=BodyKind.SECRETARIAT, seat__role=SeatRole.TITULAR
    )
    held = set(terms.values_list("seat__sector", flat=True))
    missing = [Sector(sector).label for sector in MINIMUM[BodyKind.SECRETARIAT] if sector not in held]
    return f"Falta quien represente en el secretariado a: {', '.join(map(str, missing))}." if missing else None


def unelected(exercise: Exercise) -> str | None:
    """Return that civil society has not chosen who represents it: here with its votes, or elsewhere with its act."""
    counted = Election.objects.filter(
        exercise=exercise,
        kind=ElectionKind.REPRESENTATIVES,
        sector__in=(Sector.CIVIL_SOCIETY, Sector.CITIZENS),
        state=ElectionState.CLOSED,
    )
    seated = SeatTerm.objects.held_on(today()).filter(
        seat__body__exercise=exercise, seat__body__kind=BodyKind.SECRETARIAT, seat__sector=Sector.CIVIL_SOCIETY
    )
    if counted.exists() or seated.exists():
        return None
    return "Falta que la sociedad civil elija a quien la representa: con una elección aquí o en una reunión con acta."


def not_installed(exercise: Exercise) -> str | None:
    """Return that the secretariat has held no session of installation."""
    held = Session.objects.filter(
        Q(state__in=(SessionState.OPEN, SessionState.CLOSED)) | Q(state=""),
        body__exercise=exercise,
        body__kind=BodyKind.SECRETARIAT,
        kind=SessionKind.INSTALLATION,
    )
    return None if held.exists() else "Falta celebrar la sesión de instalación."


def without_facilitator(exercise: Exercise) -> str | None:
    """Return that nobody facilitates the secretariat today."""
    terms = SeatTerm.objects.held_on(today()).filter(
        seat__body__exercise=exercise, seat__body__kind=BodyKind.SECRETARIAT, seat__role=SeatRole.FACILITATOR
    )
    return None if terms.exists() else "Falta elegir a quien facilita."


def without_mechanism(exercise: Exercise) -> str | None:
    """Return that the secretariat has adopted no governance mechanism."""
    adopted = Mechanism.objects.filter(
        body__exercise=exercise, body__kind=BodyKind.SECRETARIAT, agreement__isnull=False
    )
    return None if adopted.exists() else "Falta adoptar por acuerdo el mecanismo de gobernanza."


def without_programme(exercise: Exercise) -> str | None:
    """Return that the secretariat has adopted no yearly agenda."""
    adopted = Programme.objects.filter(
        body__exercise=exercise, body__kind=BodyKind.SECRETARIAT, agreement__isnull=False
    )
    return None if adopted.exists() else "Falta adoptar por acuerdo la agenda anual de trabajo."


def silent_too_long(exercise: Exercise) -> str | None:
    """Return that the secretariat has held no session in the last six months (R2)."""
    last = last_session_day(exercise)
    if last is None:
        return "El secretariado todavía no celebra una sesión."
    late = (today() - last).days - LONGEST_SILENCE
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
