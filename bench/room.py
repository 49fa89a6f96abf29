"""Measures a room that many telephones follow: each polls its state as the page's script does, and reads it anew."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from bench import processes
from bench.load import rested
from bench.measurement import Measurement
from bench.servers import product
from bench.stage import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stage import Stage

PHONES: Final = 200
EVERY: Final = 5.0  # seconds between two questions of a telephone, and up to one more (cocreation/static/sala.js)
WRITES: Final = 12.0  # seconds between two changes of the room's text, each of which every telephone reads
SECONDS: Final = 30.0
PROCESSORS: Final = 2
ALL: Final = 100.0  # what is said of a room in which a telephone was not answered


class Phone(threading.Thread):
    """One telephone: it keeps the mark of what it read, and asks for the page only when the state changed."""

    def __init__(self, port: int, code: str, until: float, seen: Counter[str]) -> None:
        super().__init__(daemon=True)
        self.port, self.until, self.seen = port, until, seen
        self.room, self.mark, self.said = f"/sala/{code}/", "", b""
        self.random = random.Random(self.name)

    def run(self) -> None:
        """Ask until the time is over."""
        time.sleep(self.random.random() * EVERY)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while time.monotonic() < self.until:
            try:
                self.ask(connection)
            except (OSError, http.client.HTTPException) as wrong:
                self.seen[type(wrong).__name__] += 1
                connection.close()
            time.sleep(EVERY + self.random.random())
        connection.close()

    def ask(self, connection: http.client.HTTPConnection) -> None:
        """Ask for the state, and for the page if it is another one."""
        status, said, mark = self.get(connection, f"{self.room}estado.json", self.mark)
        if status == HTTPStatus.OK:
            if self.said and said != self.said:
                self.get(connection, self.room, "")
            self.said, self.mark = said, mark

    def get(self, connection: http.client.HTTPConnection, path: str, mark: str) -> tuple[int, bytes, str]:
        """Ask for an address; return the status, what it said, and its mark."""
        headers = {"Accept-Encoding": "gzip", **({"If-None-Match": mark} if mark else {})}
        connection.request("GET", path, headers=headers)
        given = connection.getresponse()
        body = given.read()
        self.seen[str(given.status)] += 1
        return given.status, body, given.headers.get("ETag", "")


def phones(stage: Stage) -> Iterator[Measurement]:
    """Measure what part of two processors a room with 200 telephones takes while its text changes."""
    folder = stage.folder / "room"
    code = inside(folder, "rooms", "make")["code"]
    seen: Counter[str] = Counter()
    with product(folder, is_cached=True) as server, ThreadPoolExecutor(1) as beside:
        until = time.monotonic() + SECONDS
        before = processes.cpu_ms(server.group)
        writing = beside.submit(inside, folder, "rooms", "write", str(SECONDS - EVERY), str(WRITES))
        ringing = [Phone(server.port, code, until, seen) for _ in range(PHONES)]
        for phone in ringing:
            phone.start()
        for phone in ringing:
            phone.join()
        spent = rested(server.group) - before
        times = writing.result()["times"]
    asked, answered = sum(seen.values()), seen[str(HTTPStatus.OK.value)] + seen[str(HTTPStatus.NOT_MODIFIED.value)]
    told = json.dumps(dict(sorted(seen.items())))
    yield Measurement(
        name="room.phones",
        value=100 * spent / (SECONDS * 1000 * PROCESSORS) if asked == answered else ALL,
        unit="% of two processors",
        cpu_ms=spent / asked,
        note=f"{PHONES} telephones for {SECONDS:.0f} s, {asked} answers {told}, {times} changes of the text",
    )
