"""./tequio demo: from a fresh clone to a running site, with every step's time.

Its words are Spanish: an official may run it.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bootstrap.install import SPANISH, ensure
from bootstrap.steps import HOME, ROOT, StopError, environment, run, say, step

if TYPE_CHECKING:
    from pathlib import Path

LOAD = "load_demo"
WORK = "work"
STATUS = "/salud"
PATIENCE = 60  # seconds that the server may take to answer
# Backpressure counts connections, and a telephone in a room keeps its own open between two questions.
SERVER = [
    "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4",
    "--backpressure", "1024", "--no-ws", "--log-level", "warning", "tequio.project.wsgi:application",
]  # fmt: skip


def demo(port: int, data: Path | None) -> int:
    """Prepare the data folder, serve until Ctrl-C and return the exit code."""
    begun = time.monotonic()
    refuse_busy(port)
    address = f"http://localhost:{port}"
    folder = (data or HOME / "demo").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(TEQUIO_DATA=str(folder), TEQUIO_ADDRESS=address, TEQUIO_DEMO="1")
    python = ensure("runtime", SPANISH)
    prepare(python, env, folder)
    processes: list[subprocess.Popen[bytes]] = []
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        with step("Servidor"):
            processes.append(
                started([python, *SERVER, "--workers", "1", "--host", "127.0.0.1", "--port", str(port)], env)
            )
            wait_for_answer(port, processes[0])
        processes.append(started([python, "-m", "django", WORK], env))  # after the server, which people wait for
        say(f"\nListo en {time.monotonic() - begun:.1f} s: {address}/")
        say(f"Para entrar como alguien: {address}/demostracion/\nCorreo que escribe: {address}/buzon/")
        say(f"Datos: {folder}\nPara terminar: Ctrl-C")
        return wait_for_end(processes)
    except KeyboardInterrupt:
        say("\nTerminado.")
        return 0
    finally:
        end(processes)


def refuse_busy(port: int) -> None:
    """StopError before any work if another program holds the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            taken = f"El puerto {port} no está libre ({error.strerror})."
            raise StopError(f"{taken}\nElige otro, como en: ./tequio demo --port {port + 1}", 2) from error


def prepare(python: Path, env: dict[str, str], folder: Path) -> None:
    """Bring the database and the static files up to date, unless nothing changed since the last time."""
    stamp = folder / "prepared.json"
    now = {"source": fingerprint(), "database": env.get("DATABASE_URL", "")}
    embedded = not now["database"] and (folder / "tequio.sqlite3").exists()
    if embedded and stamp.exists() and json.loads(stamp.read_text()) == now:
        return
    stamp.unlink(missing_ok=True)
    manage: list[str | Path] = [python, "-m", "django"]
    with ThreadPoolExecutor(1) as meanwhile:
        files = meanwhile.submit(run, [*manage, "collectstatic", "--no-input", "--verbosity", "0"], env)
        with step("Base de datos"):
            run([*manage, "migrate", "--verbosity", "0"], env)
        with step("Datos del primer plan"):
            run([*manage, LOAD], env)
        with step("Estilos e imágenes, mientras tanto"):
            files.result()
    stamp.write_text(json.dumps(now))


def fingerprint() -> str:
    """Return one SHA-256 of the product's source, its data packs and its requirements."""
    digest = hashlib.sha256((ROOT / "requirements" / "runtime.txt").read_bytes())
    for folder in ("src", "packs"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def started(command: list[str | Path], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server or the jobs' worker, with a group of its own so that it ends whole."""
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)


def wait_for_answer(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers, whatever it answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{STATUS}", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise StopError("El servidor no responde; lo que dijo está arriba.")


def wait_for_end(processes: list[subprocess.Popen[bytes]]) -> int:
    """Return when a process ends by itself, which none should."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    raise StopError("Un proceso terminó sin que se le pidiera; lo que dijo está arriba.")


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End each process and its children: asked first, forced after ten seconds."""
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
