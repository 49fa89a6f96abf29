"""Calls and registrations of an exercise."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tequio.accounts.enums import Sector
from tequio.accounts.models import Organization
from tequio.exercises.enums import CallKind
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints


class Call(StatedPeriod):
    """A public call (convocatoria): what it invites to and the days it was open."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="calls")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("tipo", max_length=13, choices=CallKind)
    title = models.CharField("título", max_length=300)
    outcome = models.TextField("resultado", blank=True)
    url = models.URLField("publicada en", max_length=500, blank=True)
    source = models.CharField("fuente", max_length=300, blank=True)

    class Meta:
        verbose_name = "convocatoria"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "order"], name="call_order_once"),
            *period_constraints("call"),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """A registered member (miembro inscrito) of an exercise, in its sector.

    Organizations are named; private citizens are counted and shown without a name (docs/decisions/0005). `account`
    is who acts for the member, where it registered here: who votes in its sector.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="registrations")
    order = models.PositiveSmallIntegerField("orden")
    sector = models.CharField("sector", max_length=13, choices=Sector)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    published_name = models.CharField("nombre, como dice el documento", max_length=300, blank=True)
    label = models.CharField("rótulo junto al logotipo", max_length=120, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="cuenta que la representa",
    )

    class Meta:
        verbose_name = "miembro inscrito"
        verbose_name_plural = "miembros inscritos"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "order"], name="registration_order_once"),
            models.CheckConstraint(
                condition=Q(sector=Sector.CITIZENS, organization__isnull=True, published_name="")
                | (~Q(sector=Sector.CITIZENS) & ~Q(published_name="")),
                name="registration_citizens_unnamed",
            ),
            models.UniqueConstraint(
                fields=["exercise", "sector", "account"],
                condition=Q(account__isnull=False),
                name="registration_account_once_per_sector",
            ),
        ]

    def __str__(self) -> str:
        return self.published_name or f"Persona ciudadana {self.order}"
