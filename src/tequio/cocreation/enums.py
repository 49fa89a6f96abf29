"""The words of diagnosis and co-creation."""

from django.db import models


class NodeKind(models.TextChoices):
    """What a node of a problem tree is (Metodología, fase 2)."""

    PROBLEM = "problem", "Problema central"
    CAUSE = "cause", "Causa"
    EFFECT = "effect", "Efecto"
