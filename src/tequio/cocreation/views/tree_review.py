"""The review of a tree: who conducts it sends, invites, answers and closes; experts accept, comment and are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import person
from tequio.cocreation.enums import CONDUCT_TREE, EDIT_TREE, REVIEW_TREE, TreeState
from tequio.cocreation.forms.trees import AnswerForm, CommentForm, CreditForm, InviteForm
from tequio.cocreation.queries.tree_versions import STAGES, versions
from tequio.cocreation.queries.trees import comment_of, comments_of, rows_of, tree_reviewed
from tequio.cocreation.views.answers import tree_of_page
from tequio.cocreation.views.tree_acts import UNKNOWN, numbers
from tequio.cocreation.workflows import (
    accept_review,
    answer_comment,
    comment_tree,
    credit_reviewer,
    finish_review,
    invite_reviewer,
    make_final,
    reopen_tree,
    reviewer_of_token,
    send_to_review,
    uncredit_reviewer,
    withdraw_reviewer,
)
from tequio.cocreation.workflows.tree_reviews import TREES
from tequio.kernel.access import requires, signed_in
from tequio.kernel.refusal import Refused, attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree, TreeReviewer

FORM: Final = ["GET", "HEAD", "POST"]
MOVES: Final = {"review": send_to_review, "finish": make_final, "reopen": reopen_tree}


@requires(EDIT_TREE)
@require_http_methods(FORM)
def conduct(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show how the review of a tree goes, and do what was asked in it."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key, "reviewers", "comments")
    form = InviteForm(request.POST if "email" in request.POST else None)
    why = ""
    if request.method == "POST":
        if "email" in request.POST:
            email = form.cleaned_data["email"] if form.is_valid() else ""
            if email and attempt(form, lambda: invite_reviewer(tree, email, by=viewer, at=timezone.now())):
                messages.success(request, "Invitación enviada.")
                return redirect("cocreation:tree_review", slug, key)
        else:
            try:
                conducted(request, tree, viewer)
            except Refused as refused:
                why = str(refused)
            else:
                return redirect("cocreation:tree_review", slug, key)
        tree.refresh_from_db()
    may_conduct = viewer.has_perm(CONDUCT_TREE, tree)
    told = {
        "tree": tree,
        "why": why,
        "form": form,
        "offers": TREES.offers(tree, viewer, at=timezone.now()),
        "may_conduct": may_conduct,
        "may_invite": may_conduct and tree.state == TreeState.IN_REVIEW,
        "reviewers": tree.reviewers.all(),
        "comments": comments_of(tree),
        "versions": [(each, STAGES[each.content["stage"]]) for each in versions(tree)],
    }
    return render(request, "cocreation/trees/review_work.html", told, status=409 if why else 200)


def conducted(request: HttpRequest, tree: ProblemTree, viewer: User) -> None:
    """Make the move that a button names, or withdraw the invitation that it names."""
    move = MOVES.get(request.POST.get("move", ""))
    if move is not None:
        move(tree, by=viewer, at=timezone.now())
        return
    if "withdraw" not in request.POST:
        raise Refused(UNKNOWN)
    reviewer = tree.reviewers.filter(pk=numbers([request.POST["withdraw"]])[0]).first()
    if reviewer is not None:
        withdraw_reviewer(reviewer, by=viewer)


@requires(EDIT_TREE)
@require_http_methods(FORM)
def answer(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Answer a comment."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    comment = comment_of(tree, number)
    if comment is None:
        raise Http404
    before = {"answer": comment.answer, "state": comment.state if comment.answer else "attended"}
    form = AnswerForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: answer_comment(comment, said["state"], said["answer"], by=viewer, at=timezone.now())):
            return redirect("cocreation:tree_review", slug, key)
    return render(request, "cocreation/trees/answer.html", {"tree": tree, "comment": comment, "form": form})


@signed_in
@require_http_methods(FORM)
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to review, and accept with one's account."""
    reviewer = reviewer_of_token(token, at=timezone.now())
    if request.method == "POST":
        viewer = person(request)
        shown = EmailAddress.objects.get_verified(viewer)
        try:
            mine = accept_review(token, verified_email=shown.email if shown else "", by=viewer, at=timezone.now())
        except Refused as refused:
            return render(request, "accounts/refused.html", {"why": refused}, status=409)
        return redirect("cocreation:review", mine.tree.exercise.slug, mine.tree.key)
    return render(request, "cocreation/trees/accept.html", {"reviewer": reviewer}, status=200 if reviewer else 404)


def review_of_page(request: HttpRequest, slug: str, key: str) -> tuple[TreeReviewer, User]:
    """Return the review that who asks accepted; to others it is as if it were not."""
    viewer = person(request)
    found = tree_reviewed(slug, key, viewer)
    if found is None or not viewer.has_perm(REVIEW_TREE, found.tree):
        raise Http404
    return found, viewer


@requires(REVIEW_TREE)
@require_http_methods(FORM)
def review(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a tree to an expert, who comments on any box or on the whole."""
    reviewer, viewer = review_of_page(request, slug, key)
    form = CommentForm(request.POST or None)
    why = ""
    if request.method == "POST":
        try:
            reviewed(request, reviewer.tree, form, viewer)
        except Refused as refused:
            why = str(refused)
        else:
            return redirect("cocreation:review", slug, key)
    told = {
        "tree": reviewer.tree,
        "reviewer": reviewer,
        "root": rows_of(reviewer.tree),
        "is_open": reviewer.tree.state == TreeState.IN_REVIEW,
        "why": why,
        "text": request.POST.get("text", "") if why else "",
        "number": request.POST.get("number", "") if why else "",
        "comments": reviewer.comments.select_related("node"),
    }
    return render(request, "cocreation/trees/review.html", told, status=409 if why else 200)


def reviewed(request: HttpRequest, tree: ProblemTree, form: CommentForm, viewer: User) -> None:
    """Do what an expert asks: comment, finish, or take their name off."""
    at = timezone.now()
    if "finish" in request.POST:
        finish_review(tree, by=viewer, at=at)
        messages.success(request, "Gracias: tu revisión quedó registrada. Puedes seguir comentando.")
        return
    if "unname" in request.POST:
        uncredit_reviewer(tree, by=viewer)
        return
    if not form.is_valid():
        raise Refused("Escribe tu comentario, de 2,000 letras como máximo.")
    comment_tree(tree, form.cleaned_data["text"], number=form.cleaned_data["number"], by=viewer, at=at)
    messages.success(request, "Comentario enviado. Te avisaremos cuando lo respondan.")


@requires(REVIEW_TREE)
@require_http_methods(FORM)
def credit(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask to be named among those who reviewed a tree."""
    reviewer, viewer = review_of_page(request, slug, key)
    form = CreditForm(request.POST or None, initial={"name": reviewer.credit})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(
            form, lambda: credit_reviewer(reviewer.tree, said["name"], said["consent"], by=viewer, at=timezone.now())
        ):
            return redirect("cocreation:review", slug, key)
    return render(request, "cocreation/trees/credit.html", {"tree": reviewer.tree, "form": form})
