"""Where each activity and commitment stands: derived by published rules, kept by the verbs, typed by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tequio.exercises.enums import ExerciseState
from tequio.monitoring.enums import ActivityState, Completion, Verdict
from tequio.plans.enums import ActivityLevel, PlanState
from tequio.plans.models import Activity, Commitment

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class ActivityStanding(models.Model):
    """Where an activity stands: its derived state and the latest word of each voice."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    state = models.CharField("estado", max_length=13, choices=ActivityState)
    is_blank = models.BooleanField("el documento no dice cuál es la actividad")
    reported_on = models.DateField("último reporte", null=True, blank=True)
    evidence_count = models.PositiveIntegerField("evidencias", default=0)
    last_evidence_on = models.DateField("última evidencia", null=True, blank=True)
    civil_society = models.CharField("juicio de la sociedad civil", max_length=9, choices=Verdict, blank=True)
    committee = models.CharField("juicio del comité", max_length=9, choices=Verdict, blank=True)

    class Meta:
        verbose_name = "situación de la actividad"
        verbose_name_plural = "situaciones de las actividades"
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence_count=0, last_evidence_on__isnull=True)
                | Q(evidence_count__gt=0, last_evidence_on__isnull=False),
                name="activity_standing_evidence_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.get_state_display()}"


class CommitmentStandingQuerySet(models.QuerySet["CommitmentStanding"]):
    """Standings, by who may see them and by lateness."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> CommitmentStandingQuerySet:
        """Keep what a viewer may see: those of published plans, or all for staff."""
        if viewer is not None and viewer.is_staff:
            return self
        return self.filter(commitment__plan__state=PlanState.PUBLISHED).exclude(
            commitment__plan__exercise__state=ExerciseState.DRAFT
        )

    def late_on(self, day: date) -> CommitmentStandingQuerySet:
        """Keep those of running exercises with something overdue on a day."""
        return self.filter(commitment__plan__exercise__state=ExerciseState.OPEN, next_due_on__lt=day)

    def in_reading_order(self) -> CommitmentStandingQuerySet:
        """Order them as every list does: the newest exercise first, and in it by number."""
        exercise = "commitment__plan__exercise"
        return self.order_by(f"-{exercise}__first_year", f"{exercise}__slug", "commitment__number")


class CommitmentStanding(models.Model):
    """Where a commitment stands, counted on one level of its activities, which is named.

    `total` counts the activities of that level that the document fills in; `blank` those it leaves as a template.
    `next_due_on` is the earliest end of an activity that is neither reported done nor cancelled.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    completion = models.CharField("avance", max_length=11, choices=Completion)
    level = models.CharField("qué actividades se cuentan", max_length=10, choices=ActivityLevel)
    total = models.PositiveIntegerField("actividades")
    blank = models.PositiveIntegerField("actividades sin llenar")
    reported = models.PositiveIntegerField("reportadas")
    reported_done = models.PositiveIntegerField("reportadas terminadas")
    with_evidence = models.PositiveIntegerField("con evidencia")
    validated = models.PositiveIntegerField("validadas")
    objected = models.PositiveIntegerField("objetadas")
    evidence_count = models.PositiveIntegerField("evidencias")
    last_evidence_on = models.DateField("última evidencia", null=True, blank=True)
    last_report_on = models.DateField("último reporte", null=True, blank=True)
    next_due_on = models.DateField("siguiente vencimiento", null=True, blank=True)

    objects = CommitmentStandingQuerySet.as_manager()

    class Meta:
        verbose_name = "situación del compromiso"
        verbose_name_plural = "situaciones de los compromisos"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    reported__lte=F("total"),
                    reported_done__lte=F("reported"),
                    with_evidence__lte=F("total"),
                    validated__lte=F("total"),
                ),
                name="commitment_standing_counts_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.get_completion_display()}"
