"""Measures the public pages: from memory, behind nginx, without the cache, and what a first visit weighs."""

from __future__ import annotations

import gzip
import re
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from bootstrap.steps import StopError

from bench.bars import PAGES
from bench.load import answer
from bench.measurement import Measurement
from bench.processes import peak_mb
from bench.servers import bare, nginx, product
from bench.stage import inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.load import Answer, Load
    from bench.servers import Server
    from bench.stage import Stage

ASSET: Final = re.compile(rb'<(?:link|script|img|source)\b[^>]*?\s(?:href|src)="([^"]+)"[^>]*>')
LOADED: Final = re.compile(rb'rel="(?:stylesheet|icon|preload|modulepreload|manifest)"|^<(?:script|img|source)')
STATIC: Final = "nginx, the same bytes static"
CONSTANT: Final = "bare Django answering a constant"


def present(server: Server, *paths: str) -> str:
    """Return the first of the paths that the server answers with a page."""
    for path in paths:
        if answer(server.target(path).url).is_page:
            return path
    raise StopError(f"{' and '.join(paths)} answer no page")


def cached(stage: Stage) -> Iterator[Measurement]:
    """Measure the dashboard from the page cache, its 304, and nginx with and without the product behind it."""
    with ExitStack() as stack:
        server = stack.enter_context(product(stage.pages, is_cached=True))
        path = present(server, PAGES["board"], PAGES["home"])
        for _ in range(20):  # both workers hold the page
            held = answer(server.target(path).url)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tequio-nginx-")))
        web = stack.enter_context(nginx(server, path, folder))
        still = answer(web.static.target("/").url)
        seen = stage.generator.alternate(
            {
                "static": web.static.target("/"),
                "page": server.target(path),
                "proxy": web.proxy.target(path),
                "static-304": web.static.target("/", If_None_Match=still.headers["etag"]),
                "page-304": server.target(path, If_None_Match=held.headers["etag"]),
            }
        )
        memory = peak_mb(server.group)
    told = {"page.cached": ("page", "static"), "page.unchanged": ("page-304", "static-304")}
    for name, (ours, theirs) in told.items():
        measured = rated(name, seen[ours], seen[theirs], STATIC)
        yield replace(measured, bytes=len(held.body), peak_mb=memory)
    yield rated("page.behind-nginx", seen["proxy"], seen["static"], STATIC)


def rated(name: str, ours: Load, theirs: Load, baseline: str) -> Measurement:
    """Return requests per second beside those of a baseline."""
    return Measurement(
        name=name,
        value=ours.rate,
        unit="requests/s",
        baseline=theirs.rate,
        baseline_name=baseline,
        cpu_ms=ours.cpu_ms,
        baseline_cpu_ms=theirs.cpu_ms,
        note=f"{ours.errors} errors" if ours.errors else "",
    )


def uncached(stage: Stage) -> Iterator[Measurement]:
    """Measure each page without the cache, on the large data beside the small, where there are both."""
    with ExitStack() as stack:
        server = stack.enter_context(product(stage.pages, is_cached=False))
        small = None if stage.is_quick else stack.enter_context(product(stage.folder / "small", is_cached=False))
        least = stack.enter_context(bare(stage.pages))
        paths = {page: stage.address(path) for page, path in PAGES.items()}
        answers = {page: answer(server.target(path).url) for page, path in paths.items()}
        there = {page: path for page, path in paths.items() if answers[page].is_page}
        targets = {"bare": least.target("/")}
        for page, path in there.items():
            targets[page] = server.target(path)
            if small:
                targets[f"{page} small"] = small.target(path)
        seen = stage.generator.alternate(targets)
        memory = peak_mb(server.group)
    counted = inside(stage.pages, "queries", *there.values()) if there else {}
    for page, path in paths.items():
        if page not in there:
            yield unanswered(f"page.uncached.{page}", path, answers[page])
            yield unanswered(f"page.growth.{page}", path, answers[page])
            continue
        measured = rated(f"page.uncached.{page}", seen[page], seen["bare"], CONSTANT)
        yield weighed(replace(measured, peak_mb=memory, queries=counted[path]), answers[page])
        yield growth(page, seen)


def unanswered(name: str, path: str, shown: Answer) -> Measurement:
    """Return a measurement without a page: absent where there is none yet, nothing reached where it fails."""
    value = None if shown.status == HTTPStatus.NOT_FOUND else 0.0
    return Measurement(name=name, value=value, note=f"{path} answers {shown.status}")


def weighed(measured: Measurement, shown: Answer) -> Measurement:
    """Return a measurement with the bytes of the body, packed and not."""
    return replace(measured, bytes=len(gzip.compress(shown.plain, 6)), bytes_raw=len(shown.plain))


def growth(page: str, seen: Mapping[str, Load]) -> Measurement:
    """Return the cost of a page beside its cost with a tenth of the data."""
    name, small = f"page.growth.{page}", seen.get(f"{page} small")
    if small is None:
        return Measurement(name=name, note="not in a quick run")
    return Measurement(
        name=name,
        value=seen[page].cpu_ms,
        unit="CPU ms",
        baseline=small.cpu_ms,
        baseline_name="with a tenth of the data",
    )


def visit(stage: Stage) -> Iterator[Measurement]:
    """Weigh a first visit: the page, its style, its script and its pictures, as they are sent."""
    with product(stage.pages, is_cached=True) as server:
        path = present(server, PAGES["home"], PAGES["board"])
        url = server.target(path).url
        page = answer(url)
        html = page.plain
        found = [tag for tag in ASSET.finditer(html) if LOADED.search(tag[0])]
        addresses = {urljoin(url, tag[1].decode()) for tag in found}
        parts = {address: answer(address) for address in addresses if not address.startswith("data:")}
    kinds = {address: part.headers.get("content-type", "") for address, part in parts.items()}
    script = sum(len(part.body) for address, part in parts.items() if "javascript" in kinds[address])
    style = sum(len(part.body) for address, part in parts.items() if "css" in kinds[address])
    whole = len(page.body) + sum(len(part.body) for part in parts.values())
    first = len(gzip.compress(html[: html.find(b"</h1>")], 6)) + style
    unit, there = "KB", f"{path}: page {len(page.body):,} B, style {style:,} B, script {script:,} B"
    yield Measurement(name="visit.weight", value=whole / 1000, unit=unit, bytes=whole, note=there)
    first_note = "style that holds the page back, and the page up to its title"
    yield Measurement(name="visit.first-content", value=first / 1000, unit=unit, bytes=first, note=first_note)
    yield Measurement(name="visit.javascript", value=script / 1000, unit=unit, bytes=script)
    yield Measurement(name="visit.requests", value=1 + len(parts), unit="requests")
