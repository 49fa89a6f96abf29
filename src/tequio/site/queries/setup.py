"""The steps by which a municipality goes from nothing to a published exercise with its secretariat.

Nothing of it is kept but what is skipped: each step is done when the rows of its room say so, so that it goes on
where it was, on any device and whoever did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Role
from tequio.exercises.enums import ExerciseState, SetupStep
from tequio.exercises.models import Exercise, SkippedStep
from tequio.kernel.duties import one_reading
from tequio.kernel.requisites import requisite

if TYPE_CHECKING:
    from datetime import date

    from tequio.accounts.models import Jurisdiction
    from tequio.kernel.requisites import Requisite


@dataclass(frozen=True, slots=True)
class Told:
    """What a step says of itself: how long it takes, why it matters, who does it and where."""

    minutes: int
    why: str
    who: str
    asks: tuple[str, ...]
    name: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands: done, skipped with a reason, or what it lacks."""

    step: SetupStep
    told: Told
    lacks: list[str]
    skipped: str
    address: str

    @property
    def is_done(self) -> bool:
        """Say whether nothing is missing."""
        return not self.lacks

    @property
    def word(self) -> str:
        """Return in a word how it stands."""
        return "done" if self.is_done else "skipped" if self.skipped else "due"

    @property
    def may_skip(self) -> bool:
        """Say whether it may be left for later."""
        return not self.is_done and bool(self.told.asks) and self.step != SetupStep.DECLARATION


TELLS: Final = {
    SetupStep.PLACE: Told(
        5,
        "Dice quién lleva el ejercicio y a quién preguntar.",
        "El órgano garante invita a la persona enlace; cualquiera de los dos abre el ejercicio.",
        (),
        "exercises:open",
    ),
    SetupStep.DECLARATION: Told(
        10,
        "Con su firma arranca el ejercicio y su página se hace pública.",
        "Autoridades municipales, sociedad civil y órgano garante.",
        ("declaracion-firmada",),
        "exercises:declaration",
        "Trae un texto modelo completo: se ajusta, se imprime, se firma y se sube una foto.",
    ),
    SetupStep.CALL: Told(
        10,
        "Así se enteran y se suman organizaciones y personas del municipio.",
        "La persona enlace la publica; el órgano garante ayuda a difundirla.",
        ("convocatoria-publicada",),
        "exercises:calls",
        "Trae bases y requisitos modelo, con fechas propuestas.",
    ),
    SetupStep.ELECTION: Told(
        10,
        "Cada sector elige a quien lo representa: nadie más decide por él.",
        "Quienes se inscribieron en cada sector.",
        ("miembros-por-sector", "representantes-electos"),
        "governance:elections_work",
        "Con tres miembros o más, el voto es secreto y en línea; con menos, basta una reunión con acta.",
    ),
    SetupStep.SECRETARIAT: Told(
        5,
        "Al menos tres asientos, uno por sector, y quien facilita, con voz y sin voto.",
        "Las personas electas, en la sesión de instalación.",
        ("integracion-minima", "sesion-de-instalacion"),
        "governance:bodies",
        "Antes de convocar, escribe las reglas y la agenda: esa sesión las aprueba y su acta se levanta sola.",
    ),
    SetupStep.RULES: Told(
        5,
        "Dicen cuántas personas hacen quórum, cómo se decide y qué se hará en el año.",
        "El secretariado, por acuerdo.",
        ("facilitacion-elegida", "mecanismo-de-gobernanza", "agenda-anual"),
        "governance:bodies",
        "Trae un mecanismo de gobernanza y una agenda modelo.",
    ),
    SetupStep.PUBLIC_PAGE: Told(
        2,
        "La gente puede seguir el ejercicio, sumarse y preguntar.",
        "Se publica sola; aquí la revisas y la compartes.",
        (),
        "site:exercise_preview",
    ),
}


def exercise_to_set_up(place: Jurisdiction, day: date) -> Exercise | None:
    """Return the exercise of a place under way or in preparation, the latest first; it tells of a liaison."""
    alive = place.exercises.filter(state__in=(ExerciseState.DRAFT, ExerciseState.OPEN), archived_on__isnull=True)
    liaisons = Role.objects.held_on(day).filter(kind=RoleKind.MUNICIPAL_LIAISON)
    theirs = Exists(liaisons.filter(jurisdiction=OuterRef("jurisdiction")))
    found = alive.select_related("jurisdiction").annotate(has_liaison=theirs)
    return found.order_by("-first_year").first()


def setup_steps(place: Jurisdiction, exercise: Exercise | None, day: date) -> list[Step]:
    """Return the seven steps as they stand."""
    skipped = {row.step: row.reason for row in SkippedStep.objects.filter(exercise=exercise)} if exercise else {}
    steps: list[Step] = []
    with one_reading():
        for step, told in TELLS.items():
            lacks = list(lacking(step, told, exercise, day, steps))
            steps.append(Step(step, told, lacks, skipped.get(step, ""), address_of(step, told, place, exercise, day)))
    return steps


def lacking(step: SetupStep, told: Told, exercise: Exercise | None, day: date, before: list[Step]) -> list[str]:
    """Return what a step lacks, in sentences."""
    if exercise is None:
        return ["Falta abrir el ejercicio."]
    if step == SetupStep.PLACE:
        return [] if has_liaison(exercise, day) else ["Falta que el órgano garante invite a la persona enlace."]
    if step == SetupStep.PUBLIC_PAGE:
        left = [each.step.label for each in before if not each.is_done and not each.skipped]
        return [f"Antes hay que terminar: {', '.join(map(str, left))}."] if left else []
    return [missing for each in asked_by(told) if (missing := each.check(exercise, day))]


def asked_by(told: Told) -> list[Requisite]:
    """Return what a step asks for, as the rooms below declare it."""
    return [found for key in told.asks if (found := requisite(key))]


def has_liaison(exercise: Exercise, day: date) -> bool:
    """Say whether somebody is the liaison of an exercise's place on a day; the page's query knows already."""
    known: bool | None = vars(exercise).get("has_liaison")
    roles = Role.objects.held_on(day).filter(kind=RoleKind.MUNICIPAL_LIAISON, jurisdiction=exercise.jurisdiction_id)
    return bool(roles.exists()) if known is None else known


def address_of(step: SetupStep, told: Told, place: Jurisdiction, exercise: Exercise | None, day: date) -> str:
    """Return where what a step lacks first is done, or the step's page; without an exercise, the one that opens it."""
    if exercise is None:
        return f"{reverse('exercises:open')}?lugar={place.slug}"
    if step == SetupStep.PLACE:
        return reverse("people")
    lacked = (each.address(exercise) for each in asked_by(told) if each.address and each.check(exercise, day))
    return next(lacked, reverse(told.name, args=[exercise.slug]))
