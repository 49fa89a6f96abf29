"""The minutes of a session: what its attendants remarked, and the agreement that approved them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from tequio.governance.models.bodies import Body, SeatTerm
from tequio.governance.models.decisions import Agreement
from tequio.governance.models.sessions import Session

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise


class Minutes(models.Model):
    """The minutes of a session that closed: a draft until another session approves them by agreement."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="record")
    drawn_up_at = models.DateTimeField("levantada")
    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="approves", verbose_name="la aprueba"
    )
    approved_at = models.DateTimeField("aprobada", null=True, blank=True)
    sha256 = models.CharField("huella", max_length=64, blank=True)

    class Meta:
        verbose_name = "acta"
        ordering = ["session"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, approved_at__isnull=True, sha256="")
                | (Q(agreement__isnull=False, approved_at__isnull=False) & ~Q(sha256="")),
                name="minutes_approved_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Acta: {self.session}"

    @property
    def body(self) -> Body:
        """The body whose session it was."""
        return self.session.body

    @property
    def exercise(self) -> Exercise:
        """The exercise of the session's body."""
        return self.session.exercise


class Remark(models.Model):
    """What somebody who was there says of the draft of the minutes, by seat, and what was answered."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="remarks")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField("observación", max_length=2000)
    sent_at = models.DateTimeField("enviada")
    answer = models.TextField("respuesta", max_length=2000, blank=True)
    answered_at = models.DateTimeField("respondida", null=True, blank=True)

    class Meta:
        verbose_name = "observación a un acta"
        verbose_name_plural = "observaciones a las actas"
        ordering = ["minutes", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="remark_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text
