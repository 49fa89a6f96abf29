"""Themes: who proposes them, what they need to be approved, and what anybody sees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.cast import NOW, again

from tequio.accounts.enums import Sector
from tequio.cocreation.conformity import without_themes
from tequio.cocreation.datasets import DATASETS
from tequio.cocreation.enums import ThemeStatus, TreeState
from tequio.cocreation.models import ProblemTree, Theme
from tequio.cocreation.tests.diagnosis import agreed, approved, proposed, targets, written
from tequio.cocreation.tests.gatherings import theme_of
from tequio.cocreation.workflows import approve_theme, begin_tree, change_theme, propose_theme, withdraw_theme
from tequio.exercises.enums import ExerciseState
from tequio.exercises.models import Exercise
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.clock import day_of
from tequio.kernel.editionstamp import drop_all
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.req("DX-01")]


def dataset(key: str) -> str:
    return str(list(next(each for each in DATASETS if each.key == key).rows(None)))


def test_who_runs_it_and_its_secretariat_propose_and_nobody_else(
    exercise: Exercise, liaison: User, cast: dict[str, User], visitor: AnonymousUser
) -> None:
    body = secretariat(exercise, liaison)
    for person in (liaison, body.holder(Sector.CIVIL_SOCIETY.value)):
        assert proposed(exercise, person, name=f"De {person.username}").status == ThemeStatus.PROPOSED
    for who in (visitor, cast["stranger"], cast["representative"], cast["other_liaison"], cast["far_staff"]):
        with pytest.raises(Refused, match="no propone"):
            propose_theme(exercise, written(), by=who, at=NOW)


def test_a_theme_in_an_archived_exercise_is_not_proposed(exercise: Exercise, liaison: User) -> None:
    body = secretariat(exercise, liaison)
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.CLOSED, archived_on=NOW.date())
    exercise.refresh_from_db()
    with pytest.raises(Refused, match="no propone"):
        propose_theme(exercise, written(), by=body.holder(Sector.CIVIL_SOCIETY.value), at=NOW)


def test_it_says_why_and_names_targets_that_exist(exercise: Exercise, liaison: User) -> None:
    targets()
    assert proposed(exercise, liaison, targets="16.6; 11.2, 16.6").targets == ["11.2", "16.6"]
    for wrong, words in (
        ({"targets": "99.9"}, "99.9"),
        ({"name": "  "}, "Escribe el nombre"),
        ({"justification": " "}, "por qué"),
    ):
        with pytest.raises(Refused, match=words):
            proposed(exercise, liaison, **wrong)


def test_two_of_a_name_have_each_their_address(exercise: Exercise, liaison: User) -> None:
    keys = [proposed(exercise, liaison, name=name).key for name in ("Agua", "Agua", "Nueva", "¿?")]
    assert keys == ["agua", "agua-2", "nueva-2", "tematica"]


def test_an_agreement_of_the_secretariat_approves_it(exercise: Exercise, liaison: User) -> None:
    assert without_themes(exercise, day_of(NOW))
    body, agreement = agreed(exercise, liaison)
    theme = proposed(exercise, liaison)
    assert "Movilidad" not in dataset("tematicas")
    with pytest.raises(Refused, match="no puede registrar"):
        approve_theme(theme, agreement, by=body.holder(Sector.CIVIL_SOCIETY.value), at=NOW)
    done = approve_theme(theme, agreement, by=again(liaison), at=NOW)
    assert (done.status, done.agreement) == (ThemeStatus.APPROVED, agreement)
    assert "Movilidad" in dataset("tematicas")
    assert without_themes(exercise, day_of(NOW)) is None
    told = LedgerEntry.objects.get(kind="cocreation.theme_approved")
    assert told.payload["agreement"] == agreement.reference
    assert liaison.username not in str(told.payload)
    with pytest.raises(Refused, match="el estado cambió"):
        approve_theme(theme, agreement, by=again(liaison), at=NOW)
    for verb in (
        lambda: change_theme(theme, written(), by=again(liaison), at=NOW),
        lambda: withdraw_theme(theme, "Ya no", by=again(liaison), at=NOW),
    ):
        with pytest.raises(Refused):
            verb()


def test_it_is_not_approved_without_alignment_nor_by_another_agreement(
    exercise: Exercise, other_exercise: Exercise, liaison: User, other_liaison: User
) -> None:
    _, agreement = agreed(exercise, liaison)
    bare = proposed(exercise, liaison, plan_alignment="")
    with pytest.raises(Refused, match="plan de desarrollo"):
        approve_theme(bare, agreement, by=again(liaison), at=NOW)
    assert Theme.objects.get(pk=bare.pk).agreement is None
    _, other = agreed(other_exercise, other_liaison)
    with pytest.raises(Refused, match="de este ejercicio"):
        approve_theme(proposed(exercise, liaison), other, by=again(liaison), at=NOW)


def test_a_proposed_one_changes_and_is_withdrawn_with_its_reason(exercise: Exercise, liaison: User) -> None:
    theme = proposed(exercise, liaison)
    assert change_theme(theme, written(name="Agua"), by=again(liaison), at=NOW).name == "Agua"
    with pytest.raises(Refused, match="por qué"):
        withdraw_theme(theme, "  ", by=again(liaison), at=NOW)
    assert withdraw_theme(theme, "Es de otra", by=again(liaison), at=NOW).withdrawn_because == "Es de otra"


def test_the_database_keeps_what_approves_it(exercise: Exercise, liaison: User) -> None:
    theme = approved(exercise, liaison)
    for columns in (
        {"agreement": None},
        {"status": "otra"},
        {"status": ThemeStatus.WITHDRAWN},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Theme.objects.filter(pk=theme.pk).update(**columns)


@pytest.mark.usefixtures("plain_static_files")
def test_a_tree_that_nobody_published_is_on_no_page_of_themes(
    client: Client, exercise: Exercise, liaison: User
) -> None:
    theme = theme_of(exercise)
    tree = begin_tree(exercise, theme, title="Borrador-zq", problem="Un problema", by=again(liaison), at=NOW)
    address = reverse("cocreation:themes", args=[exercise.slug])
    assert "Borrador-zq" not in client.get(address).content.decode()
    ProblemTree.objects.filter(pk=tree.pk).update(state=TreeState.FINAL, published_at=NOW)
    drop_all(at=NOW)
    assert "Borrador-zq" in client.get(address).content.decode()
