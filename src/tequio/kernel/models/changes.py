"""The history of states."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from tequio.kernel.models.immutable import WrittenOnce


class StatusChange(WrittenOnce):
    """One move of a workflow: what moved, from where to where, who did it and when."""

    subject = models.CharField("sobre", max_length=200)
    move = models.CharField("movimiento", max_length=60)
    before = models.CharField("estado anterior", max_length=60)
    after = models.CharField("estado nuevo", max_length=60)
    changed_by = models.CharField("quién", max_length=200)
    changed_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "cambio de estado"
        verbose_name_plural = "cambios de estado"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "id"])]

    def __str__(self) -> str:
        label, _, reference = self.subject.partition(":")
        try:
            table = apps.get_model(label)._meta
        except (LookupError, ValueError):
            return f"{self.subject}: {self.before} → {self.after}"
        told = next((words for field in table.fields if self.after in (words := dict(field.flatchoices))), {})
        steps = [str(told.get(state, state)) for state in (self.before, self.after) if state]
        return f"{str(table.verbose_name).capitalize()} {reference}: {' → '.join(steps)}"
