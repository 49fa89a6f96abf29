"""What is done to keep a commitment: key actions, lines of action, activities and who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from tequio.accounts.models import Organization, Person
from tequio.exercises.enums import ExerciseState
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints
from tequio.plans.enums import ActivityLevel, PlanState
from tequio.plans.models.commitments import Commitment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class KeyAction(StatedPeriod):
    """A key action (acción clave) of a commitment; `dates_text` quotes the one cell the form gives its dates."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="key_actions")
    number = models.PositiveSmallIntegerField("número")
    text = models.TextField("acción", blank=True)
    dates_text = models.CharField("fechas de implementación, como dice el documento", max_length=300, blank=True)

    class Meta:
        verbose_name = "acción clave"
        verbose_name_plural = "acciones clave"
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="key_action_number_once"),
            *period_constraints("key_action"),
        ]

    def __str__(self) -> str:
        return f"Acción clave {self.number}"


class ActionLine(models.Model):
    """A line of action (línea de acción) of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField("número")
    text = models.TextField("línea", blank=True)

    class Meta:
        verbose_name = "línea de acción"
        verbose_name_plural = "líneas de acción"
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="line_number_once")]

    def __str__(self) -> str:
        return f"Línea de acción {self.number}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, by level and by who may see them."""

    def of_commitments(self) -> ActivityQuerySet:
        """Keep those of the commitments' dated tables."""
        return self.filter(level=ActivityLevel.COMMITMENT)

    def of_lines(self) -> ActivityQuerySet:
        """Keep those of the lines of action."""
        return self.filter(level=ActivityLevel.LINE)

    def visible_to(self, viewer: User | AnonymousUser | None) -> ActivityQuerySet:
        """Keep what a viewer may see: those of published plans, or all for staff."""
        if viewer is not None and viewer.is_staff:
            return self
        return self.filter(commitment__plan__state=PlanState.PUBLISHED).exclude(
            commitment__plan__exercise__state=ExerciseState.DRAFT
        )


class Activity(StatedPeriod):
    """An activity of a commitment's dated table or of one of its lines; nothing is inherited."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="activities")
    line = models.ForeignKey(ActionLine, on_delete=models.CASCADE, null=True, blank=True, related_name="activities")
    level = models.CharField("lista", max_length=10, choices=ActivityLevel)
    order = models.PositiveSmallIntegerField("orden")
    code = models.CharField("código", max_length=40, unique=True)
    label = models.CharField("numeración, como dice el documento", max_length=10, blank=True)
    title = models.TextField("actividad", blank=True)
    description = models.TextField("descripción u objetivo", blank=True)
    verification = models.TextField("medio de verificación", blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "actividad"
        verbose_name_plural = "actividades"
        ordering = ["commitment", "level", "line__number", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "order"],
                condition=Q(line__isnull=True),
                name="activity_order_once_per_table",
            ),
            models.UniqueConstraint(
                fields=["line", "order"], condition=Q(line__isnull=False), name="activity_order_once_per_line"
            ),
            models.CheckConstraint(
                condition=Q(level=ActivityLevel.COMMITMENT, line__isnull=True)
                | Q(level=ActivityLevel.LINE, line__isnull=False),
                name="activity_level_matches_line",
            ),
            *period_constraints("activity"),
        ]

    def __str__(self) -> str:
        return self.title or f"Actividad {self.code}"


class Responsible(models.Model):
    """Who answers for an activity, or for a commitment as its contact, as the document names them."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="responsibles")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="responsibles")
    order = models.PositiveSmallIntegerField("orden")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    name = models.CharField("nombre, como dice el documento", max_length=200, blank=True)
    post = models.CharField("cargo, como dice el documento", max_length=300, blank=True)
    mail = models.CharField("correo, como dice el documento", max_length=200, blank=True)
    phone = models.CharField("teléfono, como dice el documento", max_length=80, blank=True)

    class Meta:
        verbose_name = "responsable"
        ordering = ["commitment", "activity", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "order"],
                condition=Q(activity__isnull=False),
                name="responsible_order_once",
            ),
            models.UniqueConstraint(
                fields=["commitment", "order"], condition=Q(activity__isnull=True), name="contact_order_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
