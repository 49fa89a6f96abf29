"""The editor of a problem tree: one model, three equal views, each whole by plain buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import person
from tequio.cocreation.documents.trees import FORMATS
from tequio.cocreation.enums import CONDUCT_TREE, EDIT_TREE
from tequio.cocreation.forms.trees import AddForm, BoxForm, MoveForm
from tequio.cocreation.models.trees import MOST_LEVELS, MOST_NODES
from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.queries.trees import others_since, rows_of, standing_of, told
from tequio.cocreation.views.answers import tree_of_page
from tequio.cocreation.views.tree_acts import act, numbers
from tequio.cocreation.workflows import Overtaken
from tequio.kernel.access import requires
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemNode, ProblemTree
    from tequio.cocreation.queries.tree_shape import Shape

FORM: Final = ["GET", "HEAD", "POST"]
VIEWS: Final = {"esquema": "Esquema", "arbol": "Árbol", "fichas": "Fichas"}


def asked_view(request: HttpRequest) -> str:
    """Return in which view the editor is shown."""
    asked = Asked(request, {"vista": "vista"})
    view = asked.one_of("vista", VIEWS) or "esquema"
    asked.settle()
    return view


@requires(EDIT_TREE)
@require_http_methods(FORM)
@explains_bad_addresses
def editor(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a tree to be edited, and do what a button asks."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    view = asked_view(request)
    if request.method != "POST":
        return shown(request, tree, view)
    form = AddForm(tree, None, request.POST) if "to" in request.POST else None
    asked = request.POST.get("do", "")
    if form is not None:
        if not form.is_valid():
            return shown(request, tree, view, form=form)
        spot = form.spot
        asked = f"add {spot.under} {spot.kind}"
    done = did(request, tree, viewer, asked)
    if isinstance(done, HttpResponse):
        return done
    if done:
        if form is not None:
            form.add_error(None, done)
        return shown(request, tree, view, form=form, why=done)
    return redirect(f"{reverse('cocreation:tree', args=[slug, key])}?vista={view}")


def did(request: HttpRequest, tree: ProblemTree, viewer: User, asked: str) -> HttpResponse | str:
    """Do what was asked; return why not, or the page where the person decides, or nothing once it is done."""
    try:
        messages.success(request, act(tree, asked, request.POST.get("text", ""), by=viewer, at=timezone.now()))
    except Overtaken as overtaken:
        return conflict(request, tree, viewer, asked, overtaken)
    except Refused as refused:
        return str(refused)
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdecimal() and len(seen) <= len("999999999"):
        for sentence in others_since(tree, int(seen), viewer):
            messages.info(request, f"Mientras tanto: {sentence}")
    return ""


def conflict(request: HttpRequest, tree: ProblemTree, viewer: User, asked: str, overtaken: Overtaken) -> HttpResponse:
    """Show what another person did to the box meanwhile, beside what was asked, so that whoever asked decides."""
    name, *words = asked.split(" ")
    node = overtaken.node
    again = {
        "write": f"write {node.order} {node.revision}",
        "remove": f"remove {node.order} {seal_of(tree, node)}",
        "move": " ".join([name, *words[:1], str(node.revision), *words[2:]]),
    }.get(name, f"{name} {node.order} {node.revision}")
    words_told = {
        "tree": tree,
        "node": node,
        "why": str(overtaken),
        "change": told(overtaken.change, tree.exercise, viewer) if overtaken.change else "",
        "at": overtaken.change.changed_at if overtaken.change else None,
        "text": request.POST.get("text", ""),
        "name": name,
        "again": "" if node.is_removed or name in {"undo", "add", "restore"} else again,
        "restore": f"restore {node.order}" if node.is_removed else "",
        "view": request.GET.get("vista", "esquema"),
    }
    return render(request, "cocreation/trees/conflict.html", words_told, status=409)


def seal_of(tree: ProblemTree, node: ProblemNode) -> str:
    """Return what a box and all under it are now."""
    row = find(rows_of(tree), node.order)
    return str(row.seal) if row else "0"


def find(row: Any, number: int) -> Any:
    """Return a row of a tree by its number, or nothing."""
    if row.number == number:
        return row
    return next((found for each in row.under if (found := find(each, number))), None)


def shown(
    request: HttpRequest, tree: ProblemTree, view: str, *, form: AddForm | None = None, why: str = ""
) -> HttpResponse:
    """Show the editor, with what was not done and why."""
    shape = shape_of(tree)
    words = {
        "tree": tree,
        "root": rows_of(tree, shape),
        "view": view,
        "views": [(name, label) for name, label in VIEWS.items()],
        "form": form or AddForm(tree, None, shape=shape),
        "why": "" if form else why,
        "files": FORMATS,
        "count": len(shape.standing),
        "most": MOST_NODES,
        "levels": MOST_LEVELS,
        "may_conduct": request.user.has_perm(CONDUCT_TREE, tree),
        **standing_of(tree, person(request)),
    }
    return render(request, "cocreation/trees/editor.html", words, status=409 if why else 200)


@requires(EDIT_TREE)
@require_http_methods(FORM)
@explains_bad_addresses
def box(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Show a box with all that can be done to it: its text, where it goes, what is added under it, its comments."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    node = tree.nodes.filter(order=number).select_related("parent").first()
    if node is None:
        raise Http404
    shape, asked_for = shape_of(tree), Asked(request, {"busca": "recuadro"})
    looked_for = asked_for.text("busca")
    asked_for.settle()
    forms: dict[str, Any] = {
        "looked_for": looked_for,
        "write": BoxForm(initial={"text": node.text, "revision": node.revision}, auto_id="write-%s"),
        "move": MoveForm(
            tree, node, initial={"revision": node.revision}, auto_id="move-%s", shape=shape, looked_for=looked_for
        ),
    }
    if request.method != "POST":
        return box_page(request, tree, node, forms, shape=shape)
    asked = request.POST.get("do", "")
    if not asked:
        name = "move" if "to" in request.POST else "write"
        form: BoxForm | MoveForm = (
            MoveForm(tree, node, request.POST, auto_id="move-%s")
            if name == "move"
            else BoxForm(request.POST, auto_id="write-%s")
        )
        forms[name] = form
        if not form.is_valid():
            return box_page(request, tree, node, forms)
        asked = asked_of(form, number)
    done = did(request, tree, viewer, asked)
    if isinstance(done, HttpResponse):
        return done
    return box_page(request, tree, node, forms, why=done) if done else redirect("cocreation:tree", slug, key)


def asked_of(form: BoxForm | MoveForm, number: int) -> str:
    """Return what a form of a box asks, as a button would."""
    revision = form.cleaned_data["revision"]
    if isinstance(form, MoveForm):
        spot = form.spot
        return f"move {number} {revision} {spot.under} {spot.kind}"
    return f"write {number} {revision}"


def box_page(
    request: HttpRequest,
    tree: ProblemTree,
    node: ProblemNode,
    forms: dict[str, Any],
    *,
    why: str = "",
    shape: Shape | None = None,
) -> HttpResponse:
    """Show the page of a box."""
    words = {
        "tree": tree,
        "node": node,
        "row": find(rows_of(tree, shape), node.order),
        "forms": forms,
        "why": why,
        "levels": MOST_LEVELS,
        "comments": node.comments.select_related("node", "reviewer"),
    }
    return render(request, "cocreation/trees/box.html", words, status=409 if why else 200)


@requires(EDIT_TREE)
@require_safe
def pulse(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say what others changed since the last change that a page has seen; nothing where nothing changed."""
    tree, viewer = tree_of_page(request, EDIT_TREE, slug, key)
    try:
        seen = numbers([request.GET.get("desde", "0")])[0]
    except Refused:
        seen = 0
    return HttpResponse("\n".join(others_since(tree, seen, viewer)), content_type="text/plain; charset=utf-8")
