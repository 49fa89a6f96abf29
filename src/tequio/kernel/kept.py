"""Keeps in the process what only a publication changes: by the edition stamp, as the page cache keeps pages.

What is kept asks nobody who they are, so it is what anybody may see; pages ask it, never a verb, whose rows may yet be
undone. While the stamp cannot be known nothing is kept.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tequio.kernel.editionstamp import edition_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Made = TypeVar("Made")


def kept(most: int) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Keep the last `most` answers of a public question until something is published; nobody may alter an answer."""

    def keeping(make: Callable[P, Made]) -> Callable[P, Made]:
        def made(_stamp: int, *args: P.args, **named: P.kwargs) -> Made:
            return make(*args, **named)

        remembered: Callable[..., Made] = lru_cache(maxsize=most)(made)

        @wraps(make)
        def asked(*args: P.args, **named: P.kwargs) -> Made:
            # The stamp is read first: what is published while we read is asked again under the next one.
            stamp = edition_stamp().current()
            return make(*args, **named) if stamp is None else remembered(stamp, *args, **named)

        return asked

    return keeping
