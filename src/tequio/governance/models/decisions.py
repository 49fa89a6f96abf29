"""What a body decides: proposals, the position of each seat, and the agreements that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.exercises.models import Exercise
from tequio.governance.enums import AgreementStatus, Choice, DecisionWay, Outcome
from tequio.governance.models.bodies import Body, Seat, SeatTerm
from tequio.governance.models.sessions import Session

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class Proposal(models.Model):
    """A text put to the decision of a session, and what became of it; one refused for lack of quorum stays.

    `seats`, `present` and `needed` are the quorum at the instant that decided. `version` grows with each change of
    the text, which sets its positions aside. At most one of the last three says what its adoption puts in force.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="proposals")
    order = models.PositiveSmallIntegerField("orden")
    text = models.TextField("texto", max_length=4000)
    version = models.PositiveSmallIntegerField("versión del texto", default=1)
    way = models.CharField("cómo se decide", max_length=9, choices=DecisionWay)
    owner = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="responsable"
    )
    due_on = models.DateField("fecha límite", null=True, blank=True)
    put_at = models.DateTimeField("se sometió")
    decided_at = models.DateTimeField("se resolvió", null=True, blank=True)
    outcome = models.CharField("resultado", max_length=9, choices=Outcome, default=Outcome.OPEN)
    reason = models.CharField("por qué", max_length=500, blank=True)
    seats = models.PositiveSmallIntegerField("asientos con voto", default=0)
    present = models.PositiveSmallIntegerField("asientos presentes", default=0)
    needed = models.PositiveSmallIntegerField("asientos que pedía el quórum", default=0)
    minutes = models.ForeignKey(
        "Minutes", on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="acta"
    )
    mechanism = models.ForeignKey(
        "Mechanism",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="mecanismo de gobernanza",
    )
    programme = models.ForeignKey(
        "Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="agenda"
    )

    class Meta:
        verbose_name = "propuesta de acuerdo"
        verbose_name_plural = "propuestas de acuerdo"
        ordering = ["session", "order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "order"], name="proposal_order_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(outcome=Outcome.OPEN), name="proposal_open_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, decided_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(decided_at__isnull=False)),
                name="proposal_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def body(self) -> Body:
        """The body that decides."""
        return self.session.body

    @property
    def exercise(self) -> Exercise:
        """The exercise of the body that decides."""
        return self.session.body.exercise


class Position(models.Model):
    """What a seat says of a proposal, by whom of its two holders was acting; public, with its reason.

    `is_spoken` marks what somebody without an account said aloud and whoever conducted wrote down.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="positions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="positions")
    choice = models.CharField("posición", max_length=12, choices=Choice)
    reason = models.CharField("razón", max_length=1000, blank=True)
    is_spoken = models.BooleanField("de viva voz", default=False)
    taken_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "posición de un asiento"
        verbose_name_plural = "posiciones de los asientos"
        ordering = ["proposal", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "seat"], name="position_once_per_seat"),
            models.CheckConstraint(
                condition=~Q(choice=Choice.BLOCK) | ~Q(reason=""), name="position_that_blocks_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_choice_display()}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> AgreementQuerySet:
        """Keep those of the exercises that a viewer may see."""
        return self.filter(body__exercise__in=Exercise.objects.visible_to(viewer))


class Agreement(models.Model):
    """An agreement of a body, numbered in its year, with who answers for it, by when, and whether it is done."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="agreements")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="agreement")
    year = models.PositiveSmallIntegerField("año")
    number = models.PositiveSmallIntegerField("número")
    adopted_at = models.DateTimeField("aprobado")
    status = models.CharField("cumplimiento", max_length=9, choices=AgreementStatus, default=AgreementStatus.PENDING)
    how_done = models.TextField("cómo se cumplió", blank=True)
    proof_url = models.URLField("prueba", max_length=500, blank=True)
    cancelled_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cancels",
        verbose_name="acuerdo que lo cancela",
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "acuerdo"
        ordering = ["body", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="agreement_number_once_per_year"),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.CANCELLED) | Q(cancelled_by__isnull=False),
                name="agreement_cancelled_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Acuerdo {self.body.short_name} {self.number}/{self.year}"

    def get_absolute_url(self) -> str:
        """Return the agreement's page."""
        return reverse("governance:agreement", args=[self.exercise.slug, self.code])

    @property
    def exercise(self) -> Exercise:
        """The exercise of the agreement's body."""
        return self.body.exercise

    @property
    def code(self) -> str:
        """How its address names it: body, year and number."""
        return f"{self.body.word}-{self.year}-{self.number}"

    @property
    def reference(self) -> str:
        """What the ledger calls it, within its model."""
        return f"{self.exercise.slug}/{self.code}"
