"""The API answers what the data say, refuses what it does not declare, and costs few queries."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.exercises.models import Exercise
from tequio.kernel.copying import copied
from tequio.kernel.datasets import datasets
from tequio.kernel.exports import csv_rows
from tequio.kernel.tables import rows_of
from tequio.monitoring.models import Evidence

if TYPE_CHECKING:
    from django.test import Client

    from tequio.opendata.models import Release

pytestmark = [pytest.mark.req("SI-02"), pytest.mark.usefixtures("releases", "plain_static_files")]
ACTIVITIES = "/api/v1/actividades"


def test_a_list_has_its_envelope(client: Client) -> None:
    said = client.get(ACTIVITIES, {"limite": 2}).json()
    assert len(said["datos"]) == said["paginacion"]["limite"] == 2
    assert said["paginacion"]["total"] == rows_of(datasets()["actividades"], None).count()
    assert said["meta"]["version_datos"] == "2026.03.02"
    assert said["meta"]["licencia"] == "CC-BY-4.0"


@pytest.mark.parametrize("key", sorted(datasets()))
def test_following_the_pages_gives_every_row_once(client: Client, key: str) -> None:
    dataset = datasets()[key]
    assert len(dataset.primary_key) == 1
    address, seen = f"/api/v1/{key}?limite=40&campos={dataset.primary_key[0]}", []
    while address:
        said = client.get(address).json()
        seen += [row[dataset.primary_key[0]] for row in said["datos"]]
        address = said["paginacion"]["siguiente"]
    assert seen == [row[dataset.primary_key[0]] for row in dataset.rows(None)]


@pytest.mark.parametrize(
    "asked",
    [
        "evidencia=sin",
        "fin__gte=2024-01-01&estado=No consta",
        "titulo__contiene=a",
        "",
        "compromiso__en=TON1-01,TON1-02",
    ],
)
def test_list_and_download_pass_the_same_filter(client: Client, asked: str) -> None:
    rows = client.get(f"{ACTIVITIES}?limite=500&{asked}").json()["datos"]
    text = b"".join(client.get(f"{ACTIVITIES}.csv?{asked}").streaming_content).decode()
    lines = b"".join(client.get(f"{ACTIVITIES}.jsonl?{asked}").streaming_content).splitlines()
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["codigo"] for row in table] == [row["codigo"] for row in rows]
    assert len(lines) == len(rows)


def test_a_filter_keeps_only_what_passes(client: Client) -> None:
    rows = client.get(f"{ACTIVITIES}?evidencia=con&limite=500").json()["datos"]
    assert rows
    assert all(row["evidencias"] for row in rows)


def test_evidence_is_named_by_what_is_public_and_not_by_its_place_in_a_table() -> None:
    rows = rows_of(datasets()["evidencias"], None)
    before = [row["clave"] for row in rows]
    assert before
    kept = list(Evidence.objects.all())
    Evidence.objects.all().delete()
    for proof in reversed(kept):
        proof.pk = None
    Evidence.objects.bulk_create(reversed(kept))
    assert [row["clave"] for row in rows] == before
    assert all(row["clave"].startswith(f"{row['actividad']}-") for row in rows)


def test_one_row_by_its_key(client: Client) -> None:
    said = client.get("/api/v1/compromisos/TON1-02").json()["datos"]
    assert said["codigo"] == "TON1-02"
    assert client.get("/api/v1/compromisos/NADA").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("compromizo=TON1-01", "¿Quiso decir «compromiso»?"),
        ("limite=501", "de 1 a 500"),
        ("limite=0", "de 1 a 500"),
        ("fin__gte=31/07/2021", "2021-07-31"),
        ("estado=Perfecta", "Validada"),
        ("campos=titulo,clave_secreta", "Columnas"),
        ("cursor=WyJhIiwiYiJd:x", "Ese cursor"),
        ("evidencias=99999999999999999999", "entero"),
        ("limite=1&limite=2", "más de una vez"),
        ("titulo=a%00b", "nulo"),
        ("estado__gte=a", "No hay un parámetro"),
    ],
)
def test_what_is_not_declared_is_refused_in_spanish(client: Client, asked: str, named: str) -> None:
    response = client.get(f"{ACTIVITIES}?{asked}")
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()) == {"type", "title", "status", "detail", "instance", "errores"}
    assert named in response.json()["detail"]


def test_another_lists_cursor_is_refused(client: Client) -> None:
    other = client.get("/api/v1/municipios?limite=1").json()["paginacion"]["siguiente"].rpartition("cursor=")[2]
    assert client.get(f"{ACTIVITIES}?cursor={other}").status_code == HTTPStatus.BAD_REQUEST


def test_an_unchanged_answer_is_304_and_any_origin_reads(client: Client) -> None:
    first = client.get(ACTIVITIES)
    again = client.get(ACTIVITIES, headers={"if-none-match": first["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first["ETag"].startswith("W/")


def test_head_and_options_are_answered_and_writing_is_refused(client: Client) -> None:
    assert client.head(ACTIVITIES).status_code == HTTPStatus.OK
    assert client.options(ACTIVITIES).status_code == HTTPStatus.NO_CONTENT
    for ask in (client.post, client.put, client.delete, client.patch):
        refused = ask(ACTIVITIES)
        assert refused.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert refused["Allow"] == "GET, HEAD, OPTIONS"


def test_a_slash_too_many_leads_to_the_list(client: Client) -> None:
    response = client.get(f"{ACTIVITIES}/?limite=1")
    assert (response.status_code, response["Location"]) == (308, f"{ACTIVITIES}?limite=1")


def test_an_unknown_address_says_what_there_is(client: Client) -> None:
    response = client.get("/api/v1/nada")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "actividades" in response.json()["detail"]


def test_a_draft_is_nowhere(client: Client) -> None:
    Exercise.objects.filter(slug="tonalli-2023-2025").update(state="draft")
    for dataset in datasets().values():
        codes = [str(value) for row in dataset.rows(None) for value in row.values()]
        assert not [code for code in codes if code.startswith(("TON1", "tonalli-2023-2025"))], dataset.key
    assert client.get("/api/v1/compromisos/TON1-02").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("limit", [1, 3])
@pytest.mark.parametrize("address", [ACTIVITIES, "/api/v1/compromisos", "/api/v1/responsables"])
def test_a_list_costs_three_queries(client: Client, address: str, limit: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(address, {"limite": limit})
    assert len(queries) == 3


def test_a_citizen_has_no_name(client: Client, releases: list[Release]) -> None:
    rows: list[dict[str, Any]] = client.get("/api/v1/miembros?limite=500").json()["datos"]
    assert [row for row in rows if row["sector"] == "Ciudadanía" and row["nombre_publicado"]] == []


@pytest.mark.postgres
@pytest.mark.parametrize("key", sorted(datasets()))
def test_the_database_writes_every_dataset_as_python_does(key: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")
    dataset = datasets()[key]
    found = copied(dataset, dataset.rows(None))
    assert found is not None, "a column of it must be read by Python"
    assert b"".join(found) == b"".join(csv_rows(dataset, dataset.rows(None)))
