"""Named facts: a lower room announces what happened, a higher one subscribes in apps.ready()."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED: Final = "published"
"""Something public has a new version (kind, subject, number): cached pages drop and files are built again."""

FILE_ATTACHED: Final = "file_attached"
"""An edition has one more file (kind, subject, number, name): the pages that link to it drop."""

CHANGED: Final = "changed"
"""What a public page shows is another (subject): kept pages drop and the search index follows."""

STATUS_CHANGED: Final = "status_changed"
"""A move of a workflow was made (subject, move, before, after)."""

logger = logging.getLogger(__name__)
_handlers: defaultdict[str, list[Callable[..., object]]] = defaultdict(list)


def subscribe(fact: str, handler: Callable[..., object]) -> None:
    """Call a handler with the payload of each fact of this name; subscribing twice counts once."""
    if handler not in _handlers[fact]:
        _handlers[fact].append(handler)


def unsubscribe(fact: str, handler: Callable[..., object]) -> None:
    """Stop calling a handler."""
    _handlers[fact].remove(handler)


def announce(fact: str, **payload: Any) -> None:
    """Tell the subscribers once the transaction commits; one that fails is logged and stops nobody."""

    def tell() -> None:
        for handler in tuple(_handlers[fact]):
            try:
                handler(**payload)
            except Exception:
                logger.exception("%s.%s failed on the fact %s", handler.__module__, handler.__qualname__, fact)

    transaction.on_commit(tell)
