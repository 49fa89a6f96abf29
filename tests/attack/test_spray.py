"""A pack whose every text is a payload: it loads, and no page, feed, file or drawing runs or leads to one."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import html5lib
import pytest
from defusedxml import ElementTree as Xml
from django.db import transaction
from django.test import Client
from icalendar import Calendar

from tequio.content.tests.desk import front
from tequio.kernel.packs import PackFaulty, check_pack, load_pack
from tequio.kernel.packs.fields import Text, Url
from tequio.opendata.workflows import release_datasets
from tests.attack.payloads import ADDRESSES, MARK, ODD, PAYLOADS
from tests.attack.reading import crawl
from tests.attack.rewriting import rewritten
from tests.house.source import ROOT
from tests.packs.broken import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from pytest_django import DjangoDbBlocker

    from tequio.kernel.packs.fields import Scalar
    from tests.journeys.reader import Reader

pytestmark = pytest.mark.req("SI-01")

AT = datetime(2026, 1, 15, 18, tzinfo=UTC)
KEPT = ("codigo", "version", "lista")  # keys that other rows name
ACTIVE = {"iframe", "object", "embed", "frame", "applet", "animate", "set", "foreignObject", "math", "style"}
SCHEMES = {"", "http", "https", "mailto"}
HTML = "{http://www.w3.org/1999/xhtml}"
ADDRESSED = ("href", "src", "action", "formaction", "data", "poster", "background")
FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d+(\.\d+)?\Z)")


def sprayed(folder: Path) -> Path:
    """Return the invented pack, with pages, and a payload in each text, as far as each takes it."""
    whole = shutil.copytree(GOOD, folder / "whole")
    shutil.copytree(ROOT / "packs" / "edomex" / "paginas", whole / "paginas")
    payloads = (f"{payload} {number}" for number, payload in enumerate(cycle(PAYLOADS)))

    def change(field: Scalar, text: str) -> str:
        if type(field) is Url:
            return ODD
        if type(field) is not Text or field.pattern or field.name in KEPT:
            return text
        payload = next(payloads)
        return payload if len(payload) <= field.max_length else text

    return rewritten(whole, folder / "sprayed", change)


@pytest.fixture(scope="module")
def spray(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load the sprayed pack and release its data, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(sprayed(tmp_path_factory.mktemp("spray")), by=None, at=AT)
        release_datasets(by=None, at=AT, reason=PAYLOADS[0])
        yield
        transaction.set_rollback(True)


def nodes_of_payloads(tree: Element) -> Iterator[str]:
    """Yield the nodes and attributes that our templates never write; `tree` is a page's or a drawing's."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        name = node.tag.rpartition("}")[2]
        if name in ACTIVE or (name == "script" and "/static/" not in node.get("src", "") and not is_data(node)):
            yield f"<{name}>"
        for name_of, told in node.items():
            attribute = name_of.rpartition("}")[2].lower()
            if attribute.startswith("on") or attribute in {"style", "srcdoc"}:
                yield f"{attribute}={told[:60]}"
            if attribute in ADDRESSED and not is_harmless(told):
                yield f"{attribute}={told[:60]}"
        if name == "base" and node.get("href"):
            yield "<base href>"
        if name == "meta" and node.get("http-equiv"):
            yield "<meta http-equiv>"


def is_data(node: Element) -> bool:
    """Tell whether a script is data for machines, whose end only its own template wrote."""
    return node.get("type") == "application/ld+json" and "</" not in (node.text or "")


def is_harmless(address: str) -> bool:
    """Tell whether an address leads by http, mail or within the site, and not to where a payload says."""
    parts = urlsplit(address.strip())
    return parts.scheme in SCHEMES and parts.hostname != "evil.example" and "bcc=" not in address


def wrong_html(body: bytes) -> list[str]:
    return [*nodes_of_payloads(html5lib.parse(body.decode()))]


