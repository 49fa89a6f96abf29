"""The exercises: their list, the page of each and its problem trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.documents.trees import drawing
from tequio.cocreation.queries.tree_versions import shown_version, versions
from tequio.cocreation.queries.trees import tree_shown
from tequio.kernel.access import public
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Branch, Link
from tequio.kernel.figures.problem_tree import problem_tree
from tequio.kernel.pagecache import cached_page
from tequio.site.queries.exercise import exercise_page, exercises
from tequio.site.queries.published import published_plan

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.plans.queries.dossier import TreePart
    from tequio.site.queries.exercise import ExercisePage

EXERCISES = Link("Ejercicios", "/ejercicios/")


@public
@require_safe
@cached_page()
def exercise_list(request: HttpRequest) -> HttpResponse:
    """List the exercises."""
    return render(request, "site/exercise/list.html", {"exercises": exercises(), "trail": [Link("Ejercicios")]})


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where an exercise stands, who decides and what came of it."""
    page = found(exercise_page(slug, today=today()))
    return render(request, "site/exercise/page.html", shown_exercise(page))


def shown_exercise(page: ExercisePage) -> dict[str, object]:
    """Return what the page of an exercise is made of."""
    return {
        "page": page,
        "exercise": page.exercise,
        "accent": page.plan.accent if page.plan else "",
        "kept_for": page.plan.kept_for if page.plan else 0,
        "kept_as": page.plan.kept_as if page.plan else "",
        "trail": [EXERCISES, Link(page.exercise.name)],
    }


@public
@require_safe
@cached_page()
def tree(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a problem identification: drawn, and as an outline; what was not published is said.

    Of one written here, its last version, whether or not there is a plan.
    """
    if (written := tree_shown(slug, key)) is not None:
        edition = versions(written)[0]
        place = [
            EXERCISES,
            Link(written.exercise.name, written.exercise.get_absolute_url()),
            Link("Árbol de problemas"),
        ]
        shown = {**shown_version(written, edition), "drawing": drawing(edition.content), "trail": place}
        return render(request, "cocreation/trees/version.html", shown)
    plan = found(published_plan(slug))
    part = found(plan.dossier.tree(key))
    theme = next((theme for theme in plan.dossier.themes if theme.key == part.theme), None)
    return render(
        request,
        "site/tree.html",
        {
            "plan": plan,
            "tree": part,
            "theme": theme,
            "commitments": [each for each in plan.dossier.commitments if each.tree == key],
            "accent": plan.accent,
            "trail": [EXERCISES, Link(plan.dossier.exercise_name, f"/ejercicios/{slug}/"), Link("Árbol de problemas")],
            **drawn(part),
        },
    )


def drawn(tree: TreePart | None) -> dict[str, object]:
    """Return the drawing and the outline of a tree, or nothing where no problem was published."""
    if not tree or not tree.problem:
        return {}
    effects = Branch("Efectos", children=tuple(Branch(text) for text in tree.effects))
    causes = Branch("Causas", children=tuple(Branch(text) for text in tree.causes))
    return {
        "drawing": problem_tree(tree.title, tree.problem, causes=tree.causes, effects=tree.effects),
        "branch": Branch(tree.problem, "Problemática central", children=(effects, causes)),
    }
