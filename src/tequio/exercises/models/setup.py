"""What a municipality leaves out when it sets up its exercise, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.exercises.enums import SetupStep
from tequio.exercises.models.exercise import Exercise


class SkippedStep(models.Model):
    """A step of the setting up that a municipality left for later or did elsewhere, with the reason it gave."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="skipped_steps")
    step = models.CharField("paso", max_length=12, choices=SetupStep)
    reason = models.CharField("motivo", max_length=300)
    skipped_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "paso saltado"
        verbose_name_plural = "pasos saltados"
        ordering = ["exercise", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "step"], name="skipped_step_once"),
            models.CheckConstraint(condition=Q(step__in=SetupStep.values), name="skipped_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.reason}"
