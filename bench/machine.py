"""Measures what is not a page: a document, a pack, and the demo's start and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from bootstrap.demo import end
from bootstrap.install import PYTHON
from bootstrap.steps import ROOT, StopError

from bench.load import answer
from bench.measurement import Measurement
from bench.processes import free_port, proportional_mb, resident_mb
from bench.servers import product_environment
from bench.stage import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stage import Stage

PACK: Final = ROOT / "tests" / "packs" / "tonalli"
IDLE: Final = 3.0  # seconds after which nothing runs any more
READY: Final = "Listo en"


def document(stage: Stage) -> Iterator[Measurement]:
    """Measure the PDF of a plan of twelve commitments."""
    seen = inside(stage.folder / "demo", "documents")
    first = f"the first in a process {seen['first']:.2f} s"
    size, peak = seen["bytes"], seen["peak_mb"]
    yield Measurement(name="plan.pdf", value=seen["seconds"], unit="s", bytes=size, peak_mb=peak, note=first)


def pack(stage: Stage) -> Iterator[Measurement]:
    """Measure the loading of an invented state's pack beside the demo's data."""
    seen = inside(stage.folder / "demo", "packs", str(PACK))
    yield Measurement(name="pack.load", value=seen["seconds"], unit="s", peak_mb=seen["peak_mb"])


def demo(stage: Stage) -> Iterator[Measurement]:
    """Measure ./tequio demo on data that an earlier one made: its start, then its memory at rest."""
    if not PYTHON.exists():
        raise StopError("run it as ./tequio bench: the demo needs the environment that ./tequio makes")
    port, begun = free_port(), time.monotonic()
    command = [sys.executable, "tequio", "demo", "--port", str(port), "--data", str(stage.folder / "demo")]
    process = start(command, product_environment(stage.folder / "demo"))
    try:
        wait_until_ready(process)
        taken = time.monotonic() - begun
        answer(f"http://127.0.0.1:{port}/")
        time.sleep(IDLE)
        groups = [process.pid, *children(process.pid)]
        held = sorted((mb for group in groups for mb in resident_mb(group)), reverse=True)
        total = sum(proportional_mb(group) for group in groups)
    finally:
        end([process])
    each = "processes hold " + ", ".join(f"{mb:.0f}" for mb in held) + " MB"
    yield Measurement(name="demo.second-start", value=taken, unit="s")
    yield Measurement(name="demo.memory", value=total, unit="MB", note=f"{each}, what they share counted once")
    yield Measurement(name="demo.worker-memory", value=held[0], unit="MB", note="the largest process")


def start(command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the demo in a group of its own."""
    environ = {name: value for name, value in env.items() if name not in {"TEQUIO_DATA", "TEQUIO_ADDRESS"}}
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, start_new_session=True)


def wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    """Return when the demo says that it is ready."""
    said = b""
    while READY.encode() not in said:
        part = os.read(process.stdout.fileno(), 4096) if process.stdout else b""
        said += part
        if not part:
            raise StopError(f"the demo ended: {said.decode().strip()}")


def children(parent: int) -> list[int]:
    """Return the groups that the demo made: its server and its jobs' worker each lead one."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [pid for pid in map(int, listed.stdout.split()) if os.getpgid(pid) == pid]
