"""A whole state costs a page no more queries than one plan, and the page stays light."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.volume import fill

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
MOST_QUERIES = 8
HEAVIEST = 60_000
HEAVIEST_SENT = 12_000  # compressed
PATHS = ["/tablero/", "/tablero/?vista=tabla", "/tablero/?atraso=si", "/embed/tablero/", "/tablero/atom.xml"]


@pytest.mark.parametrize("path", PATHS)
def test_three_plans_take_as_many_queries_as_one(client: Client, path: str) -> None:
    counts = []
    for plans in (1, 3):
        with transaction.atomic():
            fill(plans=plans, commitments=plans, activities=plans)
            counts.append(queries_of(client, path))
            transaction.set_rollback(True)
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_hundred_and_twenty_six_plans_stay_within_the_budget(client: Client) -> None:
    fill()
    for path in (*PATHS, "/tablero/?hoja=51", "/tablero/?estado=complete&lugar=san-bartolome-5"):
        assert queries_of(client, path) <= MOST_QUERIES
        page = client.get(path).content
        assert (len(page) <= HEAVIEST, len(gzip.compress(page)) <= HEAVIEST_SENT) == (True, True), path


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
