"""The checks of a deployment know which SQLite may lose a write, and whether mail can leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tequio.kernel.checks import is_mended, mail_leaves

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


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


@pytest.mark.parametrize(
    ("host", "https", "warned"), [("", True, True), ("", False, False), ("smtp.example.mx", True, False)]
)
def test_a_public_site_without_a_mail_server_is_warned(
    settings: SettingsWrapper, host: str, *, https: bool, warned: bool
) -> None:
    settings.EMAIL_HOST, settings.HTTPS = host, https
    assert [message.id for message in mail_leaves()] == ["tequio.W002"] * warned
