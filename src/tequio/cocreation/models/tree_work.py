"""What people do around a problem tree: each change, the experts invited to its review, and their comments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tequio.cocreation.enums import CommentState, TreeAct
from tequio.cocreation.models.trees import ProblemNode, ProblemTree
from tequio.kernel.models import WrittenOnce


class TreeChange(WrittenOnce):
    """One change of a tree: who, when, and each box as it was and as it was left.

    `touched` lists {node, before, after}, both {kind, text, parent, place, removed} or None for what was not there.
    """

    tree = models.ForeignKey(ProblemTree, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField("número")
    act = models.CharField("qué se hizo", max_length=7, choices=TreeAct)
    node = models.ForeignKey(ProblemNode, on_delete=models.PROTECT, related_name="changes")
    touched = models.JSONField("recuadros, antes y después")
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name="deshace"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="lo hizo"
    )
    changed_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "cambio de un árbol"
        verbose_name_plural = "cambios de un árbol"
        ordering = ["tree", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "number"], name="treechange_number_once"),
            models.CheckConstraint(condition=Q(act__in=TreeAct.values), name="treechange_known_act"),
            models.CheckConstraint(
                condition=Q(act=TreeAct.UNDO, undoes__isnull=False) | (~Q(act=TreeAct.UNDO) & Q(undoes__isnull=True)),
                name="treechange_undo_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.node}"


class TreeReviewer(models.Model):
    """An expert invited to review a tree; the address stays until they accept, the name only if they ask for it."""

    tree = models.ForeignKey(ProblemTree, on_delete=models.CASCADE, related_name="reviewers")
    email = models.EmailField("correo", max_length=254, blank=True)
    invited_at = models.DateTimeField("invitada")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tree_reviews"
    )
    accepted_at = models.DateTimeField("aceptó", null=True, blank=True)
    done_at = models.DateTimeField("terminó su revisión", null=True, blank=True)
    credit = models.CharField("cómo se le nombra", max_length=200, blank=True)

    class Meta:
        verbose_name = "persona que revisa un árbol"
        verbose_name_plural = "personas que revisan un árbol"
        ordering = ["tree", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tree", "account"], name="treereviewer_once"),
            models.UniqueConstraint(fields=["tree", "email"], condition=~Q(email=""), name="treereviewer_invited_once"),
            models.CheckConstraint(
                condition=Q(account__isnull=True, accepted_at__isnull=True, done_at__isnull=True, credit="")
                | Q(account__isnull=False, accepted_at__isnull=False, email=""),
                name="treereviewer_accepted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.credit or "Persona experta"


class TreeComment(models.Model):
    """What an expert says of a box, or of the whole tree, and what the editors answered."""

    tree = models.ForeignKey(ProblemTree, on_delete=models.CASCADE, related_name="comments")
    node = models.ForeignKey(ProblemNode, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    reviewer = models.ForeignKey(TreeReviewer, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField("comentario", max_length=2000)
    about = models.CharField("texto que se comenta", max_length=500, blank=True)
    written_at = models.DateTimeField("escrito")
    state = models.CharField("estado", max_length=14, choices=CommentState, default=CommentState.OPEN)
    answer = models.TextField("respuesta", max_length=2000, blank=True)
    answered_at = models.DateTimeField("respondido", null=True, blank=True)

    class Meta:
        verbose_name = "comentario a un árbol"
        verbose_name_plural = "comentarios a un árbol"
        ordering = ["tree", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CommentState.OPEN, answer="", answered_at__isnull=True)
                | (
                    Q(state__in=[CommentState.ATTENDED, CommentState.NOT_APPLICABLE], answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="treecomment_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text
