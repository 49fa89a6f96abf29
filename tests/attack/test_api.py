"""The API against tampered cursors, wrong filters and wildcards, dataset by dataset and column by column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from tequio.kernel.datasets import ColumnType, datasets
from tequio.opendata.queries.filtering import cursor_after, parameters
from tests.attack.hostile import READABLE, VALUES

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tequio.kernel.datasets import Dataset

pytestmark = pytest.mark.req("SI-01")

EACH_TYPE = {each.column(name).type: each for each in datasets().values() for name in each.filters}
SAMPLE = {each.key: each for each in EACH_TYPE.values()}  # all are read alike; these have every type of column
SAMPLES = pytest.mark.parametrize("dataset", SAMPLE.values(), ids=lambda dataset: dataset.key)
DATASETS = pytest.mark.parametrize("dataset", datasets().values(), ids=lambda dataset: dataset.key)
FEW = (
    "integer",
    "digits past what Python converts",
    "other digits",
    "exponent",
    "not a number",
    "full text",
    "quote",
    "not a character",
)
LIMITS = ("0", "-1", "501", "1e2", "1.0", "٣", "9" * 5_000, "", " 5", "+5", "0x10")


@pytest.fixture
def api(first_pal_client: Client) -> Client:
    first_pal_client.raise_request_exception = False
    return first_pal_client


def refusal(response: HttpResponse) -> list[str]:
    """Return the names of the parameters that a refusal accuses, in Spanish words each."""
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert all(error["detalle"] for error in response.json()["errores"])
    return [error["parametro"] for error in response.json()["errores"]]


@SAMPLES
def test_every_parameter_takes_its_type_or_is_named(api: Client, dataset: Dataset) -> None:
    for name in parameters(dataset.key, paged=True).model_fields:
        for value in FEW:
            response = api.get(f"/api/v1/{dataset.key}?{name}={VALUES[value]}")
            if response.status_code != 200:
                assert refusal(response) == [name], value


@SAMPLES
def test_wildcards_are_letters(api: Client, dataset: Dataset) -> None:
    """A text that stands in no row finds none, whatever LIKE would make of it."""
    for name in parameters(dataset.key, paged=True).model_fields:
        if name.endswith("__contiene"):
            rows = api.get(f"/api/v1/{dataset.key}", {name: "%_%_%"}).json()["datos"]
            assert rows == []


@SAMPLES
def test_fields_and_limits_are_the_declared_ones(api: Client, dataset: Dataset) -> None:
    for fields in ("password", "pk", "id__gt", "*", ",", "clave,,clave", dataset.columns[0].name + ",_state"):
        if fields not in [column.name for column in dataset.columns]:
            assert refusal(api.get(f"/api/v1/{dataset.key}", {"campos": fields})) == ["campos"]
    for limit in LIMITS:
        assert refusal(api.get(f"/api/v1/{dataset.key}", {"limite": limit})) == ["limite"]
    assert len(api.get(f"/api/v1/{dataset.key}?limite=500").json()["datos"]) <= 500
    for guess in ("exercise__state", "usuario", "orden", "offset", "page", "format", "callback"):
        assert refusal(api.get(f"/api/v1/{dataset.key}", {guess: "1"})) == [guess]


@SAMPLES
def test_a_cursor_serves_its_own_list_and_no_other(api: Client, dataset: Dataset) -> None:
    good = cursor_after(dataset, "a\x00' OR 1=1")
    foreign = cursor_after(next(other for other in datasets().values() if other.key != dataset.key), "a")
    tampered = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good[1:],
        good.partition(":")[0],
        f"{good}:{good}",
        foreign,
    ]
    for cursor in [*tampered, *(text for text in READABLE.values() if text.strip())]:
        assert refusal(api.get(f"/api/v1/{dataset.key}", {"cursor": cursor})) == ["cursor"]


@DATASETS
def test_no_cell_of_a_sheet_is_a_formula(api: Client, dataset: Dataset) -> None:
    response = api.get(f"/api/v1/{dataset.key}.csv")
    texts = [c.name for c in dataset.columns if c.type in {ColumnType.TEXT, ColumnType.URL}]
    rows = csv.DictReader(io.StringIO(b"".join(response).decode(), newline=""))
    assert [row[name] for row in rows for name in texts if row[name].startswith(("=", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
def test_other_origins_may_read_and_nothing_else(api: Client, method: str) -> None:
    asked: dict[str, Any] = {"HTTP_ORIGIN": "https://evil.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}
    response = api.generic(method, "/api/v1/planes", b"{}", **asked)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response.status_code == {"GET": 200, "HEAD": 200, "OPTIONS": 204}.get(method, 405)
    assert response.get("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS") == "GET, HEAD, OPTIONS"
    for page in ("/", "/tablero/", "/entrar/"):
        assert "Access-Control-Allow-Origin" not in api.generic(method, page, **asked)
