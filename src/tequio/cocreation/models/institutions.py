"""Before a table is convened: which institutions could answer for what it agrees, and what was done to have them come.

Metodología, «aprendizaje de la mesa de movilidad»: a table where nobody competent sits ends without a commitment.
Posts are written, never the names of who holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tequio.accounts.models import Organization
from tequio.cocreation.enums import ApproachKind, ApproachOutcome
from tequio.cocreation.models.tables import Table

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


class TableInstitution(models.Model):
    """An institution in the map of a table: one of the directory, or a name that is not in it."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="institutions", verbose_name="mesa")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="del directorio"
    )
    name = models.CharField("institución", max_length=300)
    post = models.CharField("cargo clave", max_length=200, blank=True)
    is_competent = models.BooleanField("es competente", default=True)
    faculty = models.CharField("qué puede decidir", max_length=300, blank=True)

    class Meta:
        verbose_name = "institución en el mapa de una mesa"
        verbose_name_plural = "instituciones en mapas de mesas"
        ordering = ["table", "-is_competent", "name"]
        constraints = [models.UniqueConstraint(fields=["table", "name"], name="institution_once_per_table")]

    def __str__(self) -> str:
        return self.name

    @property
    def exercise(self) -> Exercise:
        """The exercise of its table."""
        return self.table.exercise


class Approach(models.Model):
    """Something that was done so that an institution comes, and what it answered."""

    institution = models.ForeignKey(TableInstitution, on_delete=models.CASCADE, related_name="approaches")
    held_on = models.DateField("día")
    kind = models.CharField("cómo fue", max_length=8, choices=ApproachKind)
    account = models.CharField("qué se dijo", max_length=300)
    outcome = models.CharField("qué respondió", max_length=11, choices=ApproachOutcome)

    class Meta:
        verbose_name = "acercamiento a una institución"
        verbose_name_plural = "acercamientos a instituciones"
        ordering = ["institution", "held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.institution}, {self.get_outcome_display()}"
