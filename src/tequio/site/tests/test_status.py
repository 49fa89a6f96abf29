"""How the service is: to machines, to people, while closed on purpose, and when the database is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tequio.kernel.editions import publish
from tequio.kernel.ledger import record
from tequio.kernel.tests.people import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-01")]

ASK = """
import json, sys, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
answers = {path: client.get(path) for path in sys.argv[1:]}
print(json.dumps({path: [a.status_code, dict(a.headers), a.text] for path, a in answers.items()}))
"""


def elsewhere(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with another deployment's environment."""
    ours = ("TEQUIO_", "DATABASE_", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    env = {
        **inherited,
        "PYTHONPATH": str(settings.ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tequio.project.settings",
        "TEQUIO_DATA": str(folder),
        **environment,
    }
    return subprocess.run([sys.executable, *arguments], env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a deployment with its static files in place."""
    folder = tmp_path_factory.mktemp("deployed")
    assert elsewhere(folder, "-m", "django", "collectstatic", "--no-input", "-v0").returncode == 0
    return folder


def answers(folder: Path, *paths: str, **environment: str) -> dict[str, tuple[int, dict[str, str], str]]:
    """Ask another deployment for some addresses."""
    done = elsewhere(folder, "-c", ASK, *paths, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, tuple[int, dict[str, str], str]] = json.loads(done.stdout)
    return found


@pytest.mark.django_db
def test_probe_says_what_it_asked(client: Client) -> None:
    response = client.get("/salud")
    assert response.status_code == 200
    assert response.json() == {
        "estado": "bien",
        "base_de_datos": True,
        "almacenamiento": True,
        "cola_segundos": 0,
        "trabajos_detenidos": 0,
        "version": settings.VERSION,
    }
    assert "no-store" in response.headers["Cache-Control"]


def test_probe_and_status_answer_without_a_database(deployed: Path) -> None:
    missing = f"sqlite:///{deployed}/no/base.sqlite3"
    told = answers(deployed, "/salud", "/estado/", "/registro/", DATABASE_URL=missing)
    status, _, body = told["/salud"]
    assert (status, json.loads(body)["base_de_datos"]) == (503, False)
    status, _, body = told["/estado/"]
    assert status == 503
    assert "La base de datos no responde." in body
    status, headers, body = told["/registro/"]
    assert (status, headers["Retry-After"]) == (503, "30")


@pytest.mark.django_db
def test_status_says_the_last_publication_and_root(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    publish("kernel.sample", "A", {"a": 1}, by=None, at=NOON)
    entry = record("kernel.sampled", "A", {}, by=None, at=NOON)
    with django_assert_max_num_queries(8):
        page = client.get("/estado/").text
    assert "Todo funciona." in page
    assert "sábado 31 de enero de 2026, 12:00 h" in page
    assert entry.hash in page


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_ledger_shows_its_roots(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    written = [record("kernel.sampled", "A", {"number": n}, by=None, at=NOON.replace(day=n + 1)) for n in range(count)]
    with django_assert_max_num_queries(2):
        page = client.get("/registro/").text
    assert all(entry.hash in page for entry in written)


@pytest.mark.django_db
def test_downloads_verify_each_other(client: Client, tmp_path: Path) -> None:
    last = [record("kernel.sampled", "A", {"number": number}, by=None, at=NOON) for number in range(3)][-1]
    for name in ("registro.jsonl", "verificador.py"):
        (tmp_path / name).write_bytes(b"".join(client.get(f"/{name}")))
    command = [sys.executable, "verificador.py", "registro.jsonl", "--raiz", last.hash]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Asientos: 3. Fallas: 0.\n")


def test_maintenance_closes_all_but_the_probe(deployed: Path) -> None:
    told = answers(deployed, "/", "/gestion/", "/api/v1/planes", "/salud", TEQUIO_MAINTENANCE="2026-12-01 06:00")
    status, headers, body = told["/"]
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "300", "no-store")
    assert "martes 1 de diciembre de 2026, 06:00 h" in body
    assert told["/gestion/"][0] == 503
    assert json.loads(told["/api/v1/planes"][2])["status"] == 503
    assert "trabajos_detenidos" in told["/salud"][2]


def test_deployment_with_https_passes_its_checks(tmp_path: Path) -> None:
    done = elsewhere(
        tmp_path,
        *("-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"),
        TEQUIO_ADDRESS="https://tequio.example.mx",
        TEQUIO_SMTP="smtps://correo.example.mx:465",
        TEQUIO_FROM="Gobierno abierto <avisos@example.mx>",
        DATABASE_URL="postgresql://tequio@localhost/tequio",
    )
    assert done.returncode == 0, done.stderr


def test_debugging_in_public_is_refused(tmp_path: Path) -> None:
    public = {"TEQUIO_DEBUG": "1", "TEQUIO_ADDRESS": "https://tequio.example.mx"}
    done = elsewhere(tmp_path, "-m", "django", "check", **public)
    assert "tequio.E001" in done.stderr
    assert done.returncode == 1
