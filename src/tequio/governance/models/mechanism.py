"""The rules a body gives itself, and the programme of its year; both are adopted by agreement (Guía, paso 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from tequio.governance.enums import DecisionWay, Majority, QuorumKind, TieRule
from tequio.governance.models.bodies import Body, Seat
from tequio.governance.models.decisions import Agreement

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


class Mechanism(models.Model):
    """A version of a body's governance mechanism: its text, and as data the rules that the product applies.

    The defaults are the provisional rules of a body that has adopted none yet.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mechanisms")
    version = models.PositiveSmallIntegerField("versión")
    text = models.TextField("texto", max_length=40_000)
    quorum = models.CharField("quórum", max_length=14, choices=QuorumKind, default=QuorumKind.MORE_THAN_HALF)
    quorum_number = models.PositiveSmallIntegerField("cuántos asientos", null=True, blank=True)
    every_sector = models.BooleanField("debe haber al menos un asiento de cada sector", default=False)
    way = models.CharField("cómo se decide", max_length=9, choices=DecisionWay, default=DecisionWay.CONSENSUS)
    majority = models.CharField("mayoría", max_length=10, choices=Majority, default=Majority.SIMPLE)
    tie = models.CharField("empate", max_length=12, choices=TieRule, default=TieRule.NOT_ADOPTED)
    casting_seat = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="casting_in",
        verbose_name="asiento con voto de calidad",
    )
    notice_days = models.PositiveSmallIntegerField("días de anticipación de una ordinaria", default=3)
    short_notice_days = models.PositiveSmallIntegerField("días de anticipación de una extraordinaria", default=1)
    written_at = models.DateTimeField("escrito")
    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="adopts", verbose_name="lo adopta"
    )

    class Meta:
        verbose_name = "mecanismo de gobernanza"
        verbose_name_plural = "mecanismos de gobernanza"
        ordering = ["body", "version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="mechanism_version_once"),
            models.CheckConstraint(
                condition=(Q(quorum=QuorumKind.NUMBER, quorum_number__gte=1))
                | (~Q(quorum=QuorumKind.NUMBER) & Q(quorum_number__isnull=True)),
                name="mechanism_quorum_whole",
            ),
            models.CheckConstraint(
                condition=Q(tie=TieRule.CASTING_VOTE, casting_seat__isnull=False)
                | Q(tie=TieRule.NOT_ADOPTED, casting_seat__isnull=True),
                name="mechanism_tie_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Mecanismo de gobernanza, versión {self.version}"

    @property
    def exercise(self) -> Exercise:
        """The exercise of the body."""
        return self.body.exercise


class Programme(models.Model):
    """The yearly agenda of a body, in force once an agreement adopts it; another version replaces it."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="programmes")
    year = models.PositiveSmallIntegerField("año")
    version = models.PositiveSmallIntegerField("versión")
    written_at = models.DateTimeField("escrita")
    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="programme", verbose_name="la adopta"
    )

    class Meta:
        verbose_name = "agenda anual"
        verbose_name_plural = "agendas anuales"
        ordering = ["body", "year", "version"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "version"], name="programme_version_once")]

    def __str__(self) -> str:
        return f"Agenda anual {self.year}"

    @property
    def exercise(self) -> Exercise:
        """The exercise of the body."""
        return self.body.exercise


class ProgrammeItem(models.Model):
    """Something the body means to do, by a day of its year."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("orden")
    day = models.DateField("fecha")
    text = models.CharField("qué", max_length=300)

    class Meta:
        verbose_name = "punto de la agenda anual"
        verbose_name_plural = "puntos de la agenda anual"
        ordering = ["programme", "day", "order"]
        constraints = [models.UniqueConstraint(fields=["programme", "order"], name="programme_item_order_once")]

    def __str__(self) -> str:
        return self.text
