"""Counts the queries of a page's first request, through the whole application."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.db import connection
from django.test import RequestFactory

from tequio.project.wsgi import application


def measure(*paths: str) -> dict[str, int]:
    """Return how many queries each address makes when a process is asked for it for the first time."""
    return {path: queries(path) for path in paths}


def queries(path: str) -> int:
    """Ask for one address and count."""
    seen = count()

    def counting(execute: Any, *arguments: Any) -> Any:
        next(seen)
        return execute(*arguments)

    environ = RequestFactory().get(path, headers={"host": "127.0.0.1"}).environ
    with connection.execute_wrapper(counting):
        for _ in application(environ, lambda *_: lambda _data: None):
            pass
    return next(seen)
