"""Where things are, and how a step is shown and run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".tequio"
REQUIREMENTS = ROOT / "requirements"
# Of another Python, or (the last) what makes every start compile everything again.
FOREIGN = {"PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}


class StopError(Exception):
    """The command cannot go on; the message says why and what to do."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(line: str = "", *, end: str = "\n") -> None:
    """Print at once, so that progress is seen even through a pipe."""
    sys.stdout.write(line + end)
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step's name while it runs and its seconds when it ends."""
    say(f"{title} … ", end="")
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        say("✗")
        raise
    say(f"{time.monotonic() - begun:.1f} s")


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of the product's processes: this clone's source, one data folder."""
    inherited = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    inherited.setdefault("TEQUIO_DATA", str(HOME / "demo"))
    inherited.setdefault("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
    return {**inherited, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **extra}


def run(args: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Run a program in silence and return what it printed; stop with its own words if it fails."""
    done = subprocess.run(args, cwd=ROOT, env=env or environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise StopError(f"{done.stdout}{done.stderr}".strip() or f"{args[0]} ended with {done.returncode}.")
    return done.stdout
