"""Asks servers of this machine for pages with wrk: at most two threads, in turns, within a number of seconds."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bootstrap.steps import StopError, run

from bench import processes

if TYPE_CHECKING:
    from collections.abc import Mapping

THREADS: Final = 2
CONNECTIONS: Final = 8
GZIP: Final = {"Accept-Encoding": "gzip"}
ROUNDS: Final = 3
REST: Final = 0.1  # seconds without work after which a server is at rest
LONGEST_REST: Final = 3.0
MOST_SECONDS: Final = 170.0  # of load in one run


@dataclass(frozen=True)
class Target:
    """An address to ask, as the clients of which headers, and the process group that answers."""

    url: str
    group: int
    headers: Mapping[str, str] = field(default_factory=lambda: GZIP)
    paths: tuple[str, ...] = ()  # of the same server, asked in turn instead


@dataclass(frozen=True)
class Load:
    """What one round of requests, or the median of several, saw."""

    rate: float  # requests per second
    cpu_ms: float  # of the server, per request
    p95_ms: float
    errors: int


class Generator:
    """wrk, with the seconds of load that this run has left."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.left = seconds, MOST_SECONDS
        self.program = tool("wrk", "wrk")

    def alternate(self, targets: Mapping[str, Target]) -> dict[str, Load]:
        """Ask each target in turn, ROUNDS times, and return the medians."""
        for target in targets.values():  # a page is warm before it is measured
            answer(target.url, target.headers)
        rounds = [{name: self.ask(target) for name, target in targets.items()} for _ in range(ROUNDS)]
        return {name: _median([seen[name] for seen in rounds]) for name in targets}

    def ask(self, target: Target) -> Load:
        """Ask one target for a while with all connections."""
        self.left -= self.seconds
        if self.left < 0:
            raise StopError(f"This run has spent its {MOST_SECONDS:.0f} seconds of load.")
        headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
        script = ["-s", str(Path(__file__).with_name("wrk.lua"))]
        amount = ["-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{self.seconds:g}"]
        before = processes.cpu_ms(target.group)
        said = run([self.program, *amount, *headers, *script, target.url, "--", *target.paths])
        spent = rested(target.group) - before
        seen = json.loads(said.splitlines()[-1])
        # Each connection ends with a request under way, which the server answers all the same.
        asked = seen["requests"] + CONNECTIONS
        return Load(seen["requests"] / seen["seconds"], spent / asked, seen["p95_ms"], seen["errors"])


def rested(group: int) -> float:
    """Return a server's CPU milliseconds once it has nothing left to answer."""
    used, before, until = processes.cpu_ms(group), -1.0, time.monotonic() + LONGEST_REST
    while used > before and time.monotonic() < until:
        time.sleep(REST)
        before, used = used, processes.cpu_ms(group)
    return used


def _median(loads: list[Load]) -> Load:
    """Return the median of each figure, and all the errors."""
    return Load(
        rate=median(load.rate for load in loads),
        cpu_ms=median(load.cpu_ms for load in loads),
        p95_ms=median(load.p95_ms for load in loads),
        errors=sum(load.errors for load in loads),
    )


@dataclass(frozen=True)
class Answer:
    """What a server answered, as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether the address shows something."""
        return self.status == HTTPStatus.OK

    @property
    def plain(self) -> bytes:
        """Return the body unpacked."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


def answer(url: str, headers: Mapping[str, str] = GZIP, *, timeout: float = 20) -> Answer:
    """Ask once, follow nothing, unpack nothing."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=dict(headers))
        given = connection.getresponse()
        return Answer(given.status, {name.lower(): value for name, value in given.getheaders()}, given.read())
    finally:
        connection.close()


def tool(program: str, package: str) -> str:
    """Return a program's path, installed by apt in CI as root; stop with the way to install it where it is absent."""
    if not shutil.which(program) and os.geteuid() == 0 and os.environ.get("CI") == "true" and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
    found = shutil.which(program)
    if not found:
        raise StopError(f"no {program}: apt-get install {package}")
    return found
