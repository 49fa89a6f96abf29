"""The exercise itself and its guarantor over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Jurisdiction, Organization
from tequio.accounts.queries import held_roles
from tequio.exercises.enums import ExerciseState
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    """Exercises, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> ExerciseQuerySet:
        """Keep what a viewer may see: everyone what is no draft; staff, and those who run a place, its drafts too."""
        if viewer is not None and viewer.is_staff:
            return self
        return self.filter(~Q(state=ExerciseState.DRAFT) | run_by(viewer))

    def run_by(self, viewer: User | AnonymousUser | None) -> ExerciseQuerySet:
        """Keep those that a viewer runs: as the guarantor's staff or as the municipality's liaison."""
        return self.filter(run_by(viewer))


def run_by(viewer: User | AnonymousUser | None) -> Q:
    """Return the condition under which a viewer runs an exercise."""
    runs = Q(pk__in=[])
    for role in held_roles(viewer, today()) if viewer is not None else ():
        if role.kind == RoleKind.MUNICIPAL_LIAISON:
            runs |= Q(jurisdiction=role.jurisdiction_id, archived_on__isnull=True)
        elif role.kind == RoleKind.GUARANTOR_STAFF:
            terms = GuarantorTerm.objects.held_on(today(), role.organization_id)
            runs |= Q(pk__in=terms.values("exercise"))
    return runs


class Exercise(models.Model):
    """An open-government exercise of a state or municipality: from its declaration to the end of its plan."""

    slug = models.SlugField("en la dirección", max_length=80, unique=True)
    name = models.CharField("nombre", max_length=200)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="exercises", verbose_name="lugar"
    )
    first_year = models.PositiveSmallIntegerField("primer año")
    last_year = models.PositiveSmallIntegerField("último año")
    state = models.CharField("estado", max_length=6, choices=ExerciseState, default=ExerciseState.DRAFT)
    summary = models.TextField("en pocas palabras", blank=True)
    archived_on = models.DateField("archivado", null=True, blank=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = "ejercicio"
        ordering = ["-first_year", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="exercise_years_forward"),
            models.CheckConstraint(
                condition=Q(archived_on__isnull=True) | Q(state=ExerciseState.CLOSED),
                name="exercise_archived_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the exercise's page."""
        return reverse("site:exercise", args=[self.slug])


class GuarantorTermQuerySet(models.QuerySet["GuarantorTerm"]):
    """Terms, by day and institution."""

    def held_on(self, day: date, organization: int | None) -> GuarantorTermQuerySet:
        """Keep those by which an institution answers on a day."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gt=day), organization=organization)


class GuarantorTerm(models.Model):
    """Which guarantor institution answers for an exercise, and since when: it may change on a date."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="guarantor_terms")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="guarantor_terms")
    starts_on = models.DateField("desde", null=True, blank=True)
    ends_on = models.DateField("hasta", null=True, blank=True)

    objects = GuarantorTermQuerySet.as_manager()

    class Meta:
        verbose_name = "periodo del órgano garante"
        verbose_name_plural = "periodos del órgano garante"
        ordering = ["exercise", F("starts_on").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise"], condition=Q(ends_on__isnull=True), name="guarantor_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="guarantor_term_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.exercise}"

    def holds_on(self, day: date) -> bool:
        """Say whether this institution answered for the exercise on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)
