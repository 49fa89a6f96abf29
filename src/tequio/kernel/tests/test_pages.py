from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string

from tequio.kernel import spoken
from tequio.kernel.models import DatePrecision
from tequio.kernel.statuses import Tone, tone_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("plain_static_files")

HOSTILE = "<script>alert(1)</script>"


def shown(source: str, **context: object) -> str:
    """Render a scrap of template."""
    return str(engines["django"].from_string(source).render(context))


@dataclass
class Stated:
    """A period as a document states it."""

    starts_text: str = ""
    starts_on: dt.date | None = None
    starts_precision: str = DatePrecision.MISSING
    ends_text: str = ""
    ends_on: dt.date | None = None
    ends_precision: str = DatePrecision.MISSING


def test_built_stylesheet_comes_from_these_sources() -> None:
    manifest = json.loads((settings.ROOT / "styles/manifest.json").read_text())
    kept = manifest["sources"] | manifest["built"]
    sources = {f"styles/{path.name}" for path in (settings.ROOT / "styles").glob("*.scss")} | {"package.json"}
    assert set(manifest["sources"]) == sources
    found = {name: hashlib.sha256((settings.ROOT / name).read_bytes()).hexdigest() for name in kept}
    assert found == kept, "run styles/build"


def test_stylesheet_and_script_keep_their_budget() -> None:
    folder = settings.ROOT / "src/tequio/kernel/static/tequio"
    assert len(gzip.compress((folder / "tequio.css").read_bytes())) <= 11_000
    assert sum(path.stat().st_size for path in folder.glob("*.js")) <= 4_000
    assert "url(" not in (folder / "tequio.css").read_text()


def test_dates_read_as_in_mexico() -> None:
    day = dt.date(2021, 4, 16)
    assert spoken.long_date(day) == "viernes 16 de abril de 2021"
    assert spoken.short_date(day) == "16 abr 2021"
    late = dt.datetime(2021, 4, 17, 4, 30, tzinfo=dt.UTC)
    assert spoken.moment(late) == "viernes 16 de abril de 2021, 23:30 h (centro de México)"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (Stated(), ""),
        (
            Stated(starts_text="abril", starts_on=dt.date(2021, 4, 1), starts_precision="month"),
            "desde abril de 2021",
        ),
        (Stated(ends_on=dt.date(2021, 12, 31), ends_precision="year"), "hasta 2021"),
        (Stated(ends_text="al concluir", ends_precision="event"), "hasta «al concluir»"),
        (
            Stated(
                starts_on=dt.date(2021, 4, 1),
                starts_precision="month",
                ends_on=dt.date(2021, 4, 30),
                ends_precision="month",
            ),
            "abril de 2021",
        ),
        (
            Stated(
                starts_on=dt.date(2021, 4, 1),
                starts_precision="month",
                ends_on=dt.date(2021, 7, 30),
                ends_precision="day",
            ),
            "de abril de 2021 a 30 jul 2021",
        ),
    ],
)
def test_period_is_never_more_exact_than_its_document(stated: Stated, words: str) -> None:
    assert shown("{{ stated|period }}", stated=stated) == words


def test_state_is_a_sign_and_a_word() -> None:
    assert tone_of("Atrasada (12 días)") == Tone.LATE
    assert tone_of("lo que sea") == Tone.NONE
    html = shown('{% status "Completo" %}')
    assert "status-done" in html
    assert "<span>Completo</span>" in html
    assert 'aria-hidden="true"' in html


def test_figures_carry_their_denominator() -> None:
    assert shown("{{ 3|of:8 }}") == "3 de 8"
    assert "de 1,024" in shown('{% ratio 3 1024 "actividades" %}')


def test_what_a_document_does_not_say_is_said_to_be_missing() -> None:
    assert "No consta" in shown('{% known "" "por definir" %}')
    assert "«por definir»" in shown('{% known "" "por definir" %}')
    assert shown('{% known "sí" "no" %}') == "sí"


@pytest.mark.parametrize(
    "source",
    [
        "{{ text|paragraphs }}",
        "{% missing text %}",
        "{% status text %}",
        "{% known text %}",
        "{% ratio 1 2 text %}",
    ],
)
def test_text_of_people_is_escaped(source: str) -> None:
    html = shown(source, text=HOSTILE)
    assert "<script" not in html
    assert "&lt;script" in html


def test_paragraphs_part_at_blank_lines() -> None:
    assert shown("{{ text|paragraphs }}", text="uno\nsigue\n \ndos") == "<p>uno\nsigue</p><p>dos</p>"


@pytest.mark.parametrize("name", ["400.html", "405.html", "500.html", "503.html"])
def test_pages_of_failure_need_nothing(name: str) -> None:
    html = render_to_string(name)
    assert "<h1>" in html
    assert "<script" not in html


def test_gallery_needs_no_database_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/estilo/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert 'style="' not in answer.content.decode()
    assert len(gzip.compress(answer.content)) <= 50_000


@pytest.mark.django_db
def test_page_not_found_helps(client: Client) -> None:
    answer = client.get("/no-existe/")
    assert answer.status_code == 404
    assert "No encontramos esta página" in answer.content.decode()
