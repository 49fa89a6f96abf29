"""The review of a table's commitment before it enters a plan: who judges each aspect, and each verdict with reasons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.cocreation.enums import Aspect, Judgement
from tequio.cocreation.models.tables import Table
from tequio.kernel.models import WrittenOnce


class ViabilityReview(models.Model):
    """An aspect of a table's commitment, given to an office to judge.

    The office is public; the address only receives the link that opens the review, for which no account is needed.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="viability", verbose_name="mesa")
    aspect = models.CharField("qué se revisa", max_length=9, choices=Aspect)
    office = models.CharField("institución y cargo de quien revisa", max_length=300)
    email = models.EmailField("correo", max_length=254, blank=True)
    asked_at = models.DateTimeField("se pidió")
    due_on = models.DateField("se espera")

    class Meta:
        verbose_name = "revisión de viabilidad"
        verbose_name_plural = "revisiones de viabilidad"
        ordering = ["table", "aspect"]
        constraints = [
            models.UniqueConstraint(fields=["table", "aspect"], name="viability_aspect_once"),
            models.CheckConstraint(condition=~Q(office=""), name="viability_office_named"),
        ]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()}: {self.office}"


class Verdict(WrittenOnce):
    """What an office said of an aspect, and why; a correction is one more verdict, and the last one counts."""

    review = models.ForeignKey(ViabilityReview, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveSmallIntegerField("número")
    judgement = models.CharField("dictamen", max_length=12, choices=Judgement)
    reasons = models.TextField("razones")
    given_on = models.DateField("fecha")

    class Meta:
        verbose_name = "dictamen de viabilidad"
        verbose_name_plural = "dictámenes de viabilidad"
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="verdict_number_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="verdict_with_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.get_judgement_display()} ({self.review})"
