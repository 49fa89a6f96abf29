"""Themes that a secretariat approved."""

from __future__ import annotations

from django.db import models

from tequio.exercises.models import Exercise, SourceDocument


class Theme(models.Model):
    """A theme (temática) that a document of the exercise approved, with the reason it gives."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="themes")
    document = models.ForeignKey(SourceDocument, on_delete=models.RESTRICT, related_name="themes")
    key = models.SlugField("clave", max_length=60)
    order = models.PositiveSmallIntegerField("orden")
    name = models.CharField("nombre", max_length=200)
    other_names = models.JSONField("otros nombres en los documentos", default=list, blank=True)
    justification = models.TextField("justificación", blank=True)
    table_place = models.CharField("sede propuesta de su mesa", max_length=200, blank=True)
    table_dates = models.CharField("fecha propuesta de su mesa", max_length=200, blank=True)
    reason_without_commitment = models.TextField("por qué no tiene compromiso", blank=True)

    class Meta:
        verbose_name = "temática"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="theme_key_once_per_exercise"),
            models.UniqueConstraint(fields=["exercise", "order"], name="theme_order_once"),
        ]

    def __str__(self) -> str:
        return self.name
