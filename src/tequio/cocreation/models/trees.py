"""Problem trees: a central problem with what causes it and what it provokes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models.themes import Theme
from tequio.exercises.models import Exercise


class ProblemTree(models.Model):
    """A problem identification: the central problem, its causes and effects, as published; empty if it was not."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="problem_trees")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="problem_trees")
    key = models.SlugField("clave", max_length=60)
    order = models.PositiveSmallIntegerField("orden")
    title = models.CharField("título, como dice el documento", max_length=300)
    drawing_title = models.CharField("título del árbol dibujado", max_length=300, blank=True)
    drawing_note = models.TextField("qué consta del dibujo", blank=True)
    template_text = models.TextField("texto de la plantilla sin llenar", blank=True)

    class Meta:
        verbose_name = "árbol de problemas"
        verbose_name_plural = "árboles de problemas"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="tree_key_once_per_exercise"),
            models.UniqueConstraint(fields=["exercise", "order"], name="tree_order_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ProblemNode(models.Model):
    """One box of a problem tree."""

    tree = models.ForeignKey(ProblemTree, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField("tipo", max_length=7, choices=NodeKind)
    order = models.PositiveSmallIntegerField("orden")
    text = models.CharField("texto", max_length=500)

    class Meta:
        verbose_name = "nodo"
        ordering = ["tree", "order"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "order"], name="node_order_once"),
            models.UniqueConstraint(
                fields=["tree"], condition=Q(kind=NodeKind.PROBLEM), name="tree_has_one_central_problem"
            ),
        ]

    def __str__(self) -> str:
        return self.text
