"""How many times in an hour the same network may send a form that is open to anybody and sends mail."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core.ratelimit import consume_or_429

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer «wait a few minutes» to a network that sends too much; its address stays in memory, for an hour."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused: HttpResponse | None = consume_or_429(request, action="open_form")
        return refused or view(request, *args, **kwargs)

    return counted
