"""The pages of problems, of the editor of trees and of their reviews ask the database eight questions at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.cast import NOW, again

from tequio.accounts.tests.told import reachable
from tequio.cocreation.tests.diagnosis import opened, published, supported
from tequio.cocreation.tests.groves import grown_tree, reviewed_tree
from tequio.cocreation.workflows import comment_tree

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files", "notices"),
    pytest.mark.req("DX-02", "DX-04", "DX-05"),
]
MOST = 8


@pytest.fixture
def expert(db: None) -> User:
    """Somebody who reviews."""
    return reachable("experta")


@pytest.fixture
def tree(exercise: Exercise, liaison: User, expert: User) -> ProblemTree:
    """A tree in review with two comments, beside one that is preliminary."""
    grown_tree(exercise, liaison)
    found = reviewed_tree(exercise, liaison, expert)
    for number in (2, 3):
        comment_tree(found, "Falta un dato.", number=number, by=again(expert), at=NOW)
    return found


@pytest.mark.parametrize(
    "name", ["trees", "new_tree", "tree", "box", "tree_history", "tree_import", "tree_review", "tree_answer"]
)
def test_who_writes_a_tree(
    client: Client,
    tree: ProblemTree,
    liaison: User,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    number = {"box": 2, "tree_answer": tree.comments.earliest("pk").pk}.get(name)
    key = [] if name in {"trees", "new_tree"} else [tree.key]
    address = reverse(f"cocreation:{name}", args=[tree.exercise.slug, *key, *([number] if number else [])])
    client.force_login(again(liaison))
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["review", "credit"])
def test_who_reviews_a_tree(
    client: Client, tree: ProblemTree, expert: User, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(again(expert))
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse(f"cocreation:{name}", args=[tree.exercise.slug, tree.key])).status_code == 200


@pytest.mark.parametrize("name", ["tree_comparison", "tree_version"])
def test_whoever_reads_a_version(
    client: Client, tree: ProblemTree, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number = [1] if name == "tree_version" else []
    with django_assert_max_num_queries(MOST):
        address = reverse(f"cocreation:{name}", args=[tree.exercise.slug, tree.key, *number])
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["problems", "propose_problem", "problem", "support_problem"])
def test_whoever_reads_and_proposes(
    client: Client,
    exercise: Exercise,
    liaison: User,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    consultation = opened(exercise, liaison)
    found = [published(consultation, who) for who in ("ana", "beto", "caro")]
    supported(found[0], "dora")
    number = [found[0].number] if name in {"problem", "support_problem"} else []
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse(f"cocreation:{name}", args=[exercise.slug, *number])).status_code == 200


@pytest.mark.parametrize("name", ["work_problems", "consultation", "close_consultation", "answer_problem"])
def test_who_answers_the_consultation(
    client: Client,
    exercise: Exercise,
    liaison: User,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    consultation = opened(exercise, liaison)
    found = [published(consultation, who) for who in ("ana", "beto", "caro")]
    number = [found[0].number] if name == "answer_problem" else []
    client.force_login(again(liaison))
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse(f"cocreation:{name}", args=[exercise.slug, *number])).status_code == 200
