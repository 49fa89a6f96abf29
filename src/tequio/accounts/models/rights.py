"""Requests about one's own data (ARCO), how long the law gives to answer, and the days that do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tequio.accounts.enums import RightKind, RightOutcome, RightProof, RightStatus
from tequio.accounts.models.organizations import Organization

if TYPE_CHECKING:
    from datetime import date


class LegalTerm(models.Model):
    """How many working days a law gives for something, while it is in force; no term is written in the code."""

    key = models.SlugField("clave", max_length=60)
    name = models.CharField("nombre", max_length=200)
    working_days = models.PositiveSmallIntegerField("días hábiles")
    valid_from = models.DateField("vigente desde", null=True, blank=True)
    valid_to = models.DateField("vigente hasta", null=True, blank=True)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "plazo"
        verbose_name_plural = "plazos"
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="legalterm_once_per_start"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(valid_from__isnull=True), name="legalterm_once_without_start"
            ),
            models.CheckConstraint(condition=Q(working_days__gte=1), name="legalterm_gives_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="legalterm_validity_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.working_days} días hábiles"

    def is_in_force(self, day: date) -> bool:
        """Tell whether it holds for what begins on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to > day)


class DayOff(models.Model):
    """A day that terms do not count, besides Saturdays and Sundays."""

    day = models.DateField("día", unique=True)
    name = models.CharField("nombre", max_length=200)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "día inhábil"
        verbose_name_plural = "días inhábiles"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class RightsRequest(models.Model):
    """One request; what identifies its person leaves when its time is over, and the count stays."""

    folio = models.CharField("folio", max_length=13, unique=True)
    kind = models.CharField("derecho", max_length=13, choices=RightKind)
    status = models.CharField("estado", max_length=9, choices=RightStatus, default=RightStatus.UNPROVEN)
    proof = models.CharField("cómo se acredita", max_length=9, choices=RightProof)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="rights_requests", verbose_name="órgano garante"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rights_requests",
        verbose_name="cuenta",
    )
    email = models.EmailField("correo", max_length=254, blank=True)
    token_sha256 = models.CharField("huella de la clave", max_length=64, unique=True)
    text = models.TextField("qué pide", max_length=3_000, blank=True)
    asked_at = models.DateTimeField("enviada")
    proven_at = models.DateTimeField("confirmada", null=True, blank=True)
    due_on = models.DateField("límite para responder", null=True, blank=True)
    outcome = models.CharField("resultado", max_length=7, choices=RightOutcome, blank=True)
    answer = models.TextField("respuesta", max_length=5_000, blank=True)
    answered_at = models.DateTimeField("respondida", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rights_answered",
        verbose_name="respondió",
    )

    class Meta:
        verbose_name = "solicitud de derechos"
        verbose_name_plural = "solicitudes de derechos"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RightStatus.values), name="rightsrequest_status_known"),
            models.CheckConstraint(condition=Q(kind__in=RightKind.values), name="rightsrequest_kind_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[RightStatus.RECEIVED, RightStatus.ANSWERED]) | Q(proven_at__isnull=False),
                name="rightsrequest_proven_before_handled",
            ),
            models.CheckConstraint(
                condition=~Q(status=RightStatus.ANSWERED)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
                name="rightsrequest_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(proof=RightProof.MAIL, status=RightStatus.UNPROVEN, email=""),
                name="rightsrequest_mail_to_prove_by_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for its person or for an answer."""
        return self.status in {RightStatus.UNPROVEN, RightStatus.RECEIVED}

    def is_late(self, day: date) -> bool:
        """Tell whether the term passed without an answer."""
        return self.status == RightStatus.RECEIVED and self.due_on is not None and self.due_on < day
