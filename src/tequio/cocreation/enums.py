"""The words of diagnosis and co-creation."""

from typing import Final

from django.db import models

from tequio.kernel.topics import topic


class NodeKind(models.TextChoices):
    """What a node of a problem tree is (Metodología, fase 2)."""

    PROBLEM = "problem", "Problema central"
    CAUSE = "cause", "Causa"
    EFFECT = "effect", "Efecto"


EDIT_TREE: Final = "cocreation.edit_tree"
"""Writing a problem tree: whoever runs its exercise, and whoever holds a seat of its secretariat."""
CONDUCT_TREE: Final = "cocreation.conduct_tree"
"""Sending a tree to review, inviting experts, making it final: whoever runs the exercise or facilitates."""
REVIEW_TREE: Final = "cocreation.review_tree"
"""Commenting on a tree: the experts who accepted the invitation to its review."""
TREES: Final = topic(
    "trees", "Árboles de problemas", "Los árboles que revisas y los comentarios que esperan respuesta."
)


class TreeState(models.TextChoices):
    """Where a problem tree stands (Metodología, fase 2); one that only a document tells never moves."""

    TOLD = "told", "Consta en un documento"
    PRELIMINARY = "preliminary", "Preliminar"
    IN_REVIEW = "in_review", "En revisión de personas expertas"
    FINAL = "final", "Final"


class TreeAct(models.TextChoices):
    """What somebody did to a tree, as its history says it."""

    ADD = "add", "Agregó"
    WRITE = "write", "Cambió el texto"
    MOVE = "move", "Movió"
    REMOVE = "remove", "Quitó"
    RESTORE = "restore", "Restauró"
    IMPORT = "import", "Importó una lista"
    UNDO = "undo", "Deshizo"


class CommentState(models.TextChoices):
    """What became of an expert's comment (design, page 6)."""

    OPEN = "open", "Abierta"
    ATTENDED = "attended", "Atendida"
    NOT_APPLICABLE = "not_applicable", "No procede"
