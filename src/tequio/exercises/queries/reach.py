"""What a person may open, work on and hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tequio.accounts.enums import OrganizationKind, RoleKind
from tequio.accounts.models import Jurisdiction, Organization
from tequio.accounts.queries import held_roles
from tequio.exercises.models import Exercise, GuarantorTerm
from tequio.kernel.along import read_along

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from tequio.accounts.models import User


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
    seen = read_along(Exercise.objects.visible_to(viewer).filter(slug=slug), "jurisdiction__parent", "guarantor_terms")
    return next((exercise for exercise in seen if viewer.has_perm(permission, exercise)), None)
