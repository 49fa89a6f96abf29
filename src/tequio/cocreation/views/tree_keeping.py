"""The pages on which a tree is renamed, discarded and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.accounts.views.answers import person
from tequio.cocreation.enums import EDIT_TREE
from tequio.cocreation.forms.trees import NameForm
from tequio.cocreation.queries.trees import tree_kept
from tequio.cocreation.views.answers import answered, tree_of_page
from tequio.cocreation.workflows import discard_tree, recover_tree, rename_tree
from tequio.kernel.access import requires
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FORM: Final = ["GET", "HEAD", "POST"]


@requires(EDIT_TREE)
@require_http_methods(FORM)
def rename(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Call a tree by another name."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    form = NameForm(request.POST or None, initial={"title": tree.title, "was": tree.title})
    return answered(
        request,
        form,
        lambda: rename_tree(
            tree, form.cleaned_data["title"], was=form.cleaned_data["was"], by=viewer, at=timezone.now()
        ),
        reverse("cocreation:tree", args=[slug, key]),
        "cocreation/trees/name.html",
        tree=tree,
    )


@requires(EDIT_TREE)
@require_http_methods(FORM)
def discard(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Discard a tree that was begun by mistake, after saying what goes; bring back one that was discarded."""
    viewer, tree = person(request), tree_kept(slug, key)
    if tree is None or not viewer.has_perm(EDIT_TREE, tree):
        raise Http404
    why = ""
    if request.method == "POST":
        try:
            if request.POST.get("move") == "recover":
                recover_tree(tree, by=viewer, at=timezone.now())
                return redirect("cocreation:tree", slug, key)
            discard_tree(tree, by=viewer, at=timezone.now())
            messages.success(request, f"Desechaste «{tree.title}». Está al final de esta página, por si lo necesitas.")
            return redirect("cocreation:trees", slug)
        except Refused as refused:
            why = str(refused)
    told = {"tree": tree, "why": why, "count": tree.nodes.standing().count()}
    return render(request, "cocreation/trees/discard.html", told, status=409 if why else 200)
