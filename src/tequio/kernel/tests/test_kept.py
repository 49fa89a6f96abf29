"""What the process keeps is asked once, until the stamp changes, and never while it cannot be known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tequio.kernel.editionstamp import drop_all, edition_stamp
from tequio.kernel.kept import kept

if TYPE_CHECKING:
    import pytest


def test_an_answer_is_kept_until_something_is_published() -> None:
    asked: list[str] = []

    @kept(most=2)
    def answer(word: str) -> str:
        asked.append(word)
        return word

    assert [answer("a"), answer("a"), answer("b")] == ["a", "a", "b"]
    assert asked == ["a", "b"]
    drop_all(at=datetime.now(UTC))
    answer("a")
    assert asked == ["a", "b", "a"]


def test_only_the_last_answers_are_kept() -> None:
    asked: list[int] = []

    @kept(most=2)
    def answer(number: int) -> None:
        asked.append(number)

    for number in (1, 2, 3, 3, 1):
        answer(number)
    assert asked == [1, 2, 3, 1]


def test_nothing_is_kept_while_the_stamp_cannot_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    @kept(most=2)
    def answer() -> None:
        asked.append(1)

    monkeypatch.setattr(edition_stamp(), "_agreed", False)
    answer()
    answer()
    assert len(asked) == 2
