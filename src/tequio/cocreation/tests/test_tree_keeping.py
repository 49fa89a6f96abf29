"""A tree that was begun by mistake is put away and can come back; a tree is called by another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import NOW, again

from tequio.accounts.tests.told import reachable
from tequio.cocreation.models import ProblemTree
from tequio.cocreation.queries.trees import tree_at_work, trees_at_work
from tequio.cocreation.tests.groves import begun_tree, grown_tree, reviewed_tree, theme_of
from tequio.cocreation.workflows import Spot, add_node, begin_tree, discard_tree, recover_tree, rename_tree
from tequio.cocreation.workflows.loading import drawn_here
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files", "notices"),
    pytest.mark.req("DX-02"),
]


def test_a_discarded_tree_leaves_the_list_and_keeps_its_history(exercise: Exercise, liaison: User) -> None:
    tree = grown_tree(exercise, liaison)
    discarded = discard_tree(tree, by=again(liaison), at=NOW)
    assert not discarded.is_open
    assert tree_at_work(exercise.slug, tree.key) is None
    assert list(trees_at_work(exercise)) == []
    assert tree.changes.count() == 5
    with pytest.raises(Refused, match="no se puede editar"):
        add_node(tree, Spot(1, "cause"), "Otra", by=again(liaison), at=NOW)
    assert "árboles de problemas escritos aquí (1)" in " ".join(drawn_here(slug=exercise.slug))
    other = begun_tree(exercise, liaison)
    assert other.key != tree.key
    recover_tree(tree, by=again(liaison), at=NOW)
    assert {each.key for each in trees_at_work(exercise)} == {tree.key, other.key}


def test_a_tree_that_was_sent_to_review_is_not_discarded(exercise: Exercise, liaison: User, stranger: User) -> None:
    tree = reviewed_tree(exercise, liaison, reachable("experta"))
    with pytest.raises(Refused, match="ya se envió a revisión"):
        discard_tree(tree, by=again(liaison), at=NOW)
    for act in (discard_tree, recover_tree):
        with pytest.raises(Refused, match="no puede desechar"):
            act(tree, by=again(stranger), at=NOW)


def test_who_holds_a_seat_discards_only_what_nobody_else_wrote(exercise: Exercise, liaison: User) -> None:
    holder = secretariat(exercise, liaison).holder("civil_society")
    said: dict[str, Any] = {"title": "Por error", "problem": "Esto no era"}
    tree = begin_tree(exercise, theme_of(exercise), **said, by=again(holder), at=NOW)
    discard_tree(tree, by=again(holder), at=NOW)
    recover_tree(tree, by=again(holder), at=NOW)
    add_node(tree, Spot(1, "cause"), "Sí era", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="Otra persona también escribió"):
        discard_tree(tree, by=again(holder), at=NOW)
    discard_tree(tree, by=again(liaison), at=NOW)


def test_a_tree_is_renamed_unless_somebody_did_meanwhile(exercise: Exercise, liaison: User, stranger: User) -> None:
    tree = begun_tree(exercise, liaison)
    renamed = rename_tree(tree, "  Trámites  largos ", was=tree.title, by=again(liaison), at=NOW)
    assert (renamed.title, renamed.key) == ("Trámites largos", tree.key)
    for title, was, said in (("Otro", tree.title, "ahora"), (" ", renamed.title, "algo"), ("x" * 201, "", "200")):
        with pytest.raises(Refused, match=f"(?i){said}"):
            rename_tree(tree, title, was=was, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="no puede cambiar el nombre"):
        rename_tree(tree, "Otro", was=renamed.title, by=again(stranger), at=NOW)


def test_its_pages_ask_before_and_lead_back(client: Client, exercise: Exercise, liaison: User) -> None:
    tree = grown_tree(exercise, liaison)
    client.force_login(again(liaison))
    page = f"/ejercicios/{exercise.slug}/trabajo/arboles/{tree.key}/"
    assert "Desechar el árbol" in client.get(page).content.decode()
    assert client.post(f"{page}nombre/", {"title": "Otro nombre", "was": tree.title}).headers["Location"] == page
    assert client.post(f"{page}nombre/", {"title": "Uno más", "was": tree.title}).status_code == 409
    assert "5 recuadros" in client.get(f"{page}desechar/").content.decode()
    shown = client.post(f"{page}desechar/", {"move": "discard"}, follow=True).content.decode()
    assert "Desechaste «Otro nombre»" in shown
    assert client.get(page).status_code == 404
    assert "Recuperar el árbol" in client.get(f"{page}desechar/").content.decode()
    assert client.post(f"{page}desechar/", {"move": "recover"}).headers["Location"] == page
    assert ProblemTree.objects.get(pk=tree.pk).title == "Otro nombre"
