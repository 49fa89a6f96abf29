"""The consistency rules on plans that nobody wrote: they never fail, and say the same twice."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.plans.consistency import check
from tequio.plans.consistency.engine import alike, same_words
from tequio.plans.models import ActionPlan
from tequio.plans.queries import Dossier, compile_dossier

pytestmark = pytest.mark.req("PL-10")
HOSTILE = ["", " ", "xxx", "Por definir", "a) ; b)", "<b>", "9" * 50, "2021-XX-XX", "\u202e", "ñ" * 300, "%s {} \\"]
KEPT = {
    "kind",
    "precision",
    "sector",
    "role",
    "counted",
    "scheme",
    "state",
    "on",
    "cut_on",
    "next_cut_on",
    "key",
    "place",
}


@pytest.fixture
def plain(first_pal: None, db: None) -> dict[str, Any]:
    return compile_dossier(ActionPlan.objects.get(code="PAL1")).model_dump(mode="json")


def spoiled(value: Any, chance: random.Random) -> Any:
    """Return a copy of a dossier in which some texts are others and some lists are shorter."""
    if isinstance(value, dict):
        return {key: inner if key in KEPT else spoiled(inner, chance) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoiled(inner, chance) for inner in value if chance.random() > 0.1]
    if isinstance(value, str) and chance.random() < 0.2:
        return chance.choice(HOSTILE)
    return value


@pytest.mark.parametrize("seed", range(20))
def test_no_document_breaks_the_checker(plain: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    other = {key: spoiled(plain[key], chance) for key in ("commitments", "statements", "events", "trees", "chapters")}
    dossier = Dossier.model_validate({**plain, **other})
    found = check(dossier)
    assert found == check(dossier)
    assert all(one.place and one.problem and one.rule for one in found)


@given(st.text(max_size=80))
def test_a_text_is_the_same_as_itself_in_capitals(text: str) -> None:
    assert same_words(text) == same_words(text.casefold())


def test_alike_is_about_most_of_the_words() -> None:
    line = "Construir un estudio de las condiciones de apertura institucional a nivel local."
    assert alike(line, "Construir un estudio de las condiciones de apertura institucional a nivel municipal.")
    assert not alike(line, "Publicar cada semana el calendario del agua por colonia.")
