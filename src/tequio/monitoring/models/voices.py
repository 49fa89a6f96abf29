"""What was reported of an activity, what proves it, and what others say of the proof: three voices, never merged.

What came from a pack may be replaced by it; what people wrote (`is_from_pack` false, as it is born) keeps its exercise.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.accounts.models import Organization
from tequio.monitoring.enums import ReportedState, Verdict, Voice
from tequio.plans.models import Activity


class ProgressReport(models.Model):
    """What the responsible institution said of an activity on a day; the latest one counts, all are kept."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="progress_reports")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="progress_reports")
    state = models.CharField("estado reportado", max_length=11, choices=ReportedState)
    account = models.TextField("qué hicieron", blank=True)
    reported_on = models.DateField("fecha del reporte")
    is_from_pack = models.BooleanField("vino de un paquete", default=False, db_default=False)

    class Meta:
        verbose_name = "reporte de avance"
        verbose_name_plural = "reportes de avance"
        ordering = ["activity", "reported_on", "id"]
        indexes = [models.Index(fields=["-reported_on", "-id"], name="report_newest")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "reported_on"], name="one_report_per_activity_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.activity.code}: {self.get_state_display()} ({self.reported_on})"


class Evidence(models.Model):
    """A public document or address that shows what an activity did, with its date and origin."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField("título", max_length=300)
    url = models.URLField("publicada en", max_length=500, blank=True)
    sha256 = models.CharField("huella SHA-256", max_length=64, blank=True)
    dated_on = models.DateField("fecha")
    origin = models.CharField("origen", max_length=300)
    licence = models.CharField("licencia", max_length=100, blank=True)
    is_from_pack = models.BooleanField("vino de un paquete", default=False, db_default=False)

    class Meta:
        verbose_name = "evidencia"
        ordering = ["activity", "dated_on", "id"]
        indexes = [models.Index(fields=["-dated_on", "-id"], name="evidence_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | ~Q(sha256=""), name="evidence_can_be_found"),
            models.UniqueConstraint(fields=["activity", "title"], name="evidence_title_once_per_activity"),
        ]

    def __str__(self) -> str:
        return self.title


class Judgement(models.Model):
    """What civil society's counterpart or the committee says of an activity, with its reason when it objects."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="judgements")
    voice = models.CharField("voz", max_length=13, choices=Voice)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements"
    )
    verdict = models.CharField("juicio", max_length=9, choices=Verdict)
    reason = models.TextField("razón", blank=True)
    judged_on = models.DateField("fecha")
    is_from_pack = models.BooleanField("vino de un paquete", default=False, db_default=False)

    class Meta:
        verbose_name = "juicio"
        ordering = ["activity", "judged_on", "id"]
        indexes = [models.Index(fields=["-judged_on", "-id"], name="judgement_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(verdict=Verdict.VALIDATED) | ~Q(reason=""), name="objection_has_reason"),
            models.UniqueConstraint(fields=["activity", "voice", "judged_on"], name="one_judgement_per_voice_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_voice_display()}: {self.get_verdict_display()}"
