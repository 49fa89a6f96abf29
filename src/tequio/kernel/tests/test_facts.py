from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from tequio.kernel.facts import announce, subscribe, unsubscribe

if TYPE_CHECKING:
    from collections.abc import Iterator

heard: list[str] = []


def hear(word: str) -> None:
    heard.append(word)


def stumble(word: str) -> None:
    raise LookupError(word)


@pytest.fixture(autouse=True)
def subscribed() -> Iterator[None]:
    heard.clear()
    for handler in (stumble, hear, hear):
        subscribe("greeted", handler)
    yield
    for handler in (stumble, hear):
        unsubscribe("greeted", handler)


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_told_once_and_only_after_the_commit() -> None:
    with transaction.atomic():
        announce("greeted", word="hola")
        assert heard == []
    assert heard == ["hola"]


@pytest.mark.django_db(transaction=True)
def test_a_fact_of_a_transaction_that_was_undone_is_never_told() -> None:
    with transaction.atomic():
        announce("greeted", word="hola")
        transaction.set_rollback(True)
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_fails_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic():
        announce("greeted", word="hola")
    assert heard == ["hola"]
    assert "stumble" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_nobody_awaits_is_told_to_nobody() -> None:
    announce("unheard", word="hola")
    assert heard == []
