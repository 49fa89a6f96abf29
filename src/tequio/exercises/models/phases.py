"""The methods in force (route, methodology, guide) with their phases, and the phases of each exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tequio.accounts.enums import JurisdictionKind
from tequio.accounts.models import Jurisdiction
from tequio.exercises.enums import MethodKind, PhaseState
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints

if TYPE_CHECKING:
    from datetime import date


class MethodQuerySet(models.QuerySet["Method"]):
    """Methods, by place and day."""

    def for_place(self, place: Jurisdiction) -> MethodQuerySet:
        """Keep those by which a place works: its state's, for its order of government."""
        return self.filter(state=place.parent_id or place.pk, applies_to=place.kind)

    def in_force(self, day: date) -> MethodQuerySet:
        """Keep those that hold on a day; one without a first day holds since before anybody wrote it down."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class Method(models.Model):
    """A route, methodology or guide by which exercises of a state or of its municipalities work, while it is in force.

    A later one replaces it and erases nothing (EX-13): an exercise keeps the phases it had.
    """

    key = models.SlugField("clave", max_length=60, unique=True)
    kind = models.CharField("tipo", max_length=11, choices=MethodKind)
    name = models.CharField("nombre", max_length=300)
    state = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="methods", verbose_name="estado")
    applies_to = models.CharField("rige a", max_length=12, choices=JurisdictionKind)
    approved_by = models.CharField("aprobado por", max_length=300, blank=True)
    valid_from = models.DateField("rige desde", null=True, blank=True)
    valid_to = models.DateField("rige hasta", null=True, blank=True)
    url = models.URLField("publicado en", max_length=500, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = "método"
        ordering = ["applies_to", F("valid_from").asc(nulls_first=True), "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="method_validity_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MethodPhase(models.Model):
    """A phase as the method describes it, and the keys of what it needs before it is done (`kernel.requisites`)."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField("orden")
    name = models.CharField("nombre", max_length=200)
    objective = models.TextField("objetivo", blank=True)
    product = models.TextField("producto esperado", blank=True)
    when = models.CharField("cuándo, como dice el documento", max_length=300, blank=True)
    people = models.TextField("personas involucradas", blank=True)
    activities = models.TextField("actividades", blank=True)
    requisites = models.JSONField("lo que pide", default=list, blank=True)
    source = models.CharField("fuente", max_length=300, blank=True)

    class Meta:
        verbose_name = "fase de un método"
        verbose_name_plural = "fases de un método"
        ordering = ["method", "order"]
        constraints = [models.UniqueConstraint(fields=["method", "order"], name="method_phase_order_once")]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Phases, by method."""

    def standing(self) -> PhaseQuerySet:
        """Keep those of the method that the exercise follows now."""
        return self.filter(replaced_on__isnull=True)


class Phase(StatedPeriod):
    """One phase of an exercise, answering the methodology's five questions: why, what, when, who, how.

    `origin` is the method's own phase; none where a document tells the exercise's past. One that another method
    replaced stays, with the day.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField("orden")
    name = models.CharField("nombre", max_length=200)
    objective = models.TextField("objetivo", blank=True)
    product = models.TextField("producto esperado", blank=True)
    people = models.TextField("personas involucradas", blank=True)
    activities = models.TextField("actividades", blank=True)
    state = models.CharField("estado", max_length=7, choices=PhaseState, default=PhaseState.UNKNOWN)
    source = models.CharField("fuente", max_length=300, blank=True)
    origin = models.ForeignKey(
        MethodPhase, on_delete=models.PROTECT, null=True, blank=True, related_name="phases", verbose_name="del método"
    )
    replaced_on = models.DateField("sustituida por otro método", null=True, blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = "fase"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "order"], condition=Q(replaced_on__isnull=True), name="phase_standing_order_once"
            ),
            models.UniqueConstraint(
                fields=["exercise"],
                condition=Q(replaced_on__isnull=True, origin__isnull=False, state=PhaseState.CURRENT),
                name="phase_one_current",
            ),
            *period_constraints("phase"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"

    @property
    def code(self) -> str:
        """The phase's public reference: its exercise, its method and its order."""
        return "/".join([self.exercise.slug, *([self.origin.method.key] if self.origin else []), str(self.order)])

    def is_late_on(self, day: date) -> bool:
        """Say whether its last planned day is past and it is not done."""
        return self.ends_on is not None and self.ends_on < day and self.state != PhaseState.DONE


class Waiver(models.Model):
    """What a phase was done without, and the published reason (the Guía's steps are goals, not a wall)."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="waivers")
    requisite = models.SlugField("lo que se dispensa", max_length=60)
    reason = models.CharField("motivo, que se publica", max_length=500)
    waived_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "dispensa"
        ordering = ["phase", "pk"]
        constraints = [models.UniqueConstraint(fields=["phase", "requisite"], name="waiver_once_per_requisite")]

    def __str__(self) -> str:
        return f"{self.phase}: {self.requisite}"
