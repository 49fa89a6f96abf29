"""The versions of a tree that anybody reads: each one, how two differ, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tequio.cocreation.documents.trees import FORMATS, drawing
from tequio.cocreation.enums import EDIT_TREE
from tequio.cocreation.queries.tree_versions import STAGES, compared, content_of, shown_version, stage_of, versions
from tequio.cocreation.queries.trees import tree_shown
from tequio.cocreation.views.answers import tree_of_page
from tequio.kernel.access import public, requires
from tequio.kernel.components import Link
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from tequio.cocreation.models import ProblemTree
    from tequio.kernel.models import Edition

NUMBERS: Final = {"de": "versión anterior", "a": "versión posterior"}


def tree_of_address(slug: str, key: str) -> ProblemTree:
    """Return a tree written here that anybody may read."""
    found = tree_shown(slug, key)
    if found is None:
        raise Http404
    return found


def edition_of(tree: ProblemTree, number: int) -> Edition:
    """Return a version of a tree."""
    found = next((each for each in versions(tree) if each.number == number), None)
    if found is None:
        raise Http404
    return found


def trail(tree: ProblemTree, *names: str) -> list[Link]:
    """Return where a page of a tree stands."""
    return [
        Link("Ejercicios", "/ejercicios/"),
        Link(tree.exercise.name, tree.exercise.get_absolute_url()),
        Link(tree.title, tree.get_absolute_url()),
        *(Link(name) for name in names),
    ]


@public
@require_safe
@cached_page()
def version(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Show a version of a tree as it was published."""
    tree = tree_of_address(slug, key)
    edition = edition_of(tree, number)
    shown = {**shown_version(tree, edition), "drawing": drawing(edition.content)}
    return render(request, "cocreation/trees/version.html", {**shown, "trail": trail(tree, f"Versión {number}")})


@public
@require_safe
@cached_page(parameters=("de", "a"))
@explains_bad_addresses
def comparison(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show how two versions of a tree differ, by colour and in words: the last two, unless others are asked for."""
    tree = tree_of_address(slug, key)
    found = {str(each.number): each for each in versions(tree)}
    asked = Asked(request, NUMBERS)
    chosen = [asked.one_of(name, found) for name in NUMBERS]
    asked.settle()
    known = list(found)
    newer = found[chosen[1] or known[0]]
    older = found[chosen[0] or str(max(newer.number - 1, 1))]
    rows = list(compared(older.content, newer.content))
    told = {
        "tree": tree,
        "older": older,
        "newer": newer,
        "numbers": known,
        "stages": [STAGES[each.content["stage"]] for each in (older, newer)],
        "rows": rows,
        "changed": sum(bool(row.mark) for row in rows),
        "trail": trail(tree, "Comparar versiones"),
    }
    return render(request, "cocreation/trees/comparison.html", told)


@public
@require_safe
@cached_page()
def version_file(_request: HttpRequest, slug: str, key: str, number: int, extension: str) -> HttpResponse:
    """Serve a version of a tree as a file."""
    tree = tree_of_address(slug, key)
    edition = edition_of(tree, number)
    return file_of(edition.content, extension, f"{tree.key}-{number}", edition.published_at)


@requires(EDIT_TREE)
@require_safe
def draft_file(request: HttpRequest, slug: str, key: str, extension: str) -> HttpResponse:
    """Serve a tree as it goes, to whoever edits it."""
    tree, _viewer = tree_of_page(request, EDIT_TREE, slug, key)
    return file_of(content_of(tree, stage_of(tree)), extension, tree.key, timezone.now())


def file_of(content: dict[str, Any], extension: str, name: str, day: dt.datetime) -> HttpResponse:
    """Return a content as a file of one of its formats."""
    if extension not in FORMATS:
        raise Http404
    media_type, make = FORMATS[extension]
    answer = HttpResponse(
        make(content, day.replace(hour=0, minute=0, second=0, microsecond=0)), content_type=media_type
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
