"""By which method a place works, which others it may adopt, and what a phase still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F

from tequio.accounts.enums import Sector
from tequio.exercises.models import Method
from tequio.kernel.along import read_along
from tequio.kernel.duties import one_reading
from tequio.kernel.requisites import Requisite, requisite

if TYPE_CHECKING:
    from datetime import date

    from tequio.accounts.models import Jurisdiction
    from tequio.exercises.models import Exercise, Phase

DECLARATION: Final = "declaracion-firmada"
ELECTING_SECTORS: Final = (Sector.GUARANTOR, Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY)
"""The three that sign and that make up a secretariat (Guía, definition II and «¿Cómo se integra?»)."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a phase asks for: what is missing in a sentence (empty once it is there), or why it went without."""

    requisite: Requisite
    missing: str
    address: str
    waived: str

    @property
    def blocks(self) -> bool:
        """Say whether the phase cannot be done for the lack of it."""
        return bool(self.missing and not self.waived)


def method_in_force(place: Jurisdiction, day: date) -> Method | None:
    """Return the method by which a place works on a day: the latest of those in force, or none."""
    methods = Method.objects.for_place(place).in_force(day)
    return methods.order_by(F("valid_from").desc(nulls_last=True)).first()


def needs_of(phase: Phase, day: date) -> list[Need]:
    """Return what a phase asks for, with what is missing on a day; keys that no room decides are left out."""
    if phase.origin is None:
        return []
    waived = {waiver.requisite: waiver.reason for waiver in phase.waivers.all()}
    asked = [found for key in phase.origin.requisites if (found := requisite(key))]
    with one_reading():
        return [
            Need(
                requisite=each,
                missing=each.check(phase.exercise, day) or "",
                address=each.address(phase.exercise) if each.address else "",
                waived=waived.get(each.key, ""),
            )
            for each in asked
        ]


def standing_phases(exercise: Exercise) -> list[Phase]:
    """Return the phases of the method that an exercise follows, in order, ready to tell what each needs."""
    phases = read_along(exercise.phases.standing(), "origin__method", "waivers")
    for phase in phases:
        phase.exercise = exercise
    return phases


def methods_to_adopt(exercise: Exercise, day: date) -> list[Method]:
    """Return the methods that hold in an exercise's place and that it does not follow, with their phases."""
    followed = exercise.phases.standing().filter(origin__isnull=False).values("origin__method")
    methods = Method.objects.for_place(exercise.jurisdiction).in_force(day).exclude(pk__in=followed)
    return list(methods.prefetch_related("phases"))
