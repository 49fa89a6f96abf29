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
from tests.attack.examples import Example, example, in_exercise, under_way
from tests.cast import NOW, again

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


def guided(scene: Scene) -> Exercise:
    """Return the exercise of the land's first municipality, in the first step of a guide."""
    guide(scene, "guia-uno")
    return under_way(scene)


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
@example(f"{WORK}fases/<int:order>/fechas/")
@example(f"{WORK}fases/<int:order>/hecha/")
def exercise(scene: Scene) -> Example:
    """The exercise under way, and its step, which lacks nothing."""
    return in_exercise(guided(scene), {"starts_on": TODAY, "ends_on": TODAY}, order=1)


@example(f"{WORK}fases/<int:order>/dispensa/")
def waiver(scene: Scene) -> Example:
    """A step that lacks something that may be waived."""
    found = guided(scene)
    Phase.objects.filter(exercise=found, order=1).update(state=PhaseState.DONE)
    Phase.objects.filter(exercise=found, order=2).update(state=PhaseState.CURRENT)
    sent = {"requisite": ABSENT.key, "reason": "No hubo sala"}
    return in_exercise(found, sent, order=2)


@example(f"{WORK}metodo/")
def method(scene: Scene) -> Example:
    """An exercise for which there is another method."""
    found = guided(scene)
    guide(scene, "guia-dos")
    return in_exercise(found, {"phase": "guia-dos:1", "agreement": "Acuerdo 1"})


@example(f"{WORK}entrega/")
def handing_over(scene: Scene) -> Example:
    """An exercise that another institution can receive."""
    found = guided(scene)
    Organization.objects.create(
        key="heredera", kind=OrganizationKind.GUARANTOR, name="Heredera", jurisdiction=scene.land.state
    )
    return in_exercise(found, {"successor": "heredera", "on": TODAY})


@example(f"{WORK}cierre/")
def closing(scene: Scene) -> Example:
    """A closed exercise, to be archived."""
    found = guided(scene)
    Exercise.objects.filter(pk=found.pk).update(state=ExerciseState.CLOSED)
    return in_exercise(found, {"archive": "1"})


@example(f"{WORK}declaracion/")
@example(f"{WORK}declaracion/archivo")
@example(f"{WORK}declaracion/<slug:name>/")
@example(f"{WORK}declaracion/firmantes/<int:order>/quitar/")
def draft(scene: Scene) -> Example:
    """A declaration in preparation: one of its steps, and a signatory."""
    return in_exercise(in_preparation(scene), {"text": "Declaramos."}, name="texto", order=1)
