"""What people are told of the trees that they review, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.accounts.workflows import notify
from tequio.cocreation.enums import TREES, CommentState
from tequio.kernel.mail import post

if TYPE_CHECKING:
    from datetime import datetime

    from tequio.cocreation.models import ProblemTree, TreeComment, TreeReviewer


def tell_invited(reviewer: TreeReviewer, token: str, *, at: datetime) -> None:
    """Send an expert the link by which they accept to review a tree."""
    tree = reviewer.tree
    address = settings.SITE_ADDRESS + reverse("cocreation:accept_review", args=[token])
    words = {"tree": tree, "address": address, "site_name": settings.SITE_NAME}
    body = render_to_string("cocreation/email/review.txt", words)
    post(f"tree_review:{reviewer.pk}", reviewer.email, f"Te invitan a revisar: {tree.title}"[:200], body, at=at)


def tell_answered(comment: TreeComment, *, at: datetime) -> None:
    """Tell an expert what was answered to a comment of theirs."""
    account = comment.reviewer.account
    if account is not None:
        said = str(CommentState(comment.state).label)
        body = f"Tu comentario: «{comment.text}»\n\n{said}. {comment.answer}"
        key = f"cocreation.comment_answered:{comment.pk}:{comment.answered_at:%Y%m%d%H%M%S}"
        subject = f"Respondieron tu comentario a «{comment.tree.title}»"
        notify(account, TREES, key, subject, body, at=at, address=review_address(comment.tree), button="Leerla")


def tell_final(tree: ProblemTree, *, at: datetime) -> None:
    """Tell the experts who reviewed a tree that it is final."""
    for reviewer in tree.reviewers.filter(account__isnull=False).select_related("account"):
        if reviewer.account is not None:
            notify(
                reviewer.account,
                TREES,
                f"cocreation.tree_final:{tree.code}:{tree.changes.count()}",
                f"Ya es final: {tree.title}",
                "El árbol que revisaste ya tiene su versión final, con cada comentario y su respuesta.",
                at=at,
                address=tree.get_absolute_url(),
                button="Ver el árbol",
            )


def review_address(tree: ProblemTree) -> str:
    """Return where the experts of a tree comment on it."""
    return reverse("cocreation:review", args=[tree.exercise.slug, tree.key])
