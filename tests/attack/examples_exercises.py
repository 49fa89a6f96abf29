"""Real objects for the working pages of exercises: the first municipality's own, in the first of its two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.accounts.enums import JurisdictionKind, OrganizationKind, Sector
from tequio.accounts.models import Organization
from tequio.exercises.enums import ExerciseState, MethodKind, PhaseState
from tequio.exercises.models import Exercise, Method, MethodPhase, Phase
from tequio.exercises.workflows import add_signatory, attach_signed_document, open_exercise
from tequio.kernel.clock import day_of
from tequio.kernel.requisites import Requisite, declare
from tests.attack.examples import Example, example
from tests.cast import NOW, again, begun

if TYPE_CHECKING:
    from tests.attack.examples import Scene

TODAY = day_of(NOW).isoformat()
ABSENT = Requisite("de-la-escena", "Algo que nunca está", "La escena", lambda _exercise, _day: "Falta algo.")
declare(ABSENT)
WORK = "ejercicios/<slug:slug>/trabajo/"


def guide(scene: Scene, key: str) -> Method:
    """Write a guide for the land's municipalities, of two steps."""
    kind, applies_to = MethodKind.GUIDE, JurisdictionKind.MUNICIPALITY
    made = Method.objects.create(key=key, kind=kind, name=key, state=scene.land.state, applies_to=applies_to)
    for order, asked in enumerate((["declaracion-firmada"], [ABSENT.key]), 1):
        MethodPhase.objects.create(method=made, order=order, name=f"Paso {order}", requisites=asked)
    return made


def under_way(scene: Scene) -> Exercise:
    """Return the exercise of the land's first municipality, under way."""
    guide(scene, "guia-uno")
    return begun(scene.land.town, "Ejercicio de la escena", scene.person("guarantor_staff"))


def in_preparation(scene: Scene) -> Exercise:
    """Return a draft of the first municipality, with a signatory and a document."""
    who = {"by": again(scene.person("liaison")), "at": NOW}
    draft = open_exercise(scene.land.town, name="En preparación", first_year=2031, last_year=2031, **who)
    add_signatory(draft, sector=Sector.CIVIL_SOCIETY, represents="Vecinas", **who)
    attach_signed_document(draft, SimpleUploadedFile("d.pdf", b"%PDF-1.7"), **who)
    return draft


@example("abrir-ejercicio/")
def opening(scene: Scene) -> Example:
    """The form with which an exercise is opened."""
    sent = {"place": scene.land.town.slug, "title": "Nuevo", "first_year": 2033, "last_year": 2034}
    return Example({}, sent)


@example(WORK)
@example("ejercicios/<slug:slug>/declaracion/")
@example("ejercicios/<slug:slug>/declaracion/documento")
def exercise(scene: Scene) -> Example:
    """The exercise under way."""
    return Example({"slug": under_way(scene).slug})


@example(f"{WORK}fases/<int:order>/fechas/")
def phase_dates(scene: Scene) -> Example:
    """The step under way."""
    return Example({"slug": under_way(scene).slug, "order": 1}, {"starts_on": TODAY, "ends_on": TODAY})


@example(f"{WORK}fases/<int:order>/hecha/")
def phase_done(scene: Scene) -> Example:
    """The step under way, which lacks nothing."""
    return Example({"slug": under_way(scene).slug, "order": 1})


@example(f"{WORK}fases/<int:order>/dispensa/")
def waiver(scene: Scene) -> Example:
    """A step that lacks something that may be waived."""
    found = under_way(scene)
    Phase.objects.filter(exercise=found, order=1).update(state=PhaseState.DONE)
    Phase.objects.filter(exercise=found, order=2).update(state=PhaseState.CURRENT)
    sent = {"requisite": ABSENT.key, "reason": "No hubo sala"}
    return Example({"slug": found.slug, "order": 2}, sent)


@example(f"{WORK}metodo/")
def method(scene: Scene) -> Example:
    """An exercise for which there is another method."""
    found = under_way(scene)
    guide(scene, "guia-dos")
    return Example({"slug": found.slug}, {"phase": "guia-dos:1", "agreement": "Acuerdo 1"})


@example(f"{WORK}entrega/")
def handing_over(scene: Scene) -> Example:
    """An exercise that another institution can receive."""
    found = under_way(scene)
    Organization.objects.create(
        key="heredera", kind=OrganizationKind.GUARANTOR, name="Heredera", jurisdiction=scene.land.state
    )
    return Example({"slug": found.slug}, {"successor": "heredera", "on": TODAY})


@example(f"{WORK}cierre/")
def closing(scene: Scene) -> Example:
    """A closed exercise, to be archived."""
    found = under_way(scene)
    Exercise.objects.filter(pk=found.pk).update(state=ExerciseState.CLOSED)
    return Example({"slug": found.slug}, {"archive": "1"})


@example(f"{WORK}declaracion/")
@example(f"{WORK}declaracion/archivo")
def draft(scene: Scene) -> Example:
    """A declaration in preparation."""
    return Example({"slug": in_preparation(scene).slug})


@example(f"{WORK}declaracion/<slug:name>/")
def draft_step(scene: Scene) -> Example:
    """A step of a declaration in preparation."""
    return Example({"slug": in_preparation(scene).slug, "name": "texto"}, {"text": "Declaramos."})


@example(f"{WORK}declaracion/firmantes/<int:order>/quitar/")
def signatory(scene: Scene) -> Example:
    """A signatory of a declaration in preparation."""
    return Example({"slug": in_preparation(scene).slug, "order": 1})
