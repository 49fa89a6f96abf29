"""What a plan's document leaves out or contradicts."""

from __future__ import annotations

from django.db import models

from tequio.plans.enums import FindingKind
from tequio.plans.models.commitments import Commitment
from tequio.plans.models.plan import ActionPlan


class Finding(models.Model):
    """A gap or contradiction in a plan's document, with its place; kept by the verb that checks, never typed."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="findings")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="findings")
    order = models.PositiveSmallIntegerField("orden")
    rule = models.SlugField("regla", max_length=60)
    kind = models.CharField("qué pasa", max_length=17, choices=FindingKind)
    activity_code = models.CharField("actividad", max_length=40, blank=True)
    place = models.CharField("lugar en el documento", max_length=300)
    says = models.TextField("lo que dice", blank=True)
    problem = models.TextField("qué se encontró")
    against = models.TextField("contra qué", blank=True)

    class Meta:
        verbose_name = "inconsistencia"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="finding_order_once")]

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"
