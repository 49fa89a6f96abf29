"""The state and its municipalities, and how many people a census found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import JurisdictionKind

if TYPE_CHECKING:
    from datetime import date


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """Places, by kind and date."""

    def municipalities(self) -> JurisdictionQuerySet:
        """Keep municipalities."""
        return self.filter(kind=JurisdictionKind.MUNICIPALITY)

    def in_force(self, day: date) -> JurisdictionQuerySet:
        """Keep those that exist on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Jurisdiction(models.Model):
    """A state or a municipality, with the numbers that the statistics and electoral institutes give it.

    The two municipality numbers differ in most cases, so neither is ever used for the other.
    """

    kind = models.CharField("tipo", max_length=12, choices=JurisdictionKind)
    code = models.CharField("clave geoestadística (INEGI)", max_length=5, unique=True)
    electoral_code = models.CharField("número electoral", max_length=5, blank=True)
    name = models.CharField("nombre", max_length=120)
    slug = models.SlugField("en la dirección", max_length=140, unique=True)
    seat = models.CharField("cabecera", max_length=120, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="estado",
    )
    tile_column = models.PositiveSmallIntegerField("columna en el mapa de cuadros", null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("renglón en el mapa de cuadros", null=True, blank=True)
    valid_from = models.DateField("existe desde", null=True, blank=True)
    valid_to = models.DateField("existe hasta", null=True, blank=True)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = "lugar"
        verbose_name_plural = "lugares"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=JurisdictionKind.STATE) & Q(parent__isnull=True))
                | (Q(kind=JurisdictionKind.MUNICIPALITY) & Q(parent__isnull=False)),
                name="jurisdiction_municipality_in_state",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="jurisdiction_validity_forward",
            ),
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True)
                | Q(tile_column__isnull=False, tile_row__isnull=False),
                name="jurisdiction_tile_paired",
            ),
            models.UniqueConstraint(
                fields=["parent", "electoral_code"],
                condition=~Q(electoral_code=""),
                name="jurisdiction_electoral_code_once",
            ),
            models.UniqueConstraint(
                fields=["parent", "tile_column", "tile_row"],
                condition=Q(tile_column__isnull=False),
                name="jurisdiction_tile_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the place."""
        return reverse("site:municipality", args=[self.slug])


class PopulationCount(models.Model):
    """How many people a census or count found in a place; a fact with a date, never «the» population."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.CASCADE, related_name="population_counts", verbose_name="lugar"
    )
    census = models.CharField("censo o conteo", max_length=120)
    counted_on = models.DateField("fecha del conteo")
    people = models.PositiveIntegerField("personas")
    women = models.PositiveIntegerField("mujeres", null=True, blank=True)
    men = models.PositiveIntegerField("hombres", null=True, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "población contada"
        verbose_name_plural = "poblaciones contadas"
        ordering = ["jurisdiction", "-counted_on"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "counted_on"], name="population_once_per_census"),
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(men__isnull=True) | Q(people=F("women") + F("men")),
                name="population_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.people} ({self.census})"
