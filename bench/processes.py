"""What running processes cost, read from /proc: CPU time and memory of a server with all its workers."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import Final

TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds
STATE: Final = 2  # /proc/<pid>/stat counts its fields from 1; after the name comes the third
GROUP, USER, SYSTEM = 5 - STATE - 1, 14 - STATE - 1, 15 - STATE - 1


def members(group: int) -> dict[int, list[str]]:
    """Return the processes of a group with the fields of their stat from the state on (proc(5))."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[GROUP]) == group:
            found[int(folder.name)] = fields
    return found


def cpu_ms(group: int) -> float:
    """Return the CPU milliseconds that a group's living processes have used."""
    return sum(int(fields[USER]) + int(fields[SYSTEM]) for fields in members(group).values()) * TICK


def peak_mb(group: int) -> float:
    """Return the most memory that one process of the group has held, in MB."""
    return max((_status(pid, "VmHWM") for pid in members(group)), default=0.0)


def resident_mb(group: int) -> list[float]:
    """Return the memory that each process of the group holds, the largest first, in MB."""
    return sorted((_status(pid, "VmRSS") for pid in members(group)), reverse=True)


def proportional_mb(group: int) -> float:
    """Return the memory of a group in MB, what its processes share counted once (proc(5), Pss)."""
    return sum(_field(Path(f"/proc/{pid}/smaps_rollup"), "Pss") for pid in members(group))


def _status(pid: int, name: str) -> float:
    return _field(Path(f"/proc/{pid}/status"), name)


def _field(path: Path, name: str) -> float:
    """Return a field that the kernel gives in kB, in MB; nothing for a process that ended."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", path.read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
