from __future__ import annotations

import datetime as dt
import re
from io import BytesIO

import pytest
import segno
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tequio.kernel import samples
from tequio.kernel.figures import icons, roadmap, tile_map
from tequio.kernel.figures.lettering import lines, width
from tequio.kernel.figures.problem_tree import problem_tree
from tequio.kernel.figures.qr import MASK, qr
from tequio.kernel.figures.share_image import share_image
from tequio.kernel.figures.stacked_bar import Part, stacked_bar
from tequio.kernel.statuses import Tone

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>\"&'</script>"


@pytest.mark.parametrize(
    "svg",
    [
        stacked_bar(HOSTILE, [Part(HOSTILE, 3), Part("b", 0), Part("c", 5, "f-hollow")]),
        problem_tree(HOSTILE, HOSTILE, causes=samples.CAUSES, effects=[*samples.EFFECTS, HOSTILE]),
        qr("https://example.org/c/PAL1-03"),
        roadmap.roadmap([roadmap.Row(HOSTILE, "2021", starts_on=dt.date(2021, 1, 1))]).axis,
    ],
)
def test_drawing_is_titled_small_well_formed_and_without_inline_style(svg: str) -> None:
    root = fromstring(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title") is not None
    assert "style=" not in svg
    assert "<script" not in svg
    assert len(svg.encode()) <= 10_000


def test_code_paints_exactly_the_squares_of_its_address() -> None:
    address, painted = "https://example.org/c/PAL1-03", set[tuple[int, int]]()
    path = fromstring(qr(address)).find(f"{SVG}path")
    assert path is not None
    x = y = 0
    for right, down, run in re.findall(r"m(-?\d+) (\d+)h(\d+)", path.get("d", "")):
        x, y = x + int(right), y + int(down)
        painted |= {(x + at, y) for at in range(int(run))}
        x += int(run)
    rows = enumerate(segno.make(address, error="m", micro=False, mask=MASK).matrix_iter(border=2))
    assert painted == {(at, row) for row, bits in rows for at, bit in enumerate(bits) if bit}


def test_bar_says_its_parts_with_their_denominator_and_fills_the_whole() -> None:
    svg = stacked_bar("Ocho", [Part("Completos", 3), Part("Nada", 0), Part("Otros", 5)])
    assert "Completos: 3 de 8; Nada: 0 de 8; Otros: 5 de 8" in svg
    shares = [float(rect.get("width", "").rstrip("%")) for rect in fromstring(svg).iter(f"{SVG}rect")]
    assert sum(shares) == pytest.approx(100)
    assert len(shares) == 2


def test_bar_of_nothing_is_an_empty_frame() -> None:
    assert len(list(fromstring(stacked_bar("Nada", [])).iter(f"{SVG}rect"))) == 1


@pytest.mark.parametrize(("causes", "effects"), [(0, 0), (1, 1), (3, 10), (5, 2), (9, 13)])
def test_no_two_boxes_of_a_tree_touch_and_all_are_on_the_page(causes: int, effects: int) -> None:
    text = "Las mujeres dedican hasta cuatro horas al día a acarrear agua"
    root = fromstring(problem_tree("Árbol", text, causes=[text] * causes, effects=[text] * effects))
    left, top, wide, tall = (float(part) for part in root.get("viewBox", "").split())
    boxes = [
        tuple(float(rect.get(side, "")) for side in ("x", "y", "width", "height")) for rect in root.iter(f"{SVG}rect")
    ]
    assert len(boxes) == causes + effects + 1
    for x, y, w, h in boxes:
        assert left <= x
        assert x + w <= left + wide
        assert top <= y
        assert y + h <= top + tall
    for at, (x, y, w, h) in enumerate(boxes):
        assert not any(x < a + c and a < x + w and y < b + d and b < y + h for a, b, c, d in boxes[at + 1 :])


@given(st.text(), st.floats(40, 400))
def test_lines_lose_no_word_and_fit_unless_one_word_is_too_long(text: str, room: float) -> None:
    rows = lines(text, 15, room)
    assert " ".join(rows).split() == text.split()
    assert all(width(row, 15) <= room or len(row.split()) == 1 for row in rows)


def test_lines_beyond_the_most_end_in_an_ellipsis() -> None:
    rows = lines("una frase que no cabe en dos renglones de este ancho", 15, 100, most=2)
    assert len(rows) == 2
    assert rows[-1].endswith("…")
    assert width(rows[-1], 15) <= 100


def test_span_places_quarters_evenly_and_days_inside_them() -> None:
    span = roadmap.Span.covering([dt.date(2021, 2, 10), dt.date(2022, 1, 31)])
    assert span.quarters == 5
    assert span.place(dt.date(2021, 1, 1)) == 0
    assert span.place(dt.date(2021, 4, 1)) == pytest.approx(1 / 5)
    assert span.place(dt.date(2022, 4, 1)) == pytest.approx(1)


def test_roadmap_orders_months_marks_today_and_leaves_the_undated_last() -> None:
    rows = [
        roadmap.Row("sin fecha", ""),
        roadmap.Row("después", "", starts_on=dt.date(2021, 9, 1)),
        roadmap.Row("antes", "", starts_on=dt.date(2021, 3, 1), ends_on=dt.date(2021, 3, 31)),
    ]
    months = roadmap.roadmap(rows, today=dt.date(2021, 8, 11)).months
    assert [month.name for month in months] == ["marzo de 2021", "agosto de 2021", "septiembre de 2021", ""]
    assert [month.today for month in months] == [False, True, False, False]
    assert months[-1].rows[0][0].name == "sin fecha"
    assert "<rect" in months[0].rows[0][1]
    assert "<circle" in months[2].rows[0][1]
    assert "<rect" not in months[3].rows[0][1]


def test_roadmap_without_dates_still_has_its_rows() -> None:
    assert roadmap.roadmap([roadmap.Row("sola", "")]).months[0].name == ""
    assert roadmap.roadmap([]).months == ()


def test_map_links_every_place_with_its_state_and_weighs_little() -> None:
    svg = samples.tiles()
    links = list(fromstring(svg).iter(f"{SVG}a"))
    assert len(links) == 125
    assert links[0].get("aria-label") == "Municipio 1: en preparación"
    assert len(svg) <= 40_000


@given(st.dictionaries(st.text(min_size=1), st.tuples(st.floats(-118, -86), st.floats(14, 33)), max_size=140))
def test_arrange_gives_each_place_its_own_tile(places: dict[str, tuple[float, float]]) -> None:
    found = tile_map.arrange(places)
    assert set(found) == set(places)
    assert len(set(found.values())) == len(places)


def test_every_tone_has_its_sign() -> None:
    assert {str(tone) for tone in Tone} <= set(icons.PATHS)
    assert len({icons.icon(tone) for tone in Tone}) == len(Tone)


def test_share_image_has_the_size_that_networks_ask_and_weighs_little() -> None:
    png = share_image(site="Tequio", title=samples.INSTITUTE * 2, status="3 de 8 completos", date="Corte: 31 jul 2021")
    with Image.open(BytesIO(png)) as picture:
        assert picture.size == (1200, 630)
    assert len(png) <= 60_000
