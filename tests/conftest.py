"""A reader for the running site."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as product

from tests.journeys.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Iterator[Browser]:
    """Lend the run's browser; its loop lives in this thread, where Django would refuse the database."""
    product.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks into it when the server starts
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield chromium
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def reader(browser: Browser, plain_static_files: None, live_server: LiveServer) -> Reader:
    """Return a reader of the running site."""
    return Reader(browser, live_server.url)
