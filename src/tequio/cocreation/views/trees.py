"""The trees of an exercise: their list, a new one, what changed in each, and a list brought from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.cocreation.enums import EDIT_TREE
from tequio.cocreation.forms.trees import BeginForm, ImportForm
from tequio.cocreation.queries.tree_lists import read_list
from tequio.cocreation.queries.trees import discarded_trees, history, themes_of, trees_at_work
from tequio.cocreation.views.answers import exercise_of_page, tree_of_page
from tequio.cocreation.views.tree_acts import numbers
from tequio.cocreation.workflows import begin_tree, import_list, restore_node
from tequio.cocreation.workflows.tree_importing import read_upload
from tequio.exercises.views.answers import sheet_of
from tequio.kernel.access import requires
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.refusal import Refused, attempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FORM: Final = ["GET", "HEAD", "POST"]
PER_SHEET: Final = 50


@requires(EDIT_TREE)
@require_safe
def tree_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the trees that are written in an exercise."""
    exercise, _viewer = exercise_of_page(request, EDIT_TREE, slug)
    told = {"exercise": exercise, "trees": trees_at_work(exercise), "has_themes": themes_of(exercise).exists()}
    told["discarded"] = discarded_trees(exercise)
    return render(request, "cocreation/trees/list.html", told)


@requires(EDIT_TREE)
@require_http_methods(FORM)
def new_tree(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the tree of a theme."""
    exercise, viewer = exercise_of_page(request, EDIT_TREE, slug)
    form = BeginForm(exercise, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: begin_tree(
                exercise,
                said["theme"],
                title=said["title"],
                problem=said["problem"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if made:
            return redirect("cocreation:tree", slug, made.key)
    return render(request, "cocreation/trees/begin.html", {"exercise": exercise, "form": form})


@requires(EDIT_TREE)
@require_http_methods(FORM)
@explains_bad_addresses
def changes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what changed in a tree, by whom, and restore what was removed."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    why = ""
    if request.method == "POST":
        try:
            node = restore_node(tree, numbers([request.POST.get("restore", "")])[0], by=viewer, at=timezone.now())
        except Refused as refused:
            why = str(refused)
        else:
            messages.success(request, f"Restauraste «{node.text}».")
            return redirect("cocreation:tree", slug, key)
    asked = Asked(request, {SHEET: "hoja"})
    number = asked.sheet()
    asked.settle()
    total = tree.changes.count()
    last = max(-(-total // PER_SHEET), 1)
    asked.hold_sheet(number, last)
    told = {
        "tree": tree,
        "why": why,
        "passages": list(history(tree, viewer, (number - 1) * PER_SHEET, PER_SHEET)),
        "sheet": sheet_of(asked, number, last, total, "cambios"),
    }
    return render(request, "cocreation/trees/history.html", told, status=409 if why else 200)


@requires(EDIT_TREE)
@require_http_methods(FORM)
def importing(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Add to a tree what a list says, or tell by line what is wrong with it."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    form = ImportForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        read = attempt(form, lambda: read_upload(file) if file else read_list(form.cleaned_data["text"]))
        if read and read.faults:
            faults = read.faults
        elif read:
            added = attempt(form, lambda: import_list(tree, read, by=viewer, at=timezone.now()))
            if added:
                messages.success(request, f"Agregaste {added} recuadros. Puedes deshacerlo.")
                return redirect("cocreation:tree", slug, key)
    told = {"tree": tree, "form": form, "faults": faults[:20], "more": max(len(faults) - 20, 0)}
    return render(request, "cocreation/trees/import.html", told, status=409 if faults else 200)
