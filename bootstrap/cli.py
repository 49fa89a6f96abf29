"""The command line of ./tequio."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bootstrap.copies import backup, restore
from bootstrap.demo import demo
from bootstrap.install import ensure
from bootstrap.lanes import LANES, test
from bootstrap.requirements import requirements
from bootstrap.steps import ROOT, StopError, environment, run

if TYPE_CHECKING:
    from collections.abc import Sequence

INVARIANTS = "check_invariants"
LAST_PORT = 65535


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    ours, passed_on = split(list(arguments))
    options = parser().parse_args(ours)
    try:
        return COMMANDS[options.command][1](options, passed_on)
    except StopError as stop:
        sys.stderr.write(f"{stop}\n")
        return stop.code
    except KeyboardInterrupt:
        return 130


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Part our own arguments from those of the program we call: all after manage or bench, or after --."""
    if arguments[:1] in (["manage"], ["bench"]):
        return arguments[:1], arguments[1:]
    if "--" in arguments:
        place = arguments.index("--")
        return arguments[:place], arguments[place + 1 :]
    return arguments, []


def parser() -> argparse.ArgumentParser:
    """Describe the commands."""
    top = argparse.ArgumentParser(prog="./tequio", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True, metavar="command")
    for name, (purpose, _) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        if name == "demo":
            command.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
            command.add_argument("--data", type=Path, help="folder of the database and files (.tequio/demo)")
        if name in {"backup", "restore"}:
            command.add_argument("folder", type=Path, help="folder of the copy")
        if name == "test":
            command.add_argument("lanes", nargs="*", metavar="lane", help=f"{', '.join(LANES)} (all)")
            command.add_argument("--no-skips", action="store_true", help="what cannot run fails, as with CI=true")
    return top


def port(text: str) -> int:
    """Read a port number."""
    if not text.isdecimal() or not 0 < int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"«{text}»: a port is a number from 1 to {LAST_PORT}")
    return int(text)


def run_demo(options: argparse.Namespace, _: Sequence[str]) -> int:
    """Serve the demo."""
    return demo(options.port, options.data)


def run_test(options: argparse.Namespace, passed_on: Sequence[str]) -> int:
    """Run the lanes that were named."""
    unknown = set(options.lanes) - set(LANES)
    if unknown:
        raise StopError(f"There is no lane {', '.join(sorted(unknown))}; there are {', '.join(LANES)}.", 2)
    return test(options.lanes, passed_on, no_skips=options.no_skips or os.environ.get("CI") == "true")


def run_manage(_: argparse.Namespace, passed_on: Sequence[str]) -> int:
    """Run a Django command."""
    return call(ensure("runtime"), "django", *passed_on)


def run_check(_: argparse.Namespace, __: Sequence[str]) -> int:
    """Check the settings, then the data's invariants."""
    python = ensure("runtime")
    try:
        run([python, "-m", "django", "migrate", "--check"])
    except StopError as stop:
        folder = environment()["TEQUIO_DATA"]
        mend = "run ./tequio demo, or ./tequio manage migrate"
        raise StopError(f"{stop}\nThe database is not up to date (TEQUIO_DATA is {folder}): {mend}.") from stop
    return call(python, "django", "check", "--fail-level", "WARNING") or call(python, "django", INVARIANTS)


def run_backup(options: argparse.Namespace, _: Sequence[str]) -> int:
    """Make a copy."""
    return backup(options.folder)


def run_restore(options: argparse.Namespace, _: Sequence[str]) -> int:
    """Restore a copy."""
    return restore(options.folder)


def run_bench(_: argparse.Namespace, passed_on: Sequence[str]) -> int:
    """Measure speed and size."""
    return call(ensure("dev"), "bench", *passed_on)


def run_requirements(_: argparse.Namespace, __: Sequence[str]) -> int:
    """Print requirement → tests."""
    return requirements()


def run_setup(_: argparse.Namespace, __: Sequence[str]) -> int:
    """Install what developers need."""
    ensure("dev")
    return 0


def call(python: Path, module: str, *arguments: str) -> int:
    """Run a Python module in the caller's terminal and return its exit code."""
    source = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env = {**environment(), "PYTHONPATH": source}
    return subprocess.run([python, "-m", module, *arguments], env=env, check=False).returncode


COMMANDS = {
    "demo": ("set up, load the First Local Action Plan and serve it", run_demo),
    "test": ("run the tests; arguments after -- go to pytest", run_test),
    "manage": ("run a Django command", run_manage),
    "check": ("check the settings and the invariants of the data", run_check),
    "backup": ("copy the database and the files into a new folder, while they serve", run_backup),
    "restore": ("put a copy into an empty TEQUIO_DATA and an empty database, and check it", run_restore),
    "bench": ("measure speed and size (bench/)", run_bench),
    "requirements": ("print each requirement with its tests", run_requirements),
    "setup": ("install what developers need, and nothing else", run_setup),
}
