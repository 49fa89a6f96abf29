"""What anybody writes to a guarantor or to a municipality's secretariat, and what is answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tequio.accounts.enums import LetterStatus
from tequio.accounts.models.organizations import Organization
from tequio.accounts.models.places import Jurisdiction


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, by what became of them."""

    def published(self) -> LetterQuerySet:
        """Keep those whose answer anybody may read, the newest first."""
        return self.filter(status=LetterStatus.PUBLISHED).order_by("-answered_at", "-pk")


class Letter(models.Model):
    """A letter and its answer; what is published was written anew, without the person, and outlives the rest."""

    folio = models.CharField("folio", max_length=14, unique=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="órgano garante",
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="municipio",
    )
    status = models.CharField("estado", max_length=9, choices=LetterStatus, default=LetterStatus.RECEIVED)
    message = models.TextField("mensaje", max_length=2_000, blank=True)
    email = models.EmailField("correo", max_length=254, blank=True)
    token_sha256 = models.CharField("huella de la clave", max_length=64, unique=True)
    written_at = models.DateTimeField("escrita")
    answer = models.TextField("respuesta", max_length=5_000, blank=True)
    answered_at = models.DateTimeField("respondida", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters_answered",
        verbose_name="respondió",
    )
    public_question = models.CharField("pregunta publicada", max_length=500, blank=True)
    public_answer = models.TextField("respuesta publicada", max_length=5_000, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "carta"
        verbose_name_plural = "cartas"
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_known"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, jurisdiction__isnull=False)
                | Q(organization__isnull=False, jurisdiction__isnull=True),
                name="letter_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.RECEIVED) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="letter_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.PUBLISHED) | (~Q(public_question="") & ~Q(public_answer="")),
                name="letter_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def addressee(self) -> str:
        """Return the name of whom it was written to."""
        return str(self.organization or self.jurisdiction)
