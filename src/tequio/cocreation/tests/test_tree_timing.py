"""The final tree two weeks before its table: the requisite, the duty from the twentieth day, and who is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.cast import NOW, again

from tequio.accounts.tests.told import reachable
from tequio.cocreation.conformity import trees_open_or_late
from tequio.cocreation.enums import TreeState
from tequio.cocreation.models import ProblemTree, Table
from tequio.cocreation.queries.tree_timing import WARNED, tree_warning
from tequio.cocreation.tests.gatherings import announced_table
from tequio.cocreation.tests.groves import reviewed_tree, theme_of
from tequio.cocreation.workflows import finish_review, make_final, reopen_tree
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.requisites import requisite

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.kernel.duties import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-04")]


@pytest.fixture
def expert(db: None) -> User:
    """Somebody who reviews."""
    return reachable("experta")


def table_in(exercise: Exercise, by: User, days: int) -> Table:
    """Announce a table on the theme of the trees, so many days from now."""
    starts_at = (NOW + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return announced_table(exercise, by, theme=theme_of(exercise), **times)


def final_tree(exercise: Exercise, by: User, expert: User, at: datetime = NOW) -> ProblemTree:
    """Let a tree be reviewed by an expert, and make it final."""
    tree = reviewed_tree(exercise, by, expert)
    finish_review(tree, by=again(expert), at=at)
    return make_final(tree, by=again(by), at=at)


def asked(person: User, at: datetime = NOW) -> list[Duty]:
    """Return which trees a person is asked to finish."""
    return [duty for duty in owed_by(again(person), at).duties if duty.key.startswith("cocreation.finish_tree")]


@pytest.mark.parametrize(("days", "warns"), [(WARNED + 2, []), (WARNED, ["Cierra"]), (14, ["Cierra"]), (3, ["Cierra"])])
def test_from_the_twentieth_day_the_tree_is_asked_for(
    exercise: Exercise, liaison: User, expert: User, days: int, warns: list[str]
) -> None:
    table = table_in(exercise, liaison, days)
    reviewed_tree(exercise, liaison, expert)
    owed = asked(liaison)
    assert [duty.verb for duty in owed] == warns
    for duty in owed:
        assert table.event.starts_at
        assert duty.due_on == day_of(table.event.starts_at) - timedelta(days=14)
        assert duty.is_late(NOW) == (days < 14)
        assert duty.address.endswith("/revision/")
    assert asked(expert) == []
    assert "no tiene final el árbol" in str(trees_open_or_late(exercise, day_of(NOW)))


def test_a_theme_without_a_tree_asks_to_begin_one(exercise: Exercise, liaison: User) -> None:
    table_in(exercise, liaison, 10)
    (duty,) = asked(liaison)
    assert (duty.verb, duty.address.endswith("/arboles/nuevo/")) == ("Empieza", True)


@pytest.mark.parametrize(("days", "late"), [(20, ""), (14, ""), (13, "1 día tarde"), (4, "10 días tarde")])
def test_a_final_tree_is_counted_from_its_day(
    exercise: Exercise, liaison: User, expert: User, days: int, late: str
) -> None:
    table_in(exercise, liaison, days)
    tree = final_tree(exercise, liaison, expert)
    assert asked(liaison) == []
    told = trees_open_or_late(exercise, day_of(NOW))
    assert told is None if not late else late in str(told)
    reopen_tree(tree, by=again(liaison), at=NOW + timedelta(days=1))
    assert trees_open_or_late(exercise, day_of(NOW)) == told


def test_of_a_tree_told_by_a_document_no_day_is_asked(exercise: Exercise, liaison: User) -> None:
    table_in(exercise, liaison, 5)
    ProblemTree.objects.create(
        exercise=exercise, theme=theme_of(exercise), key="dibujado", order=1, title="A", state=TreeState.TOLD
    )
    assert asked(liaison) == []
    assert trees_open_or_late(exercise, day_of(NOW)) is None


@pytest.mark.parametrize(
    ("days", "said"),
    [(WARNED + 2, ""), (18, "debe serlo dos semanas antes"), (12, "va 2 días tarde"), (13, "va 1 día tarde")],
)
def test_whoever_prepares_the_table_is_warned(exercise: Exercise, liaison: User, days: int, said: str) -> None:
    warning = tree_warning(table_in(exercise, liaison, days), day_of(NOW))
    assert said in warning
    assert bool(said) == bool(warning)


@pytest.mark.usefixtures("plain_static_files")
def test_its_page_says_so(client: Client, exercise: Exercise, liaison: User, expert: User) -> None:
    table = table_in(exercise, liaison, 10)
    page = reverse("cocreation:run_table", args=[exercise.slug, table.event.slug])
    client.force_login(again(liaison))
    assert "todavía no es final" in client.get(page).content.decode()
    final_tree(exercise, liaison, expert)
    assert "fue final 4 días después" in client.get(page).content.decode()


def test_before_any_table_the_method_says_what_it_will_ask(exercise: Exercise) -> None:
    assert "Todavía no se convoca ninguna mesa" in str(trees_open_or_late(exercise, day_of(NOW)))
    declared = requisite("arbol-final-dos-semanas-antes")
    assert declared
    assert declared.address
    assert declared.address(exercise).endswith("/trabajo/arboles/")
