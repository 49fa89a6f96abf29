"""Institutions, organisations and networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tequio.accounts.enums import OrganizationKind
from tequio.accounts.models.places import Jurisdiction

if TYPE_CHECKING:
    from datetime import date


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organizations, by date."""

    def in_force(self, day: date) -> OrganizationQuerySet:
        """Keep those that exist on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Organization(models.Model):
    """A public institution, a civil-society organisation or a network, under its official name, while it exists.

    A body that takes over from another is its `successor`: no institution is named in the code.
    """

    key = models.SlugField("clave", max_length=80, unique=True)
    kind = models.CharField("tipo", max_length=14, choices=OrganizationKind)
    name = models.CharField("nombre oficial", max_length=300)
    acronym = models.CharField("siglas", max_length=30, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name="lugar",
    )
    website = models.URLField("sitio web", max_length=300, blank=True)
    mail_domain = models.CharField("dominio de correo", max_length=120, blank=True)
    accent = models.CharField("color de acento", max_length=7, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="la sucede",
    )
    valid_from = models.DateField("existe desde", null=True, blank=True)
    valid_to = models.DateField("existe hasta", null=True, blank=True)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "organización"
        verbose_name_plural = "organizaciones"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organization_validity_forward",
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="organization_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name
