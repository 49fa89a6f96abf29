"""Objections: those who would lose by an act are heard before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tequio.kernel.objections import hear_objections, object_to, withdraw
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


def loser(*, thing: str) -> Iterator[str]:
    if thing == "mine":
        yield "Eso es mío."


def another(*, thing: str) -> list[str]:
    return [f"Tampoco {thing}."]


@pytest.fixture
def objecting() -> Iterator[None]:
    object_to("sample.erase", loser)
    object_to("sample.erase", loser)
    yield
    withdraw("sample.erase", loser)


def test_an_act_is_refused_in_the_words_of_who_objects(objecting: None) -> None:
    object_to("sample.erase", another)
    with pytest.raises(Refused, match=r"^Eso es mío\. Tampoco mine\.$"):
        hear_objections("sample.erase", thing="mine")
    withdraw("sample.erase", another)


def test_an_act_that_nobody_objects_to_goes_on(objecting: None) -> None:
    hear_objections("sample.erase", thing="yours")
    hear_objections("sample.other", thing="mine")
    withdraw("sample.erase", loser)
    hear_objections("sample.erase", thing="mine")
    object_to("sample.erase", loser)
