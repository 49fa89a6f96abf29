"""The instant of the last public change, which every process must know before it answers from memory.

On one machine it is a number in a file of the data folder that every process maps into its memory: asking
costs no system call.
Several machines agree on the latest through the shared cache, asked at most once a second.
"""

from __future__ import annotations

import fcntl
import mmap
import struct
import threading
import time
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from django.conf import settings
from django.core.cache import caches

if TYPE_CHECKING:
    from pathlib import Path

STAMP: Final = struct.Struct("<q")
SHARED_KEY: Final = "tequio:edition-stamp"
ASK_EVERY: Final = 1.0  # seconds between questions to the shared cache
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Shared(Protocol):
    """The part of a Django cache by which the machines agree."""

    def get(self, key: str, default: int) -> int:
        """Return the kept value or the default."""

    def set(self, key: str, value: int, timeout: float | None) -> None:
        """Keep a value, for ever when the timeout is None."""


class EditionStamp:
    """A stamp (microseconds since 1970) that only grows: each drop gives another, however close they are."""

    def __init__(
        self, path: Path, shared: Shared | None = None, outages: tuple[type[Exception], ...] = (OSError,)
    ) -> None:
        self.path, self.shared, self.outages = path, shared, outages
        self._asking = threading.Lock()
        self._ask_next, self._agreed = 0.0, shared is None
        with path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if file.tell() < STAMP.size:
                file.write(STAMP.pack(0))
        with path.open("rb+") as file:  # opened anew: a map keeps its file open, and with it the lock
            self._memory = mmap.mmap(file.fileno(), STAMP.size)

    def current(self) -> int | None:
        """Return the stamp in force, or None while the other machines cannot be asked."""
        if self.shared is not None and time.monotonic() >= self._ask_next:
            self._agree(self.shared)
        return int(STAMP.unpack_from(self._memory)[0]) if self._agreed else None

    def drop(self, *, at: datetime) -> int:
        """Declare that what was public before this instant may no longer be what is; return the new stamp."""
        instant = (at - EPOCH) // datetime.resolution
        stamp = self._raise_to(instant, strictly=True)
        if self.shared is not None:
            self._ask_next = 0.0  # tell the others at the next request, even if they cannot be told now
            self._agree(self.shared)
        return stamp

    def _raise_to(self, stamp: int, *, strictly: bool = False) -> int:
        """Set the stamp, or the next one after the present when it is already there."""
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            (now,) = STAMP.unpack_from(self._memory)
            stamp = max(stamp, now + 1 if strictly else now)
            STAMP.pack_into(self._memory, 0, stamp)
        return stamp

    def _agree(self, shared: Shared) -> None:
        """Take the later of this machine's stamp and the shared one, and tell the others if it is ours."""
        if not self._asking.acquire(blocking=False):
            return
        try:
            theirs = shared.get(SHARED_KEY, 0)
            ours = self._raise_to(theirs)
            if ours > theirs:
                shared.set(SHARED_KEY, ours, None)
            self._agreed = True
        except self.outages:
            self._agreed = False
        finally:
            self._ask_next = time.monotonic() + ASK_EVERY
            self._asking.release()


@cache
def edition_stamp() -> EditionStamp:
    """Return this deployment's stamp; REDIS_URL makes it one for several machines."""
    path = settings.DATA / "edition-stamp"
    if not settings.REDIS_URL:
        return EditionStamp(path)
    return EditionStamp(path, caches["default"], (OSError, import_module("redis").RedisError))


def drop_all(*, at: datetime) -> None:
    """Make every cached page be rendered again: call it on commit of whatever changes what is public."""
    edition_stamp().drop(at=at)
