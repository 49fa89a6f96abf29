"""The documents an exercise stands on, and the countable statements that they make."""

from __future__ import annotations

from django.db import models

from tequio.exercises.enums import Counted, DocumentKind
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints


class SourceDocument(StatedPeriod):
    """A public document of an exercise: what it is, its date, where it was published."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="documents")
    key = models.SlugField("clave", max_length=60)
    kind = models.CharField("tipo", max_length=11, choices=DocumentKind)
    title = models.CharField("título", max_length=300)
    approved_by = models.CharField("aprobado por", max_length=300, blank=True)
    url = models.URLField("publicado en", max_length=500, blank=True)
    note = models.TextField("nota", blank=True)
    order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "documento"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="document_key_once_per_exercise"),
            *period_constraints("source_document"),
        ]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """Something a document says that can be compared: a number, a date, a name, an order, with its exact place.

    Statements on one `subject` must agree; those of one document that do not are a contradiction in it, those of
    two documents a contradiction between them. `parts` are addends that must sum to `value`; `counted` names a
    count of the product's own rows (as the registered members) that the value must equal.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="statements")
    document = models.ForeignKey(SourceDocument, on_delete=models.CASCADE, related_name="statements")
    order = models.PositiveSmallIntegerField("orden")
    subject = models.CharField("asunto", max_length=200)
    value = models.CharField("valor", max_length=300)
    parts = models.JSONField("sumandos", default=list, blank=True)
    counted = models.CharField("cuenta propia con que se compara", max_length=16, choices=Counted, blank=True)
    place = models.CharField("lugar en el documento", max_length=200)
    quote = models.TextField("cita")
    note = models.TextField("nota", blank=True)

    class Meta:
        verbose_name = "afirmación comparable"
        verbose_name_plural = "afirmaciones comparables"
        ordering = ["exercise", "order"]
        constraints = [models.UniqueConstraint(fields=["exercise", "order"], name="statement_order_once")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.value}"
