"""The objects of the addresses of problem trees: one of the first municipality, before, in and after its review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tequio.cocreation.tests.groves import grown_tree, reviewed_tree, seal, theme_of
from tequio.cocreation.workflows import answer_comment, comment_tree, invite_reviewer, make_final, remove_node
from tests.attack.examples import Example, example, under_way
from tests.cast import NOW, again

if TYPE_CHECKING:
    from tequio.cocreation.models import ProblemTree
    from tests.attack.examples import Scene

TREES = "ejercicios/<slug:slug>/trabajo/arboles/"
TREE = f"{TREES}<slug:key>/"
SHOWN = "ejercicios/<slug:slug>/arboles/<slug:key>/"


def of(tree: ProblemTree, sent: dict[str, Any] | None = None, **parts: Any) -> Example:
    """Return an example of a tree."""
    return Example({"slug": tree.exercise.slug, "key": tree.key, **parts}, sent or {})


def grown(scene: Scene) -> ProblemTree:
    """Return a tree that its municipality writes."""
    return grown_tree(under_way(scene), scene.person("liaison"))


def in_review(scene: Scene) -> ProblemTree:
    """Return a tree that the representative reviews."""
    return reviewed_tree(under_way(scene), scene.person("liaison"), scene.person("representative"))


@example(TREES)
@example(f"{TREES}nuevo/")
def themed(scene: Scene) -> Example:
    """An exercise with a theme."""
    exercise = under_way(scene)
    theme_of(exercise)
    return Example({"slug": exercise.slug})


@example(f"{TREE}pulso")
@example(f"{TREE}arbol.<str:extension>")
@example(f"{TREE}revision/")
def preliminary(scene: Scene) -> Example:
    """A tree that nobody else has seen."""
    return of(grown(scene), extension="svg")


@example(f"{TREE}nombre/")
@example(f"{TREE}desechar/")
def kept(scene: Scene) -> Example:
    """A tree that nobody reviewed, to be renamed or discarded."""
    tree = grown(scene)
    return of(tree, {"title": "Otro nombre", "was": tree.title, "move": "discard"})


@example(TREE)
def editor(scene: Scene) -> Example:
    """The same, where a button moves a box."""
    return of(grown(scene), {"do": "up 4 0"})


@example(f"{TREE}recuadros/<int:number>/")
def box(scene: Scene) -> Example:
    """A cause of it, with a text that it does not have."""
    return of(grown(scene), {"text": "Otro texto", "revision": "0"}, number=2)


@example(f"{TREE}importar/")
def list_to_import(scene: Scene) -> Example:
    """A list to be added to it."""
    return of(grown(scene), {"text": "Causas\n  Una más"})


@example(f"{TREE}historia/")
def removed(scene: Scene) -> Example:
    """A tree from which a box was removed."""
    tree = grown(scene)
    remove_node(tree, 2, seal=seal(tree, 2), by=again(scene.person("liaison")), at=NOW)
    return of(tree, {"restore": "2"})


@example(f"{TREE}revision/comentarios/<int:number>/")
def commented(scene: Scene) -> Example:
    """A comment that waits for its answer."""
    tree = in_review(scene)
    comment = comment_tree(tree, "Falta una causa.", number=2, by=again(scene.person("representative")), at=NOW)
    return of(tree, number=comment.pk)


@example("revisar/<str:token>/")
def invitation_to_review(scene: Scene) -> Example:
    """An invitation that reached the representative."""
    tree = reviewed_tree(under_way(scene), scene.person("liaison"))
    address = scene.person("representative").email
    token = invite_reviewer(tree, address, by=again(scene.person("liaison")), at=NOW)
    return Example({"token": token})


@example(f"{SHOWN}revision/")
def reviewing(scene: Scene) -> Example:
    """A tree under review."""
    return of(in_review(scene))


@example(f"{SHOWN}revision/nombre/")
def credit(scene: Scene) -> Example:
    """A tree whose reviewer may ask to be named."""
    scene.ask("notices")
    return of(in_review(scene))


@example(f"{SHOWN}comparar/")
@example(f"{SHOWN}versiones/<int:number>/")
@example(f"{SHOWN}versiones/<int:number>/arbol.<str:extension>")
def final(scene: Scene) -> Example:
    """A tree that is final, with its two versions."""
    tree, editor = in_review(scene), again(scene.person("liaison"))
    comment = comment_tree(tree, "Falta una causa.", number=2, by=again(scene.person("representative")), at=NOW)
    answer_comment(comment, "attended", "Se agregó.", by=editor, at=NOW)
    return of(make_final(tree, by=editor, at=NOW), number=1, extension="csv")
