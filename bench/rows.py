"""Measures what reads many rows: the API, the search and the exports, on PostgreSQL and on SQLite."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bench.bars import LIST, ONE, PAGES
from bench.load import Answer, answer
from bench.measurement import Measurement
from bench.pages import CONSTANT, present, rated, unanswered, weighed
from bench.processes import peak_mb
from bench.servers import bare, product
from bench.stage import inside
from bench.words import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.servers import Server
    from bench.stage import Stage

API: Final = {"list": (LIST, "/rows"), "one": (ONE, "/rows/{code}")}
PATIENCE: Final = 8.0  # seconds that a reader waits for a page
WARMING: Final = 20  # requests after which both workers hold a page


def on_postgresql(stage: Stage) -> Iterator[Measurement]:
    """Measure API, search and export on PostgreSQL; then stop it and see whether pages are still served."""
    data = stage.folder / "postgresql"
    with ExitStack() as stack:
        address = stack.enter_context(stage.postgresql())
        with product(data, address, is_cached=False) as server, bare(data, address) as least:
            yield from api(stage, server, least, data, address)
            yield search_page(stage, server, least)
        found = inside(data, "searching", database=address)
        slow = f"95 % within {found['p95_ms']:.1f} ms, one process, without a page"
        yield Measurement(name="search.query.postgresql", value=found["rate"], unit="questions/s", note=slow)
        yield export("export.csv.postgresql", data, "PostgreSQL's COPY", address)
        with product(data, address, is_cached=True) as server:
            path = present(server, PAGES["home"], PAGES["board"])
            for _ in range(WARMING):
                answer(server.target(path).url)
            stack.close()
            yield without_database(server, path, data, address)


def on_sqlite(stage: Stage) -> Iterator[Measurement]:
    """Measure API and export on SQLite."""
    data = stage.folder / "small"
    with product(data, is_cached=False) as server, bare(data) as least:
        yield from api(stage, server, least, data)
    yield export("export.csv.sqlite", stage.folder / "entries", "SQLite's rows by Python's csv")


def api(stage: Stage, server: Server, least: Server, data: Path, database: str = "") -> Iterator[Measurement]:
    """Measure a list of 100 and one object beside bare Django."""
    engine = "postgresql" if database else "sqlite"
    for name, templates in API.items():
        path, rows = map(stage.address, templates)
        named = f"api.{name}.{engine}"
        shown = answer(server.target(path).url, {})
        if not shown.is_page:
            yield unanswered(named, path, shown)
            continue
        seen = stage.generator.alternate({"ours": server.target(path), "bare": least.target(rows)})
        counted = inside(data, "queries", path, database=database)[path]
        measured = rated(named, seen["ours"], seen["bare"], "bare Django, the same rows")
        yield weighed(replace(measured, peak_mb=peak_mb(server.group), queries=counted), shown)


def search_page(stage: Stage, server: Server, least: Server) -> Measurement:
    """Measure the search page over 100,000 texts, with many questions in turn."""
    name, first = "search.page.postgresql", PAGES["search"]
    shown = answer(server.target(first).url)
    if not shown.is_page:
        return unanswered(name, first, shown)
    paths = tuple(f"/buscar/?q={quote(question)}" for question in questions(100))
    asked = replace(server.target(first), paths=paths)
    seen = stage.generator.alternate({"ours": asked, "bare": least.target("/")})
    slow = f"95 % within {seen['ours'].p95_ms:.0f} ms"
    return replace(rated(name, seen["ours"], seen["bare"], CONSTANT), peak_mb=peak_mb(server.group), note=slow)


def export(name: str, data: Path, baseline: str, database: str = "") -> Measurement:
    """Measure a CSV of 100,000 rows."""
    seen = inside(data, "exporting", database=database)
    return Measurement(
        name=name,
        value=seen["rate"],
        unit="rows/s",
        baseline=seen["baseline"],
        baseline_name=baseline,
        peak_mb=seen["peak_mb"],
    )


def without_database(server: Server, path: str, data: Path, database: str) -> Measurement:
    """Ask for a page while it is fresh and after it was dropped, when it can only be the last good one."""
    url = server.target(path).url
    fresh = answer(url)
    inside(data, "dropping", database=database)
    begun = time.monotonic()
    try:
        stale = answer(url, timeout=PATIENCE)
    except TimeoutError:
        stale = Answer(0, {}, b"")
    waited = time.monotonic() - begun
    served = [fresh.is_page, stale.is_page]
    told = f"{path}: still fresh {fresh.status}; after a change {stale.status} in {waited:.1f} s"
    dated = stale.headers.get("tequio-datos-de")
    said = f"{told}, dated {dated}" if dated else told
    return Measurement(name="page.database-stopped", value=sum(served), unit="of 2 answers", note=said)
