"""A prepared reading gives what the queryset gives, each time what the database holds then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tequio.kernel.models import SearchEntry
from tequio.kernel.prepared import GIVEN, Prepared

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 18, tzinfo=UTC)


def entry(key: str) -> None:
    SearchEntry.objects.create(key=key, kind="k", title="%s", url="/", title_size=1, size=1, updated_at=NOON)


def test_each_reading_asks_again_for_what_is_given_in_pythons_types() -> None:
    entry("a")
    reading = Prepared(SearchEntry.objects.filter(key=GIVEN).values_list("key", "title", "updated_at"))
    assert reading.read("a") == [("a", "%s", NOON)]
    assert reading.read("b") == []
    entry("b")
    assert reading.read("b") == [("b", "%s", NOON)]
    assert reading.read("' OR 1=1 --") == []


def test_a_form_stands_around_it_and_what_nothing_passes_is_empty() -> None:
    entry("a")
    kept = SearchEntry.objects.values_list("pk")
    assert Prepared(kept, "SELECT COUNT(*) FROM ({}) AS kept").read() == [(1,)]
    assert Prepared(kept.filter(pk__in=[]), "SELECT COUNT(*) FROM ({}) AS kept").read() == []
