"""Lists of terms that other institutions keep (goals, axes, codes), each term with its dates and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from datetime import date


class ConceptScheme(models.Model):
    """A published list of terms, as the Sustainable Development Goals or the axes of a development plan."""

    key = models.SlugField("clave", max_length=60, unique=True)
    name = models.CharField("nombre", max_length=300)
    publisher = models.CharField("quién la publica", max_length=300, blank=True)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "lista de conceptos"
        verbose_name_plural = "listas de conceptos"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Concepts, by list and by date."""

    def of(self, scheme: str) -> ConceptQuerySet:
        """Keep those of one list."""
        return self.filter(scheme__key=scheme)

    def in_force(self, day: date) -> ConceptQuerySet:
        """Keep those in force on a day; no date means no limit."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Concept(models.Model):
    """One term of a list: its code and name there, while it is in force."""

    scheme = models.ForeignKey(ConceptScheme, on_delete=models.PROTECT, related_name="concepts", verbose_name="lista")
    code = models.CharField("código", max_length=60)
    name = models.CharField("nombre", max_length=300)
    definition = models.TextField("definición", blank=True)
    kind = models.CharField("tipo", max_length=60, blank=True)
    order = models.PositiveIntegerField("orden", default=0)
    valid_from = models.DateField("vigente desde", null=True, blank=True)
    valid_to = models.DateField("vigente hasta", null=True, blank=True)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concepto"
        ordering = ["scheme", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="concept_code_once_per_scheme"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="concept_validity_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
