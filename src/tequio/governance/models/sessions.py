"""The sessions and meetings of collegiate bodies."""

from __future__ import annotations

from django.db import models

from tequio.exercises.models import Exercise, SourceDocument
from tequio.governance.enums import SessionKind
from tequio.governance.models.bodies import Body
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints


class Session(StatedPeriod):
    """A session or meeting of a body that a document names; `how_many` where it tells only their number."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="sessions")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("tipo", max_length=13, choices=SessionKind)
    name = models.CharField("nombre", max_length=200)
    how_many = models.PositiveSmallIntegerField("cuántas", default=1)
    summary = models.TextField("qué pasó", blank=True)
    minutes = models.ForeignKey(
        SourceDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="acta",
    )
    source = models.CharField("fuente", max_length=300, blank=True)

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["body", "order"]
        constraints = [
            models.UniqueConstraint(fields=["body", "order"], name="session_order_once"),
            *period_constraints("session"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def exercise(self) -> Exercise:
        """The exercise of the session's body."""
        return self.body.exercise
