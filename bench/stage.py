"""The data that is measured, made once for each state of the source and kept in .tequio/bench.

demo      what ./tequio demo loads
room      the same and the demonstration's table, whose room is writing
small     the same and 13 invented plans of 8 commitments of 6 activities
large     the same and 126 of them, ten times as much
entries   small, and 100,000 texts to be found
PostgreSQL holds what entries holds.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bootstrap import postgres
from bootstrap.demo import fingerprint, prepare
from bootstrap.steps import HOME, StopError, run, step

from bench.load import Generator
from bench.servers import PYTHON, product_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANS: Final = {"small": 13, "large": 126}


class Stage:
    """Where the run's data are, and what it asks with."""

    def __init__(self, *, is_quick: bool) -> None:
        self.is_quick = is_quick
        self.folder = HOME / "bench" / fingerprint()[:16]

    @cached_property
    def generator(self) -> Generator:
        """Return the load generator; StopError where there is no wrk."""
        return Generator(seconds=1)

    def address(self, path: str) -> str:
        """Return a path with the names of what the demo's data have."""
        return path.format(**self._names)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the names of the demo's first exercise and of one commitment."""
        return dict(inside(self.folder / "demo", "naming"))

    @property
    def pages(self) -> Path:
        """Return the data that pages are measured with: the large ones, or in a quick run the demo's."""
        return self.folder / ("demo" if self.is_quick else "large")

    def prepare(self) -> None:
        """Make what is not there yet, PostgreSQL's beside SQLite's; forget what other sources made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.parent.iterdir():
            if old != self.folder:
                shutil.rmtree(old)
        with redirect_stdout(sys.stderr), ThreadPoolExecutor(1) as beside:
            dumped = None if self.is_quick else beside.submit(self._dump)
            self._demo()
            self._copy("demo", "room", "rooms", "make")
            if not self.is_quick:
                self._copy("demo", "small", "volume", str(PLANS["small"]))
                self._copy("demo", "large", "volume", str(PLANS["large"]))
                self._copy("small", "entries", "entries")
            if dumped:
                with step("PostgreSQL"):
                    dumped.result()
                shutil.copytree(self.folder / "demo/static", self.folder / "postgresql/static", dirs_exist_ok=True)

    def _demo(self) -> None:
        """Do what ./tequio demo does before it serves."""
        folder = self.folder / "demo"
        folder.mkdir(exist_ok=True)
        prepare(PYTHON, product_environment(folder), folder)

    def _copy(self, source: str, name: str, *act: str) -> None:
        """Make a folder of data from another and what one act adds."""
        folder = self.folder / name
        if folder.exists():
            return
        unfinished = self.folder / f"{name}-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(self.folder / source, unfinished)
        with step(f"{name} ({' '.join(act)})"):
            inside(unfinished, *act)
        unfinished.rename(folder)

    def _dump(self) -> None:
        """Fill a PostgreSQL and keep its dump."""
        dump, folder = self.folder / "postgresql.sql", self.folder / "postgresql"
        if dump.exists() or not postgres.find_binaries():
            return
        folder.mkdir(exist_ok=True)
        with postgres.server({}) as address:
            env = product_environment(folder, address)
            for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
                run([PYTHON, "-m", "django", *command], env)
            inside(folder, "volume", str(PLANS["small"]), database=address)
            inside(folder, "entries", database=address)
            run([program("pg_dump"), "--no-owner", "--file", dump, address])

    @contextmanager
    def postgresql(self) -> Iterator[str]:
        """Run a PostgreSQL with the data and yield its address; StopError where there is none."""
        dump = self.folder / "postgresql.sql"
        with postgres.server({}) as address:
            if not dump.exists():
                raise StopError("the data for PostgreSQL were not made")
            run([program("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file", dump, address])
            run([program("psql"), "--quiet", "--command", "VACUUM ANALYZE", address])
            yield address


def program(name: str) -> str:
    """Return one of PostgreSQL's programs."""
    folder = postgres.find_binaries()
    if not folder:
        raise StopError(postgres.NONE_FOUND)
    return str(folder / name)


def inside(data: Path, name: str, *arguments: str, database: str = "") -> Any:
    """Run one module of bench.inside with the product's settings and return what it printed."""
    env = product_environment(data, database, cache_mb=0)
    return json.loads(run([PYTHON, "-m", "bench.inside", name, *arguments], env).splitlines()[-1])


def machine() -> str:
    """Describe this machine: processors, memory, load, Python."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    python = sys.version.split()[0]
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors, {model}, {memory:.0f} GB, Python {python}, load average {busy:.1f} at the start"
    )
