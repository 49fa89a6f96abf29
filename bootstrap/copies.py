"""./tequio backup and ./tequio restore: what cannot be made again, into a folder and out of it.

The words are Spanish: whoever keeps the machine runs it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bootstrap import postgres
from bootstrap.install import SPANISH, ensure
from bootstrap.steps import StopError, environment, run, say, step

EMBEDDED = "tequio.sqlite3"
DUMP = "tequio.dump"
FILES = ("media", "secret-key")
AFTERWARDS = ("migrate --check", "check_invariants", "rebuild_search", "collectstatic --no-input --verbosity 0")


def backup(folder: Path) -> int:
    """Copy the database, then the files, into a new folder; nothing has that name until all is there."""
    env = environment()
    data, target = Path(env["TEQUIO_DATA"]), folder.expanduser().resolve()
    refuse_filled(target, "la copia se hace en una carpeta nueva")
    unfinished = target.with_name(f"{target.name}.incompleta")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)  # the secret key is in it
    with step("Base de datos"):
        save_database(env, data, unfinished)
    # Files are added and not changed: none that the copied database names is missing.
    with step("Archivos"):
        copy_files(data, unfinished)
    unfinished.rename(target)
    say(f"Copia completa en {target}: guárdela cifrada y en otra máquina.")
    return 0


def restore(folder: Path) -> int:
    """Put a copy into an empty place, make again what is not copied, and check it."""
    env = environment()
    source, data = folder.expanduser().resolve(), Path(env["TEQUIO_DATA"])
    name = DUMP if is_server(env) else EMBEDDED
    if not (source / name).is_file():
        raise StopError(f"En {source} no hay {name}: no es una copia para la base de datos que dice DATABASE_URL.", 2)
    refuse_filled(data, "una copia se restaura en una carpeta nueva: nómbrela con TEQUIO_DATA")
    data.mkdir(parents=True, exist_ok=True)
    with step("Base de datos"):
        load_database(env, source, data)
    with step("Archivos"):
        copy_files(source, data)
    python = ensure("runtime", SPANISH)
    for command in AFTERWARDS:
        with step(command.split()[0]):
            run([python, "-m", "django", *command.split()], env)
    say(f"Restaurada en {data}. Falta comparar una raíz diaria que alguien haya guardado con la de /registro/.")
    return 0


def refuse_filled(folder: Path, instead: str) -> None:
    """StopError if something is already there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StopError(f"{folder} no está vacía; {instead}. No se cambió nada.", 2)


def is_server(env: dict[str, str]) -> bool:
    """Say whether the database is a PostgreSQL."""
    return env.get("DATABASE_URL", "").startswith("postgres")


def embedded(env: dict[str, str], data: Path) -> Path:
    """Return the file of the SQLite database."""
    address = env.get("DATABASE_URL", "")
    return Path(unquote(urlsplit(address).path)) if address else data / EMBEDDED


def save_database(env: dict[str, str], data: Path, target: Path) -> None:
    """Copy the database as it is at one instant, while it serves."""
    if is_server(env):
        address, safe = without_password(env)
        run([program("pg_dump"), "--format=custom", "--file", target / DUMP, "--dbname", address], safe)
        return
    file = embedded(env, data)
    if not file.is_file():
        raise StopError(f"No hay base de datos en {file}: diga con TEQUIO_DATA cuál es la carpeta de datos.", 2)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", [str(target / EMBEDDED)])


def load_database(env: dict[str, str], source: Path, data: Path) -> None:
    """Put the copied database into a place that holds none."""
    if not is_server(env):
        file = embedded(env, data)
        if file.exists():
            raise StopError(f"Ya hay una base de datos en {file}. No se cambió nada.", 2)
        shutil.copy2(source / EMBEDDED, file)
        return
    address, safe = without_password(env)
    count = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    if run([program("psql"), "--no-psqlrc", "-tA", "--command", count, "--dbname", address], safe).strip() != "0":
        raise StopError("La base de datos que dice DATABASE_URL no está vacía: cree otra con createdb.", 2)
    how = ["--no-owner", "--exit-on-error", "--single-transaction"]
    run([program("pg_restore"), *how, "--dbname", address, source / DUMP], safe)


def copy_files(source: Path, target: Path) -> None:
    """Copy the files that no command makes again, as they are."""
    for name in FILES:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy2(source / name, target / name)


def without_password(env: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the database's address without its password and, with it, the environment: ps shows the first to all."""
    parts = urlsplit(env["DATABASE_URL"])
    if parts.password is None:
        return env["DATABASE_URL"], env
    account, _, host = parts.netloc.rpartition("@")
    netloc = f"{account.partition(':')[0]}@{host}"
    return parts._replace(netloc=netloc).geturl(), {**env, "PGPASSWORD": unquote(parts.password)}


def program(name: str) -> str:
    """Return the newest of PostgreSQL's programs of a name, for an older one refuses a newer server."""
    folder, common = postgres.find_binaries(), shutil.which(name)
    found = [Path(common)] if common else []
    found += [folder / name] if folder and (folder / name).exists() else []
    if not found:
        raise StopError(f"Falta el programa {name} de PostgreSQL: instale el paquete postgresql-client.", 2)
    return str(max(found, key=release))


def release(path: Path) -> int:
    """Return the major version that a program of PostgreSQL says it is."""
    number = re.search(r"\(PostgreSQL\) (\d+)", run([path, "--version"]))
    return int(number[1]) if number else 0
