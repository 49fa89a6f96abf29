"""The API keeps its own contract: valid OpenAPI 3.1, and no request that breaks what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode

from tequio.kernel.datasets import datasets
from tequio.opendata.api import openapi
from tequio.opendata.queries.filtering import cursor_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from hypothesis.strategies import SearchStrategy
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

    from tequio.opendata.models import Release

ASKED = {"actividades", "ejercicios", "poblacion"}
COMMITTED = Path(__file__).resolve().parents[4] / "docs" / "openapi.json"


def test_contract_is_valid_openapi() -> None:
    contract = json.loads(json.dumps(openapi()))
    assert contract["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(contract).validate()


def test_committed_contract_is_the_one_served(client: Client, db: None, plain_static_files: None) -> None:
    served = client.get("/api/v1/openapi.json").json()
    assert json.loads(COMMITTED.read_text()) == served, "write docs/openapi.json again: docs/open-data.md says how"


def with_true_cursor(context: Any, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """A cursor is signed, so none can be guessed: ask with a true one."""
    if query and isinstance(query.get("cursor"), str):
        query["cursor"] = cursor_after(datasets()[context.operation.path.rsplit("/")[-1]], "A")
    return query


@pytest.fixture
def api_schema(releases: list[Release], plain_static_files: None) -> Iterator[BaseSchema]:
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)  # as Django's own client does: the test's transaction is in this one
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    schema.hook("map_query")(with_true_cursor)
    yield schema
    for end in ends:
        end.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_the_contract(api_schema: BaseSchema, mode: GenerationMode) -> None:
    for found in api_schema.get_all_operations():
        operation = found.ok()
        if operation.definition.raw["tags"][0] not in ASKED:
            continue  # the operations of every dataset are made by the same code
        if mode is GenerationMode.NEGATIVE and operation.path.endswith("}"):
            continue  # any text is a key, so none breaks the contract
        ask(operation.as_strategy(generation_mode=mode))


def ask(cases: SearchStrategy[Case]) -> None:
    """Make a few requests of an operation, the same in each run, and check all that schemathesis knows to check."""

    @settings(max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def request(case: Case) -> None:
        case.call_and_validate()

    request()
