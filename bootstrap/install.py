"""Makes the environment in .tequio/venv and installs the locked requirements when they changed."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import shutil
import sys
from typing import TYPE_CHECKING

from bootstrap.steps import HOME, REQUIREMENTS, StopError, run, step

if TYPE_CHECKING:
    from pathlib import Path

VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "installed.json"
INCLUDED = {"runtime": ("runtime",), "test": ("runtime", "test"), "dev": ("runtime", "test", "dev")}
ENGLISH = ("Virtual environment", "Installing {} packages")
SPANISH = ("Entorno de Python", "Instalación de {} paquetes")

NO_VENV = """\
This Python can make no virtual environment: its module ensurepip is missing.
On Debian or Ubuntu:  apt install python3-venv
Nothing was installed into the system's Python."""


def ensure(level: str, words: tuple[str, str] = ENGLISH) -> Path:
    """Return the Python that has a level's requirements (runtime, test or dev), installed if they are not."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PYTHON.exists():
            with step(words[0]):
                make_venv()
        if stamps().get(level) != digest(level):
            lines = (REQUIREMENTS / f"{level}.txt").read_text().splitlines()
            with step(words[1].format(sum("==" in line for line in lines))):
                install(level)
    return PYTHON


def digest(level: str) -> str:
    """Return the SHA-256 of a level's locked requirements."""
    return hashlib.sha256((REQUIREMENTS / f"{level}.txt").read_bytes()).hexdigest()


def stamps() -> dict[str, str]:
    """Return, for each level that is installed, the digest it was installed from."""
    return dict(json.loads(STAMPS.read_text())) if STAMPS.exists() else {}


def make_venv() -> None:
    """Make an empty virtual environment by the quickest means at hand, never touching the system's Python."""
    uv = shutil.which("uv")
    if uv:
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    elif importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", "--clear", VENV])
    elif importlib.util.find_spec("virtualenv"):
        run([sys.executable, "-m", "virtualenv", "--clear", VENV])
    elif importlib.util.find_spec("pip"):
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])
        run([sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"])
    else:
        raise StopError(NO_VENV, 2)


def install(level: str) -> None:
    """Install a level's requirements with their hashes: by uv where it can be had, else by pip."""
    wanted: list[str | Path] = ["--require-hashes", "--requirement", REQUIREMENTS / f"{level}.txt"]
    STAMPS.unlink(missing_ok=True)
    uv = find_uv()
    if uv:
        try:
            run([uv, "pip", "install", "--quiet", "--python", PYTHON, *wanted])
        except StopError:
            uv = None
    if not uv:
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
    STAMPS.write_text(json.dumps({name: digest(name) for name in INCLUDED[level]}))


def find_uv() -> str | None:
    """Return uv, put into the environment by pip if the machine has none; nothing where pip cannot."""
    inside = VENV / "bin" / "uv"
    found = shutil.which("uv") or (str(inside) if inside.exists() else None)
    if found:
        return found
    locked: list[str | Path] = ["--require-hashes", "--requirement", REQUIREMENTS / "uv.txt"]
    try:
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *locked])
    except StopError:
        return None
    return str(inside)
