"""Starts the servers that are measured, all on 127.0.0.1: the product as ./tequio demo does, bare Django, nginx."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bootstrap.demo import SERVER, end, wait_for_answer
from bootstrap.steps import ROOT, environment

from bench.load import Target, answer, tool
from bench.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON: Final = Path(sys.executable)
BARE: Final = "bench.bare_wsgi:application"
CONF: Final = Path(__file__).with_name("nginx.conf")


@dataclass(frozen=True)
class Server:
    """A server that answers: its port and the group of its processes."""

    port: int
    group: int

    def target(self, path: str, **headers: str) -> Target:
        """Return an address of this server, to be asked with these headers besides the usual."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Target(f"http://127.0.0.1:{self.port}{path}", self.group, {"Accept-Encoding": "gzip", **named})


def product_environment(data: Path, database: str = "", *, port: int = 8000, cache_mb: int = 32) -> dict[str, str]:
    """Return the environment of the product with its data in a folder and its rows there or in PostgreSQL."""
    env = environment(
        TEQUIO_DATA=str(data), TEQUIO_ADDRESS=f"http://127.0.0.1:{port}", TEQUIO_PAGE_CACHE_MB=str(cache_mb)
    )
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env.pop("DATABASE_URL", None)
    return {**env, "DATABASE_URL": database} if database else env


@contextmanager
def product(data: Path, database: str = "", *, is_cached: bool) -> Iterator[Server]:
    """Serve the product as the demo does, with its page cache or without."""
    port = free_port()
    env = product_environment(data, database, port=port, cache_mb=32 if is_cached else 0)
    with served([str(PYTHON), *SERVER, "--workers", "2"], env, port) as server:
        yield server


@contextmanager
def bare(data: Path, database: str = "") -> Iterator[Server]:
    """Serve, with the same server and the same rows, what Django does at the least."""
    env = {**product_environment(data, database), "DJANGO_SETTINGS_MODULE": "bench.bare"}
    with served([str(PYTHON), *SERVER[:-1], BARE, "--workers", "2"], env, free_port()) as server:
        yield server


@contextmanager
def served(command: list[str], env: dict[str, str], port: int) -> Iterator[Server]:
    """Run granian until the block ends, with all its children."""
    arguments = [*command, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(arguments, cwd=ROOT, env=env, stdout=sys.stderr, start_new_session=True)
    try:
        wait_for_answer(port, process)
        yield Server(port, process.pid)
    finally:
        end([process])


@dataclass(frozen=True)
class Nginx:
    """nginx before the product: a static copy of one page, and a proxy with its own page cache."""

    static: Server
    proxy: Server


@contextmanager
def nginx(before: Server, path: str, folder: Path) -> Iterator[Nginx]:
    """Run nginx with the page that the product shows at a path as its static page."""
    program = tool("nginx", "nginx-light")
    shown = answer(before.target(path).url)
    pages = folder / "pages"
    pages.mkdir(parents=True)
    (pages / "index.html.gz").write_bytes(shown.body)
    (pages / "index.html").write_bytes(shown.plain)
    static, proxy = free_port(), free_port()
    # A server that runs as root would answer as an account that may not enter this folder.
    filled = {"PRODUCT": before.port, "STATIC": static, "PROXY": proxy, "USER": "" if os.geteuid() else "user root;"}
    text = CONF.read_text()
    for name, value in filled.items():
        text = text.replace(f"@{name}@", str(value))
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen([program, "-p", folder, "-c", "nginx.conf", "-e", "stderr"], start_new_session=True)
    try:
        wait_for_answer(static, process)
        yield Nginx(Server(static, process.pid), Server(proxy, process.pid))
    finally:
        end([process])
