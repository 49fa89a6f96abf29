"""The pages where rooms meet take as many queries for three plans as for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.volume import fill

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
MOST_QUERIES = 8
PATHS = [
    "/",
    "/municipios/",
    "/municipios/san-bartolome-1/",
    "/agenda/",
    "/agenda.ics",
    "/buscar/?q=agua",
    "/sitemap.xml",
]


@pytest.mark.parametrize("path", PATHS)
def test_three_plans_take_as_many_queries_as_one(client: Client, path: str) -> None:
    counts = []
    for plans in (1, 3):
        with transaction.atomic():
            fill(plans=plans, commitments=plans, activities=plans)
            counts.append(queries_of(client, path))
            transaction.set_rollback(True)
    assert counts[0] == counts[1] <= MOST_QUERIES


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
