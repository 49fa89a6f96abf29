"""The pages of the data: every link on them leads somewhere, files are immutable, few queries."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.kernel.datasets import datasets

if TYPE_CHECKING:
    from django.test import Client

    from tequio.opendata.models import Release

pytestmark = [pytest.mark.req("SI-02"), pytest.mark.usefixtures("plain_static_files")]
OURS = re.compile(r'href="(?:http://localhost:8000)?(/(?:datos|api|data)[^"#]*)')


@pytest.mark.parametrize("page", ["/datos/", "/datos/actividades/", "/datos/acciones-clave/", "/api/"])
def test_every_link_to_the_data_leads_somewhere(client: Client, releases: list[Release], page: str) -> None:
    addresses = set(OURS.findall(client.get(page).content.decode()))
    assert len(addresses) > 8
    found = {address: status(client, address) for address in addresses}
    assert {address: code for address, code in found.items() if code not in {200, 307}} == {}


def status(client: Client, address: str) -> int:
    response = client.get(address)
    b"".join(response)  # a file answered is open until it is read
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/datos/", "/datos/actividades/", "/api/", "/data.json", "/datos/catalogo.ttl"])
def test_pages_are_there_before_the_first_release(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == HTTPStatus.OK
    assert not response.cookies


@pytest.mark.parametrize(
    ("page", "most"), [("/datos/", 2), ("/datos/actividades/", 2), ("/api/", 0), ("/datos/catalogo.ttl", 4)]
)
def test_pages_cost_few_queries(client: Client, releases: list[Release], page: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    assert len(queries) <= most


def test_a_released_file_is_kept_for_ever(client: Client, releases: list[Release]) -> None:
    address = "/datos/municipios/v/2026.03.02/municipios.csv"
    response = client.get(address)
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    data = b"".join(response.streaming_content)
    assert data.startswith(b"clave,numero_electoral,")
    assert response["Repr-Digest"] == f"sha-256=:{b64encode(hashlib.sha256(data).digest()).decode()}:"
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == HTTPStatus.NOT_MODIFIED


def test_the_newest_file_is_a_redirection(client: Client, releases: list[Release]) -> None:
    response = client.get("/datos/municipios/ultima/municipios.csv")
    assert response.status_code == HTTPStatus.TEMPORARY_REDIRECT
    assert response["Location"] == "/datos/municipios/v/2026.03.02/municipios.csv"
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/datos/nada/", "/datos/todo/", "/datos/catalogo.exe", "/datos/municipios/v/1/municipios.csv",
        "/datos/municipios/ultima/otra.csv", "/datos/todo/v/1.zip", "/datos/nada/conjunto.jsonld",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client: Client, releases: list[Release], address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_dictionary_shows_every_column(client: Client, releases: list[Release]) -> None:
    page = client.get("/datos/actividades/").content.decode()
    assert [
        column.name for column in datasets()["actividades"].columns if f"<code>{column.name}</code>" not in page
    ] == []
