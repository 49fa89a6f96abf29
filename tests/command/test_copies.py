"""A copy restored elsewhere is the same record; what is there already is never touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest
from bootstrap import cli, copies
from bootstrap.steps import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("copied", "restored")
WRITE_ONE = """
import datetime, django; django.setup()
from tequio.kernel.ledger import record
record("kernel.tried", "kernel.Copy:1", {"said": "before"}, by=None, at=datetime.datetime.now(datetime.UTC))
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """Make data once on SQLite: a record, a picture and a secret key; the tests' own migrations have run in it."""
    data = tmp_path_factory.mktemp("original") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
        patch.setenv("TEQUIO_DATA", str(data))
        patch.delenv("TEQUIO_SECRET_KEY", raising=False)
        data.mkdir()
        shutil.copyfile(migrated, data / copies.EMBEDDED)
        return filled(data)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose `data` is TEQUIO_DATA, on SQLite."""
    monkeypatch.delenv("TEQUIO_SECRET_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tequio.project.settings")
    monkeypatch.setenv("TEQUIO_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    """Give the addresses of two empty databases of the server that the tests use."""
    address = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for name in NAMES:
            server.execute(f"CREATE DATABASE {name}")
        old, new = (address._replace(path=f"/{name}").geturl() for name in NAMES)
        yield old, new
        for name in NAMES:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def product(*arguments: str) -> str:
    """Run Python with the product's environment and return what it said."""
    done = subprocess.run([sys.executable, *arguments], env=environment(), capture_output=True, text=True, check=True)
    return done.stdout


def filled(data: Path) -> Path:
    """Put a record, a picture and a secret key into TEQUIO_DATA and return it."""
    product("-m", "django", "migrate", "--verbosity", "0")
    product("-c", WRITE_ONE)
    (data / "media" / "images").mkdir(parents=True)
    (data / "media" / "images" / "plaza.png").write_bytes(b"picture")
    return data


def test_a_copy_is_restored_whole_and_keeps_the_record(
    original: Path, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, restored = shutil.copytree(original, folders / "data"), folders / "restored"
    with closing(sqlite3.connect(data / copies.EMBEDDED)) as writing:  # it serves meanwhile: what is new is in its -wal
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("CREATE TABLE newest (said TEXT)")
        assert cli.main(["backup", str(folders / "copy")]) == 0
    assert (folders / "copy").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("TEQUIO_DATA", str(restored))
    assert cli.main(["restore", str(folders / "copy")]) == 0
    for name in ("media/images/plaza.png", "secret-key"):
        assert (restored / name).read_bytes() == (data / name).read_bytes()
    assert "✗" not in product("-m", "django", "check_invariants")
    with closing(sqlite3.connect(restored / copies.EMBEDDED)) as read:
        assert read.execute("SELECT kind FROM kernel_ledgerentry").fetchall() == [("kernel.tried",)]
        assert read.execute("SELECT * FROM newest").fetchall() == []


def test_a_restored_record_that_was_altered_is_refused(
    original: Path, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(original, folders / "data")
    assert cli.main(["backup", str(folders / "copy")]) == 0
    with closing(sqlite3.connect(folders / "copy" / copies.EMBEDDED)) as forging:
        triggers = forging.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'kernel_ledgerentry' AND type = 'trigger'"
        )
        for (name,) in triggers.fetchall():
            forging.execute(f'DROP TRIGGER "{name}"')
        forging.execute("UPDATE kernel_ledgerentry SET subject = 'kernel.Copy:2'")
        forging.commit()
    monkeypatch.setenv("TEQUIO_DATA", str(folders / "restored"))
    assert cli.main(["restore", str(folders / "copy")]) == 1


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_there_is_not_touched(
    folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for name in ("data", "copy", "taken"):
        (folders / name).mkdir()
        (folders / name / copies.EMBEDDED).write_bytes(b"mine")
    monkeypatch.setenv("TEQUIO_DATA", str(folders / ("data" if command == "backup" else "taken")))
    assert cli.main([command, str(folders / ("taken" if command == "backup" else "copy"))]) == 2
    assert f"{folders / 'taken'} no está vacía" in capsys.readouterr().err
    assert [path.name for path in (folders / "taken").iterdir()] == [copies.EMBEDDED]
    assert (folders / "taken" / copies.EMBEDDED).read_bytes() == b"mine"


@pytest.mark.parametrize(("command", "said"), [("backup", "No hay base de datos"), ("restore", "no es una copia")])
def test_where_there_is_nothing_to_copy_it_says_so(
    folders: Path, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    assert cli.main([command, str(folders / "nothing")]) == 2
    assert said in capsys.readouterr().err
    assert not (folders / "nothing").exists()
    assert not (folders / "data").exists()


def test_a_password_is_not_shown_to_who_lists_processes() -> None:
    address, env = copies.without_password({"DATABASE_URL": "postgresql://op:p%40ss@db:5432/tequio?sslmode=require"})
    assert address == "postgresql://op@db:5432/tequio?sslmode=require"
    assert env["PGPASSWORD"] == "p@ss"


@pytest.mark.postgres
def test_a_copy_of_postgresql_is_restored_into_an_empty_database(
    two_databases: tuple[str, str], folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two_databases
    monkeypatch.setenv("DATABASE_URL", old)
    filled(folders / "data")
    assert cli.main(["backup", str(folders / "copy")]) == 0
    monkeypatch.setenv("TEQUIO_DATA", str(folders / "restored"))
    assert cli.main(["restore", str(folders / "copy")]) == 2
    assert "no está vacía" in capsys.readouterr().err
    assert not (folders / "restored" / "media").exists()
    monkeypatch.setenv("DATABASE_URL", new)
    assert cli.main(["restore", str(folders / "copy")]) == 0
    assert "✗" not in product("-m", "django", "check_invariants")
