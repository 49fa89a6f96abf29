"""Problem trees: a central problem with what causes it and what it provokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.cocreation.enums import NodeKind, TreeState
from tequio.cocreation.models.themes import Theme
from tequio.exercises.models import Exercise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

MOST_LEVELS: Final = 5
"""Of a tree written here, with the central problem as the first."""
MOST_NODES: Final = 200
LONGEST_TEXT: Final = 280


class ProblemTreeQuerySet(models.QuerySet["ProblemTree"]):
    """Trees, by who may see them and by what they are."""

    def written(self) -> ProblemTreeQuerySet:
        """Keep those that were written here, not told by a document, also if they were discarded."""
        return self.exclude(state=TreeState.TOLD)

    def live(self) -> ProblemTreeQuerySet:
        """Keep those that are written here."""
        return self.written().filter(discarded_at=None)

    def shown(self) -> ProblemTreeQuerySet:
        """Keep those that a public page shows: told by a document, or with a version published here."""
        return self.filter(Q(state=TreeState.TOLD) | Q(published_at__isnull=False))

    def settled(self) -> ProblemTreeQuerySet:
        """Keep those whose rows are what is public: told by a document, or final."""
        return self.filter(state__in=[TreeState.TOLD, TreeState.FINAL])

    def visible_to(self, viewer: User | AnonymousUser | None) -> ProblemTreeQuerySet:
        """Keep those shown, of exercises that a viewer may see."""
        return self.shown().filter(exercise__in=Exercise.objects.visible_to(viewer))


class ProblemTree(models.Model):
    """A problem identification: the central problem, its causes and effects; one told by a document may be empty.

    What people read of one written here are its published versions (editions `cocreation.tree`), never its rows.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="problem_trees")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="problem_trees")
    key = models.SlugField("clave", max_length=60)
    order = models.PositiveSmallIntegerField("orden")
    title = models.CharField("título, como dice el documento", max_length=300)
    drawing_title = models.CharField("título del árbol dibujado", max_length=300, blank=True)
    drawing_note = models.TextField("qué consta del dibujo", blank=True)
    template_text = models.TextField("texto de la plantilla sin llenar", blank=True)
    state = models.CharField(
        "estado", max_length=11, choices=TreeState, default=TreeState.TOLD, db_default=TreeState.TOLD
    )
    published_at = models.DateTimeField("primera versión publicada", null=True, blank=True)
    discarded_at = models.DateTimeField("desechado", null=True, blank=True)

    objects = ProblemTreeQuerySet.as_manager()

    class Meta:
        verbose_name = "árbol de problemas"
        verbose_name_plural = "árboles de problemas"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="tree_key_once_per_exercise"),
            models.UniqueConstraint(fields=["exercise", "order"], name="tree_order_once"),
            models.CheckConstraint(condition=Q(state__in=TreeState.values), name="tree_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[TreeState.IN_REVIEW, TreeState.FINAL]) | Q(published_at__isnull=False),
                name="tree_reviewed_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the tree's public page."""
        return reverse("site:tree", args=[self.exercise.slug, self.key])

    @property
    def code(self) -> str:
        """The tree's public reference; its editions are of this subject."""
        return f"{self.exercise.slug}/{self.key}"

    @property
    def is_open(self) -> bool:
        """Whether its boxes may change."""
        return self.discarded_at is None and self.state in {TreeState.PRELIMINARY, TreeState.IN_REVIEW}


class ProblemNodeQuerySet(models.QuerySet["ProblemNode"]):
    """Boxes, by whether they stand."""

    def standing(self) -> ProblemNodeQuerySet:
        """Keep those that nobody removed."""
        return self.filter(is_removed=False)


class ProblemNode(models.Model):
    """One box of a problem tree. `order` numbers it for good within its tree; `place` is its turn among its siblings.

    One that was removed stays, with where it was, so that it can be restored. `revision` grows with each change of
    its text, kind or parent: whoever changes a box says which one they read.
    """

    tree = models.ForeignKey(ProblemTree, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField("tipo", max_length=7, choices=NodeKind)
    order = models.PositiveSmallIntegerField("orden")
    text = models.CharField("texto", max_length=500)
    place = models.PositiveSmallIntegerField("lugar entre sus hermanos", default=0, db_default=0)
    revision = models.PositiveIntegerField("revisión", default=0, db_default=0)
    is_removed = models.BooleanField("quitado", default=False, db_default=False)

    objects = ProblemNodeQuerySet.as_manager()

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
