"""The checks of a deployment know which SQLite may lose a write."""

from __future__ import annotations

import pytest

from tequio.kernel.checks import is_mended


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_releases_with_the_race_are_known(version: tuple[int, int, int], *, mended: bool) -> None:
    assert is_mended(version) is mended
