"""Opening an exercise: who may, in what years, and who sees the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, Land, again

from tequio.exercises.enums import ACCOMPANY_EXERCISE, RUN_EXERCISE, ExerciseState
from tequio.exercises.models import Exercise
from tequio.exercises.workflows import load_exercises, open_exercise
from tequio.kernel.models import LedgerEntry, StatusChange
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Jurisdiction, User

YEARS = {"first_year": 2031, "last_year": 2032}


def opened(place: Jurisdiction, by: User, **other: int) -> Exercise:
    """Open an exercise as the next request would."""
    return open_exercise(place, name="Ejercicio", **{**YEARS, **other}, by=again(by), at=NOW)


@pytest.mark.req("EX-01")
def test_staff_and_liaison_open_exercises_of_their_places(land: Land, guarantor_staff: User, liaison: User) -> None:
    state = opened(land.state, guarantor_staff)
    town = opened(land.town, liaison)
    assert (state.slug, town.slug) == (f"{land.state.slug}-2031-2032", f"{land.town.slug}-2031-2032")
    assert {state.state, town.state} == {ExerciseState.DRAFT}
    assert town.guarantor_terms.get().organization == land.guarantor
    opened_by = StatusChange.objects.filter(move="open").values_list("subject", "changed_by", "after")
    assert list(opened_by) == [
        (f"exercises.Exercise:{state.slug}", "garante", "draft"),
        (f"exercises.Exercise:{town.slug}", "enlace", "draft"),
    ]
    assert not LedgerEntry.objects.filter(subject__contains=town.slug).exists()  # a draft is nobody's business yet


def test_asked_twice_it_is_the_same_exercise(land: Land, liaison: User) -> None:
    assert opened(land.town, liaison) == opened(land.town, liaison)
    with pytest.raises(Refused, match="ya tiene un ejercicio en esos años"):
        opened(land.town, liaison, last_year=2033)
    assert opened(land.town, liaison, first_year=2033, last_year=2033).slug == f"{land.town.slug}-2033"


def test_others_open_nothing(cast: dict[str, User], land: Land, visitor: AnonymousUser) -> None:
    for part in ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger"):
        with pytest.raises(Refused, match="no puede abrir"):
            opened(land.town, cast[part])
    with pytest.raises(Refused, match="no puede abrir"):
        open_exercise(land.town, name="Ejercicio", **YEARS, by=visitor, at=NOW)
    with pytest.raises(Refused, match="no puede abrir"):
        opened(land.state, cast["liaison"])
    assert not Exercise.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(2032, 2031), (2031, 2037)])
def test_years_go_forward_and_end(land: Land, liaison: User, first: int, last: int) -> None:
    with pytest.raises(Refused, match="Revisa los dos años"):
        opened(land.town, liaison, first_year=first, last_year=last)


def test_draft_is_seen_by_those_who_run_it(cast: dict[str, User], land: Land, visitor: AnonymousUser) -> None:
    draft = opened(land.town, cast["liaison"])
    seen = {part for part, person in cast.items() if draft in Exercise.objects.visible_to(again(person))}
    assert seen == {"superuser", "guarantor_staff", "liaison"}
    assert not Exercise.objects.visible_to(visitor).exists()
    run = {part for part, person in cast.items() if again(person).has_perm(RUN_EXERCISE, draft)}
    assert run == {"guarantor_staff", "liaison"}
    accompany = {part for part, person in cast.items() if again(person).has_perm(ACCOMPANY_EXERCISE, draft)}
    assert accompany == {"guarantor_staff"}


def test_pack_does_not_replace_an_exercise_that_is_run_here(exercise: Exercise) -> None:
    told = [{"ejercicio": {"clave": exercise.slug}}]
    with pytest.raises(Refused, match="se lleva en esta plataforma"):
        load_exercises(told, by=None, at=NOW)
