"""What the review of a tree asks: of experts, to read and comment; of those who write it, to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from tequio.cocreation.enums import TREES, CommentState, TreeState
from tequio.cocreation.models import ProblemTree, TreeReviewer
from tequio.exercises.models import Exercise
from tequio.governance.enums import BodyKind
from tequio.governance.rules import acting_terms
from tequio.kernel.duties import Duty, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tequio.accounts.models import User


@duties
def review_trees(person: User, _at: datetime) -> Iterator[Duty]:
    """Yield each tree that the person accepted to review and has not finished."""
    mine = TreeReviewer.objects.filter(
        account=person, done_at__isnull=True, tree__state=TreeState.IN_REVIEW, tree__exercise__archived_on=None
    )
    for reviewer in mine.select_related("tree__exercise"):
        tree = reviewer.tree
        yield Duty(
            key=f"cocreation.review:{tree.code}",
            topic=TREES,
            verb="Revisa",
            thing=f"el árbol «{tree.title}»",
            why="Lo que comentes se responde antes de que el árbol sea final.",
            where=tree.exercise.name,
            address=reverse("cocreation:review", args=[tree.exercise.slug, tree.key]),
            button="Revisar",
        )


@duties
def answer_comments(person: User, _at: datetime) -> Iterator[Duty]:
    """Yield each tree of the person's exercises with comments that wait for an answer."""
    seats = [t.seat.body.exercise_id for t in acting_terms(person) if t.seat.body.kind == BodyKind.SECRETARIAT]
    waiting = Q(comments__state=CommentState.OPEN)
    open_ones = ProblemTree.objects.filter(state__in=[TreeState.PRELIMINARY, TreeState.IN_REVIEW])
    trees = (
        open_ones.filter(waiting, Q(exercise__in=seats) | Q(exercise__in=Exercise.objects.run_by(person).values("pk")))
        .select_related("exercise")
        .annotate(waiting=Count("comments", filter=waiting, distinct=True))
    )
    for tree in trees:
        count = vars(tree)["waiting"]
        yield Duty(
            key=f"cocreation.answer_comments:{tree.code}",
            topic=TREES,
            verb="Responde",
            thing=f"{count} comentario{'' if count == 1 else 's'} a «{tree.title}»",
            why="Sin respuesta a cada comentario, el árbol no puede ser final.",
            where=tree.exercise.name,
            address=reverse("cocreation:tree_review", args=[tree.exercise.slug, tree.key]),
            button="Responder",
        )