def wrong_xml(body: bytes) -> list[str]:
    return [*nodes_of_payloads(Xml.fromstring(body))]


def wrong_calendar(body: bytes) -> list[str]:
    calendar = Calendar.from_ical(body)
    known = {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
    lines = body.replace(b"\r\n ", b"").split(b"\r\n")
    made = [line.decode()[:60] for line in lines if line.lower().startswith((b"set-cookie", b"x" + MARK.encode()))]
    return made + [part.name for part in calendar.walk() if part.name not in known]


def wrong_table(body: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [cell[:60] for row in rows for cell in row if FORMULA.match(cell)]


def nothing(_body: bytes) -> list[str]:
    return []


JUDGES: dict[str, Callable[[bytes], list[str]]] = {
    "text/html": wrong_html,
    "image/svg+xml": wrong_xml,
    "application/atom+xml": wrong_xml,
    "application/xml": wrong_xml,
    "application/rdf+xml": wrong_xml,
    "text/calendar": wrong_calendar,
    "text/csv": wrong_table,
}


def test_nothing_made_from_a_payload_is_on_any_page(spray: None, db: None, plain_static_files: None) -> None:
    seen, wrong, kinds = 0, {}, set()
    for path, body, declared in crawl(Client(), ["/", "/sitemap.xml", "/c/TON1/qr.svg", "/data.json"]):
        kind = declared.partition(";")[0]
        kinds.add(kind)
        seen += MARK.encode() in body
        if found := JUDGES.get(kind, nothing)(body):
            wrong[path] = found[:3]
    assert wrong == {}
    assert seen > 50
    assert set(JUDGES) <= kinds, set(JUDGES) - kinds


def refused_addresses(tmp_path: Path, address: str, kind: type[Scalar]) -> list[str]:
    """Return the texts of the faults of a pack whose every address of a kind is this one."""
    pack = rewritten(GOOD, tmp_path, lambda field, text: address if type(field) is kind else text)
    with pytest.raises(PackFaulty) as refused:
        check_pack(pack)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_of_a_pack_runs_or_hides(tmp_path: Path, address: str) -> None:
    told = refused_addresses(tmp_path, address, Url)
    assert len(told) > 20
    assert all("http://" in fault or "invisibles" in fault for fault in told)


def test_no_text_of_a_pack_holds_what_cannot_be_seen(tmp_path: Path) -> None:
    unseen = cycle("\r\x1b\x7f\x85\u202e\u2066")
    pack = rewritten(GOOD, tmp_path, lambda field, text: f"{text[:1]}{next(unseen)}x" if type(field) is Text else text)
    with pytest.raises(PackFaulty) as refused:
        check_pack(pack)
    assert refused.value.count > 1_000
    assert all("invisibles" in str(fault) for fault in refused.value.faults)


@dataclass
class Watch:
    """What a browser complains of or is made to do."""

    seen: list[str] = field(default_factory=list)


@pytest.mark.browser
def test_no_payload_runs_in_a_browser(reader: Reader, tmp_path: Path) -> None:
    front()
    load_pack(sprayed(tmp_path), by=None, at=AT)
    page = reader.browser.new_page()
    watch = Watch()
    page.on("dialog", lambda dialog: (watch.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: watch.seen.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: watch.seen.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(reader.site) else watch.seen.append(asked.url))
    exercise = "/ejercicios/tonalli-2023-2025/"
    parts = ("", "plan/", "plan/inconsistencias/", "compromisos/1/", "compromisos/2/hoja-de-ruta/", "arboles/agua/")
    others = ("/", "/tablero/", "/agenda/", "/municipios/tonalli/", f"/buscar/?q={MARK}", "/embed/tablero/", "/datos/")
    for path in (*others, *(exercise + part for part in parts)):
        page.goto(reader.site + path, wait_until="load")
        page.mouse.move(300, 300)
    page.close()
    assert [said for said in watch.seen if "404" not in said] == []
