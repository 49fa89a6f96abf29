"""By which method a place works, what a phase still lacks, and what a person may open, adopt or hand over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from tequio.accounts.enums import OrganizationKind, RoleKind, Sector
from tequio.accounts.models import Jurisdiction, Organization
from tequio.accounts.queries import held_roles
from tequio.exercises.models import Exercise, GuarantorTerm, Method
from tequio.kernel.requisites import Requisite, requisite

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.exercises.models import Phase

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


def needs_of(phase: Phase) -> list[Need]:
    """Return what a phase asks for by its method, each with what is missing; keys that no room decides are left out."""
    if phase.origin is None:
        return []
    waived = {waiver.requisite: waiver.reason for waiver in phase.waivers.all()}
    asked = [found for key in phase.origin.requisites if (found := requisite(key))]
    return [
        Need(
            requisite=each,
            missing=each.check(phase.exercise) or "",
            address=each.address(phase.exercise) if each.address else "",
            waived=waived.get(each.key, ""),
        )
        for each in asked
    ]


def standing_phases(exercise: Exercise) -> list[Phase]:
    """Return the phases of the method that an exercise follows, in order, ready to tell what each needs."""
    phases = list(exercise.phases.standing().select_related("origin__method").prefetch_related("waivers"))
    for phase in phases:
        phase.exercise = exercise
    return phases


def places_to_open(viewer: User | AnonymousUser, day: date) -> QuerySet[Jurisdiction]:
    """Return the places in which a person may open an exercise: a liaison's town, a guarantor's state and towns."""
    within = Q(pk__in=[])
    for role in held_roles(viewer, day):
        if role.kind == RoleKind.MUNICIPAL_LIAISON:
            within |= Q(pk=role.jurisdiction_id)
        elif role.kind == RoleKind.GUARANTOR_STAFF and role.organization:
            state = role.organization.jurisdiction_id
            within |= Q(pk=state) | Q(parent=state)
    return Jurisdiction.objects.in_force(day).filter(within).order_by("kind", "name")


def methods_to_adopt(exercise: Exercise, day: date) -> list[Method]:
    """Return the methods that hold in an exercise's place and that it does not follow, with their phases."""
    followed = exercise.phases.standing().filter(origin__isnull=False).values("origin__method")
    methods = Method.objects.for_place(exercise.jurisdiction).in_force(day).exclude(pk__in=followed)
    return list(methods.prefetch_related("phases"))


def other_guarantors(exercise: Exercise, day: date) -> QuerySet[Organization]:
    """Return the guarantors of the exercise's state that do not answer for it now, in force or to come."""
    place = exercise.jurisdiction
    now = exercise.guarantor_terms.filter(ends_on__isnull=True).values("organization")
    guarantors = Organization.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        kind=OrganizationKind.GUARANTOR,
        jurisdiction=place.parent_id or place.pk,
    )
    return guarantors.exclude(pk__in=now)


def accompanied_exercises(viewer: User | AnonymousUser, day: date) -> QuerySet[Exercise]:
    """Return the exercises not archived for which the institutions where a person works answer on a day."""
    employers = [role.organization_id for role in held_roles(viewer, day) if role.kind == RoleKind.GUARANTOR_STAFF]
    terms = GuarantorTerm.objects.filter(organization__in=employers, ends_on__isnull=True)
    return Exercise.objects.filter(pk__in=terms.values("exercise"), archived_on__isnull=True)


def workable_exercise(viewer: User | AnonymousUser, slug: str, permission: str) -> Exercise | None:
    """Return an exercise on which a person has a permission, or None, as if there were none."""
    seen = Exercise.objects.visible_to(viewer).select_related("jurisdiction__parent").filter(slug=slug).first()
    return seen if seen is not None and viewer.has_perm(permission, seen) else None
