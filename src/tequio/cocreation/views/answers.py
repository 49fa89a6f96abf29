"""What several pages of the diagnosis answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from tequio.accounts.views.posts import person
from tequio.cocreation.queries.trees import tree_at_work
from tequio.exercises.models import Exercise

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree


def tree_of_page(request: HttpRequest, permission: str, slug: str, key: str) -> tuple[ProblemTree, User]:
    """Return the tree of an address and who asks, if they may; to others it is as if it were not."""
    viewer, tree = person(request), tree_at_work(slug, key)
    if tree is None or not viewer.has_perm(permission, tree):
        raise Http404
    return tree, viewer


def exercise_of_page(request: HttpRequest, permission: str, slug: str) -> tuple[Exercise, User]:
    """Return the exercise of an address and who asks, if they may; to others it is as if it were not."""
    viewer = person(request)
    exercise = Exercise.objects.select_related("jurisdiction").filter(slug=slug).first()
    if exercise is None or not viewer.has_perm(permission, exercise):
        raise Http404
    return exercise, viewer
