"""The joint declaration with which an exercise starts: its text, who signs it, and the signed document."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.accounts.enums import Sector
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import Attachment, WrittenOnce


class JointDeclaration(models.Model):
    """The declaration that authorities, civil society and the guarantor sign (Guía, paso 1 and definition II).

    `act_on` is the day planned for the act; `signed_on` the day it was signed, which started the exercise.
    """

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="declaration")
    place = models.CharField("lugar de la firma", max_length=200, blank=True)
    act_on = models.DateField("día previsto para la firma", null=True, blank=True)
    signed_on = models.DateField("firmada", null=True, blank=True)
    document = models.OneToOneField(
        Attachment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="declaration",
        verbose_name="documento firmado",
    )

    class Meta:
        verbose_name = "declaración conjunta"
        verbose_name_plural = "declaraciones conjuntas"
        ordering = ["exercise"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | (Q(document__isnull=False) & ~Q(place="")),
                name="declaration_signed_with_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"Declaración conjunta · {self.exercise}"


class DeclarationText(WrittenOnce):
    """A version of the declaration's text: the last is the one that is signed, and the earlier ones stay."""

    declaration = models.ForeignKey(JointDeclaration, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField("versión")
    text = models.TextField("texto")
    written_at = models.DateTimeField("escrita")

    class Meta:
        verbose_name = "texto de una declaración"
        verbose_name_plural = "textos de declaraciones"
        ordering = ["declaration", "-number"]
        constraints = [models.UniqueConstraint(fields=["declaration", "number"], name="declaration_text_number_once")]

    def __str__(self) -> str:
        return f"{self.declaration}, versión {self.number}"


class Signatory(models.Model):
    """Who signs the declaration for a sector: a public servant by post and name, others by name if they consent."""

    declaration = models.ForeignKey(JointDeclaration, on_delete=models.CASCADE, related_name="signatories")
    order = models.PositiveSmallIntegerField("orden")
    sector = models.CharField("sector", max_length=13, choices=Sector)
    represents = models.CharField("institución u organización", max_length=300)
    name = models.CharField("nombre", max_length=200, blank=True)
    post = models.CharField("cargo", max_length=200, blank=True)
    signed_on = models.DateField("firmó", null=True, blank=True)

    class Meta:
        verbose_name = "firmante"
        ordering = ["declaration", "order"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "order"], name="signatory_order_once"),
            models.UniqueConstraint(fields=["declaration", "sector", "represents"], name="signatory_once"),
        ]

    def __str__(self) -> str:
        return self.represents

    @property
    def exercise(self) -> Exercise:
        """The exercise that the declaration starts."""
        return self.declaration.exercise
