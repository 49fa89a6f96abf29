"""When the digest goes out and reminds: what the variables mean, and an error that says the mend."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tequio.project.environment import within

NAME = "TEQUIO_REMINDER_DAYS"


@pytest.mark.parametrize(("text", "meaning"), [("", (7, 1)), ("3", (3,)), ("1, 14,7", (14, 7, 1)), ("0", (0,))])
def test_numbers_are_read_the_largest_first(
    monkeypatch: pytest.MonkeyPatch, text: str, meaning: tuple[int, ...]
) -> None:
    if text:
        monkeypatch.setenv(NAME, text)
    assert within(NAME, "7,1", 0, 60) == meaning


@pytest.mark.parametrize("text", ["siete", "-1", "61", "7;1", ",", "1.5"])
def test_anything_else_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match=r"TEQUIO_REMINDER_DAYS .* whole numbers from 0 to 60"):
        within(NAME, "7,1", 0, 60)
