"""The plan and the chapters of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise, SourceDocument
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints
from tequio.plans.enums import ChapterKind, PlanKind, PlanState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    """Plans, by who may see them."""

    def published(self) -> ActionPlanQuerySet:
        """Keep published plans of exercises that are no draft."""
        return self.filter(state=PlanState.PUBLISHED).exclude(exercise__state=ExerciseState.DRAFT)

    def visible_to(self, viewer: User | AnonymousUser | None) -> ActionPlanQuerySet:
        """Keep what a viewer may see: everyone sees the published, staff see all."""
        return self if viewer is not None and viewer.is_staff else self.published()


class ActionPlan(StatedPeriod):
    """The action plan (PAL or PAM) of an exercise; its period is the term its document declares, if it does.

    One that is being written here has no document yet.
    """

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="plan", verbose_name="ejercicio")
    document = models.ForeignKey(
        SourceDocument,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="documento",
    )
    kind = models.CharField("tipo", max_length=3, choices=PlanKind)
    code = models.CharField("código", max_length=20, unique=True)
    title = models.CharField("título", max_length=200)
    subtitle = models.CharField("subtítulo", max_length=300, blank=True)
    state = models.CharField("estado", max_length=9, choices=PlanState, default=PlanState.DRAFT)
    cut_on = models.DateField("fecha de corte", null=True, blank=True)
    next_cut_on = models.DateField("siguiente corte", null=True, blank=True)
    update_frequency_months = models.PositiveSmallIntegerField("meses entre cortes", null=True, blank=True)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan de acción"
        verbose_name_plural = "planes de acción"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_cut_on__isnull=True) | Q(cut_on__isnull=False),
                name="plan_next_cut_follows_a_cut",
            ),
            *period_constraints("plan"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the plan's page."""
        return reverse("site:plan", args=[self.exercise.slug])


class Chapter(models.Model):
    """A chapter of the plan's document: its heading, its page in the index, and its own text, quoted by blocks."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="chapters")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("qué capítulo es", max_length=12, choices=ChapterKind)
    title = models.CharField("título, como dice el documento", max_length=300)
    index_title = models.CharField("título en el índice", max_length=300, blank=True)
    index_page = models.PositiveSmallIntegerField("página en el índice", null=True, blank=True)
    depth = models.PositiveSmallIntegerField("nivel", default=1)
    blocks = models.JSONField("texto, por bloques", default=list, blank=True)

    class Meta:
        verbose_name = "capítulo"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="chapter_order_once")]

    def __str__(self) -> str:
        return self.title
